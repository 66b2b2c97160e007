using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>The preview of the form's content as the public would see it, in a chosen language.</summary>
public sealed class LivePreviewTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_preview_is_a_full_page_without_JavaScript_and_a_panel_with_it()
    {
        await using var host = await ConsoleHost.StartAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var entry = new Organization
        {
            Name = "Support Network",
            Summary = "A shelter.",
            Translations = [new Translation { Language = "es", Summary = "Un albergue.", Provenance = "human" }, new Translation { Language = "ht", Summary = "Yon abri.", Provenance = "human" }],
        };
        var id = await host.Database.TransactAsync(
            s => host.Stores.Entries.CreateAsync(s, entry, Actor.System("test"), null, null, Cancellation), Cancellation);
        var page = $"/entries/edit/{id}";
        var html = await browser.ReadAsync(page);
        Assert.Matches("<select id=\"preview-language\"[^>]*>\\s*<option value=\"en\"[^>]*>English</option><option value=\"es\"[^>]*>Spanish</option><option value=\"ht\"", html);
        var values = FormOnPage.Read(html);
        values.Set("translations[0].summary", "Un albergue nuevo.");

        async Task<string> PreviewAsync(string language, params (string, string)[] more)
        {
            values.Set("_language", language);
            return await (await browser.SubmitAsync(page, "Preview", values.Fields(more))).Content.ReadAsStringAsync(Cancellation);
        }

        var whole = await PreviewAsync("es");
        Assert.Contains("<html lang=\"en\">", whole, StringComparison.Ordinal);
        Assert.Contains("<h1>Preview:", whole, StringComparison.Ordinal);
        Assert.Matches("<article class=\"preview\"[^>]*lang=\"es\"", whole);
        Assert.Contains("Un albergue nuevo.", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("A shelter.", whole, StringComparison.Ordinal);

        var part = await PreviewAsync("ht", ("_panel", "true"));
        Assert.DoesNotContain("<html", part, StringComparison.Ordinal);
        Assert.Contains("Yon abri.", part, StringComparison.Ordinal);
        Assert.Contains("data-languages=\"en es ht\"", part, StringComparison.Ordinal);
    }
}
