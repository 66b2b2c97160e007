using System.Net;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Settings;

namespace HealthEquity.Tests.Api.Site;

/// <summary>What an administrator decides in the console is on the public pages within seconds.</summary>
public sealed class SiteSettingsTests(DirectoryApi api)
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n\u001a\n picture"u8];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_take_over_name_color_notices_and_logo_and_give_them_up_again()
    {
        var node = await api.OpenAsync(settings: ("Site:DepartmentName", "Configured Department"));
        var before = await PageAsync(node);
        Assert.Contains("Configured Department</b>", before, StringComparison.Ordinal);
        Assert.DoesNotContain("/site/logo", before, StringComparison.Ordinal);
        Assert.Contains("Free help in your language is available.", before, StringComparison.Ordinal);
        Assert.Contains("Hay ayuda gratis en su idioma.", await node.Client.GetStringAsync("/es", Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await node.Client.GetAsync("/site/logo", Cancellation)).StatusCode);

        await SaveAsync(node, new SiteSettings
        {
            DepartmentName = "Riverside County Public Health",
            BrandColor = "#5b2a86",
            DefaultNear = "Riverside, CA",
            ExitAddress = "https://exit.example/",
            Notices = new Dictionary<string, string> { ["en"] = "Closed on Monday." },
            AssistanceNotices = new Dictionary<string, string> { ["en"] = "We speak your language." },
        });
        await Node.UntilAsync(async () => (await PageAsync(node)).Contains("Riverside County Public Health</b>", StringComparison.Ordinal));
        var after = await PageAsync(node);
        Assert.Contains("<p class=\"notice\" lang=\"en\">Closed on Monday.</p>", after, StringComparison.Ordinal);
        Assert.Contains("We speak your language.", after, StringComparison.Ordinal);
        Assert.Contains("name=\"near\" value=\"Riverside, CA\"", after, StringComparison.Ordinal);
        Assert.Contains("data-exit=\"https://exit.example/\"", after, StringComparison.Ordinal);
        Assert.Contains("#5b2a86", await node.Client.GetStringAsync(StyleSheet(after), Cancellation), StringComparison.Ordinal);

        // A page from before the change, or of another node, still gets a style sheet: the present one, and not for good.
        Assert.NotEqual(StyleSheet(before), StyleSheet(after));
        var old = await node.Client.GetAsync(StyleSheet(before), Cancellation);
        Assert.Equal("public, must-revalidate, max-age=60", old.Headers.CacheControl?.ToString());
        Assert.Contains("#5b2a86", await old.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        await node.Database.TransactAsync(s => Logos(node).WriteAsync(s, Png, Actor.System("test"), Cancellation), Cancellation);
        await Node.UntilAsync(async () => (await PageAsync(node)).Contains("<img src=\"/site/logo.", StringComparison.Ordinal));
        var logo = await node.Client.GetAsync((await PageAsync(node)).Split("<img src=\"")[1].Split('"')[0], Cancellation);
        Assert.Equal(
            ("image/png", "default-src 'none'; sandbox", "nosniff", "public, max-age=31536000, immutable"),
            (logo.Content.Headers.ContentType?.ToString(), Header(logo, "Content-Security-Policy"), Header(logo, "X-Content-Type-Options"), Header(logo, "Cache-Control")));
        Assert.Equal(Png, await logo.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(Png, await node.Client.GetByteArrayAsync("/site/logo", Cancellation));

        await node.Database.TransactAsync(s => Logos(node).RemoveAsync(s, Actor.System("test"), Cancellation), Cancellation);
        await Node.UntilAsync(async () => (await node.Client.GetAsync("/site/logo", Cancellation)).StatusCode == HttpStatusCode.NotFound);
        Assert.DoesNotContain("/site/logo", await PageAsync(node), StringComparison.Ordinal);
    }

    private static Task SaveAsync(Node node, SiteSettings settings) => node.Database.TransactAsync(
        s => new SiteSettingStore(node.Clock, node.Stores.Audit).WriteAsync(s, settings, Actor.System("test"), Cancellation), Cancellation);

    private static LogoStore Logos(Node node) => new(node.Clock, node.Stores.Audit);

    private static Task<string> PageAsync(Node node) => node.Client.GetStringAsync("/en", Cancellation);

    private static string StyleSheet(string page) => page.Split("<meta name=\"styles\" content=\"")[1].Split('"')[0];

    private static string Header(HttpResponseMessage answer, string name) => string.Join(", ", answer.Headers.GetValues(name));
}
