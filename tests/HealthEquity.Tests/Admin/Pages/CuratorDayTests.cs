using System.Net;
using System.Net.Http.Json;
using System.Text;
using HealthEquity.Tests.Api;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages;

/// <summary>A day at a department with three users: Ana (administrator), Ben (curator), and Cleo (reviewer).</summary>
public sealed class CuratorDayTests(DirectoryApi api)
{
    private const string Name = "Clínica Nueva Esperanza";
    private const string Slug = "clinica-nueva-esperanza";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_directory_is_set_up_filled_checked_and_corrected_in_a_day(bool javaScript)
    {
        await using var browser = await Chromium.OpenAsync();
        var node = await api.OpenAsync();
        await using var host = ConsoleHost.StartBeside(node);
        var ana = await PersonAtConsole.ArriveAsync(host, browser, "ana", javaScript);
        var ben = await PersonAtConsole.ArriveAsync(host, browser, "ben", javaScript);
        var cleo = await PersonAtConsole.ArriveAsync(host, browser, "cleo", javaScript);

        await ana.SetUpAsync($"/set-up?token={await host.CreateFirstLinkAsync()}");
        await ben.SetUpAsync(await AddAsync(ana, ben, "curator"));
        await cleo.SetUpAsync(await AddAsync(ana, cleo, "reviewer"));
        await cleo.SignOutAsync();
        await cleo.SignInAsync();

        await ImportAsync(ben);
        var entry = await FindAsync(ben);
        await EditWithErrorsAsync(ben, entry);
        await SettleConflictAsync(ana, ben, entry);

        await SubmitAsync(ana, entry);
        await BeRefusedOwnApprovalAsync(ana, entry);
        Assert.Equal(HttpStatusCode.NotFound, (await node.Client.GetAsync($"/v1/providers/{Slug}", Cancellation)).StatusCode);
        await ApproveAsync(cleo, entry);
        await Node.UntilAsync(async () => (await node.Client.GetAsync($"/v1/providers/{Slug}", Cancellation)).IsSuccessStatusCode);

        await VerifyAsync(ben, entry);
        await Node.UntilAsync(async () => (await node.GetAsync($"/v1/providers/{Slug}"))["assuredOn"] is not null);
        await RestoreAsync(ana, entry);
        await SettleSuggestionAsync(ana, node);
        await SuspendAsync(ben, entry);
        await Node.UntilAsync(async () => (await node.Client.GetAsync($"/v1/providers/{Slug}", Cancellation)).StatusCode is HttpStatusCode.Gone or HttpStatusCode.NotFound);

        await ana.SignOutAsync();
        await ben.SignOutAsync();
        await cleo.SignOutAsync();
        Assert.Empty(new[] { ana, ben, cleo }.SelectMany(p => p.Stopped));
    }

    private static async Task<string> AddAsync(PersonAtConsole ana, PersonAtConsole colleague, string role)
    {
        await ana.Page.GotoAsync("/curators/add");
        await ana.Page.FillAsync("#DisplayName", role);
        await ana.Page.FillAsync("#UserName", colleague.UserName);
        await ana.Page.SelectOptionAsync("#Role", role);
        await ana.PressAsync("Add and create setup link");
        return (await ana.Page.TextContentAsync(".secret"))!.Trim();
    }

    private static async Task ImportAsync(PersonAtConsole ben)
    {
        var list = $"Clinic,Town,ST,Zip,NPI\r\n{Name},Miami,Florida,33130,\r\nCasa Amparo,Hartford,CT,6103,\r\n";
        await ben.Page.GotoAsync("/imports");
        await ben.Page.SetInputFilesAsync("#Upload", new FilePayload { Name = "clinics.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(list) });
        await ben.PressAsync("Upload");
        await Assertions.Expect(ben.Page.Locator("#kind")).ToHaveValueAsync("provider");
        await ben.PressAsync("Save mapping and preview import");
        await ben.ReadsAsync("Preview of changes");
        await ben.PressAsync("Apply as drafts");
        await ben.ReadsAsync("Results");
    }

    private static async Task<string> FindAsync(PersonAtConsole ben)
    {
        await ben.Page.GotoAsync("/entries");
        await ben.Page.FillAsync("#text", "clinica nueba");
        await ben.PressAsync("Search");
        await ben.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = Name }).First.ClickAsync();
        await ben.SeesAsync(Name);
        return ben.Page.Url.Split('/')[^1];
    }

    private static async Task EditWithErrorsAsync(PersonAtConsole ben, string entry)
    {
        await ben.Page.GotoAsync($"/entries/edit/{entry}");
        await ben.Page.FillAsync("#f-summary", "Terapia en español.");
        await ben.Page.ClickAsync("button[value='add:phones']");
        await ben.Page.FillAsync("#f-phones-0--number", "12");
        await ben.PressAsync("Save draft");
        await Assertions.Expect(ben.Page.Locator("#error-summary")).ToBeVisibleAsync();
        await Assertions.Expect(ben.Page.Locator("#f-summary")).ToHaveValueAsync("Terapia en español.");
        // The error summary links to the field.
        await ben.Page.Locator("#error-summary a").First.ClickAsync();
        await Assertions.Expect(ben.Page.Locator("#f-phones-0--number")).ToBeFocusedAsync();
        await ben.Page.FillAsync("#f-phones-0--number", "305-555-0141");
        await ben.PressAsync("Save draft");
        await ben.SeesAsync(Name);
    }

    private static async Task SettleConflictAsync(PersonAtConsole ana, PersonAtConsole ben, string entry)
    {
        await ana.Page.GotoAsync($"/entries/edit/{entry}");
        await ben.Page.GotoAsync($"/entries/edit/{entry}");
        await ben.Page.FillAsync("#f-summary", "Terapia en español y en criollo.");
        await ben.PressAsync("Save draft");
        await ben.SeesAsync(Name);

        await ana.Page.FillAsync("#f-summary", "Terapia gratuita.");
        await ana.Page.FillAsync("#f-description", "En el centro.");
        await ana.PressAsync("Save draft");
        await ana.SeesAsync($"Edit conflict: {Name}");
        var summary = ana.Page.Locator("fieldset", new PageLocatorOptions { HasText = "Summary" });
        await Assertions.Expect(summary).ToContainTextAsync("en criollo");
        await summary.GetByLabel("Theirs").CheckAsync();
        await ana.PressAsync("Save");
        await ana.SeesAsync(Name);
    }

    private static async Task SubmitAsync(PersonAtConsole ana, string entry)
    {
        await ana.Page.GotoAsync($"/entries/show/{entry}");
        await ana.Page.FillAsync("#submitNote", "Called them in the morning.");
        await ana.PressAsync("Send to review");
    }

    private static async Task BeRefusedOwnApprovalAsync(PersonAtConsole ana, string entry)
    {
        await ana.Page.GotoAsync($"/reviews/{entry}");
        await ana.PressAsync("Approve and publish");
        await Assertions.Expect(ana.Page.Locator("#error-summary")).ToContainTextAsync("someone else must approve it");
    }

    private static async Task ApproveAsync(PersonAtConsole cleo, string entry)
    {
        await cleo.Page.GotoAsync($"/reviews/{entry}");
        await cleo.ReadsAsync("Called them in the morning.");
        await cleo.PressAsync("Approve and publish");
        await cleo.ReadsAsync("was approved and published.");
    }

    private static async Task VerifyAsync(PersonAtConsole ben, string entry)
    {
        await ben.Page.GotoAsync($"/verify/{entry}");
        foreach (var group in new[] { "phone", "place", "cost", "languages", "immigrationStatus", "capacity" })
        {
            await ben.Page.Locator($"[data-group={group}] input[value=confirmed], [data-group={group}] input[value=unsure]").First.CheckAsync();
        }

        await ben.Page.Locator("#save").ClickAsync();
        await ben.ReadsAsync("confirmed. Next check by");
    }

    private static async Task RestoreAsync(PersonAtConsole ana, string entry)
    {
        await ana.Page.GotoAsync($"/entries/history/{entry}");
        await ana.PressAsync("Restore revision 1");
        await ana.Page.GotoAsync($"/entries/edit/{entry}");
        await Assertions.Expect(ana.Page.Locator("#f-summary")).ToHaveValueAsync("");
    }

    private static async Task SettleSuggestionAsync(PersonAtConsole ana, Node node)
    {
        var sent = await node.Client.PostAsJsonAsync("/v1/suggestions", new { entry = Slug, field = "summary", text = "They speak Kreyòl too." }, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        await ana.Page.GotoAsync("/suggestions");
        await ana.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = Name }).First.ClickAsync();
        await ana.ReadsAsync("They speak Kreyòl too.");
        await ana.PressAsync("Edit this field");
        await ana.Page.FillAsync("#text", "Terapia en español y en kreyòl.");
        await ana.PressAsync("Save draft");
        await ana.Page.GotoAsync("/suggestions");
        await Assertions.Expect(ana.Page.Locator("main")).Not.ToContainTextAsync("Kreyòl");
    }

    private static async Task SuspendAsync(PersonAtConsole ben, string entry)
    {
        await ben.Page.GotoAsync($"/entries/show/{entry}");
        await ben.Page.ClickAsync("summary:has-text('Unpublish')");
        await ben.Page.FillAsync("#withdrawNote", "They moved.");
        await ben.PressAsync("Unpublish");
        await ben.ReadsAsync("Suspended");
    }
}
