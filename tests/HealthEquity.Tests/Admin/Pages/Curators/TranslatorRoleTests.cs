using System.Net;
using HealthEquity.Store.Curators;

namespace HealthEquity.Tests.Admin.Pages.Curators;

/// <summary>Administrators choose the languages of translators and language reviewers.</summary>
public sealed class TranslatorRoleTests(SharedConsole console) : IClassFixture<SharedConsole>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Languages_are_chosen_by_name_and_take_effect_immediately()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));
        Task<string> AddAsync(params (string, string)[] fields) => ReadAsync(browser.SubmitAsync("/curators/add", null, [("DisplayName", "Lê Thị"), ("UserName", "le"), .. fields]));
        Assert.Contains("Enter the languages that this person", await AddAsync(("Role", "translator")), StringComparison.Ordinal);
        Assert.Contains("is not a known language", WebUtility.HtmlDecode(await AddAsync(("Role", "translator"), ("Languages", "Spanish, Klingonish"))), StringComparison.Ordinal);
        Assert.Contains("was added", await AddAsync(("Role", "translator"), ("Languages", "spanish, Haitian Creole, zh-hans")), StringComparison.Ordinal);

        var le = await FindAsync(host, "le");
        Assert.Equal((CuratorRole.Translator, "es ht zh-Hans"), (le.Role, le.Languages));
        Assert.Contains("Translator: Spanish, Haitian Creole, ", WebUtility.HtmlDecode(await browser.ReadAsync("/curators")), StringComparison.Ordinal);
        var page = $"/curators/{le.CuratorId}";
        Assert.Contains("Enter the languages", await ReadAsync(browser.SubmitAsync(page, "Role", ("Role", "languageReviewer"), ("Languages", ""))), StringComparison.Ordinal);

        var translator = await host.AddCuratorAsync(CuratorRole.Translator, "ana");
        var theirs = await host.SignInAsync(translator);
        Assert.Equal(HttpStatusCode.OK, await theirs.StatusAsync("/translations"));
        await browser.SubmitAsync($"/curators/{translator.CuratorId}", "Role", ("Role", "curator"), ("Languages", "es"));
        Assert.Equal((CuratorRole.Curator, ""), ((await FindAsync(host, "ana")).Role, (await FindAsync(host, "ana")).Languages));
        Assert.Equal(HttpStatusCode.OK, await theirs.StatusAsync("/entries/new"));
        // A language reviewer approves, and so needs a second factor.
        await browser.SubmitAsync($"/curators/{translator.CuratorId}", "Role", ("Role", "languageReviewer"), ("Languages", "es"));
        Assert.EndsWith("/account/two-factor", (await theirs.GetAsync("/reviews")).Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(Task<HttpResponseMessage> answer) => await (await answer).Content.ReadAsStringAsync(Cancellation);

    private static async Task<Curator> FindAsync(ConsoleHost host, string name)
    {
        await using var session = await host.Database.OpenAsync(Cancellation);
        return (await CuratorStore.FindByNameAsync(session, CuratorStore.Normalize(name), Cancellation))!;
    }
}
