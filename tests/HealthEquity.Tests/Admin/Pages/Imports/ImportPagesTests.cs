using System.Net;
using System.Text;
using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Uploads;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;
using HealthEquity.Tests.Admin.Pages.Entries;

namespace HealthEquity.Tests.Admin.Pages.Imports;

/// <summary>Importing a file in the console without JavaScript.</summary>
public sealed class ImportPagesTests(SharedConsole console) : IClassFixture<SharedConsole>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_import_is_applied_as_drafts_published_and_undone()
    {
        var host = await console.BeginAsync();
        var curator = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var reviewer = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Reviewer));

        var id = await curator.UploadAsync("Conn list.csv", ImportSteps.Messy);
        var columns = await curator.ReadAsync($"/imports/{id}/columns");
        Assert.Contains("a table separated by semicolons", columns, StringComparison.Ordinal);
        Assert.Contains("Casa Amparo", columns, StringComparison.Ordinal);
        Assert.Contains("<option value=\"phones\" selected", columns, StringComparison.Ordinal);
        Assert.Contains("Suggested by the column name", columns, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await curator.ChooseAsync(id)).StatusCode);
        var planned = await host.WaitAsync(id, ImportState.Planned);

        Assert.Equal((3, 1, 0), (planned.RowsNew, planned.RowsFlawed, planned.RowsRefused));
        Assert.Equal(0, await host.Database.TransactAsync(s => EntryStore.CountAsync(s, Cancellation), Cancellation));
        Assert.Contains("Refuge House", await curator.ReadAsync($"/imports/{id}/items/new"), StringComparison.Ordinal);
        Assert.Contains("(860) 276-3000", WebUtility.HtmlDecode(await curator.ReadAsync($"/imports/{id}/item/1")), StringComparison.Ordinal);

        await curator.PressAsync(host, id, "Apply", ImportState.Applied);
        var draft = await EntryAsync(host, "casa-amparo");
        Assert.Equal((Listing.Unpublished, DraftState.Draft), (draft.Listing, draft.DraftState));
        Assert.Contains("Next: a reviewer publishes the entries here.", await curator.ReadAsync($"/imports/{id}"), StringComparison.Ordinal);
        Assert.Contains("<strong>1</strong> <bdi>import to publish</bdi>", await reviewer.ReadAsync("/"), StringComparison.Ordinal);

        await reviewer.PressAsync(host, id, "Publish", ImportState.Applied);
        Assert.Equal(Listing.Published, (await EntryAsync(host, "casa-amparo")).Listing);
        Assert.DoesNotContain("import to publish", await reviewer.ReadAsync("/"), StringComparison.Ordinal);

        await reviewer.PressAsync(host, id, "Undo", ImportState.Undone);
        Assert.Equal(Listing.Retired, (await EntryAsync(host, "casa-amparo")).Listing);
        Assert.Contains("Every entry was undone", await reviewer.ReadAsync($"/imports/{id}"), StringComparison.Ordinal);
        string[] activities = ["uploadImport", "saveMapping", "planImport", "import", "publishImport", "undoImport"];
        var audited = await host.Database.TransactAsync(s => AuditReader.ReadAsync(s, new AuditFilter(), null, 200, Cancellation), Cancellation);
        Assert.Equal(activities, audited.Reverse().Where(a => activities.Contains(a.Activity) && a.Actor.StartsWith("curator:", StringComparison.Ordinal)).Select(a => a.Activity));
    }

    [Fact]
    public async Task The_preview_totals_what_is_left_out_by_column_and_reason()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var id = await browser.PlanAsync(
            host,
            "helpline.csv",
            "Agency;Street Address;Town;ST;Zip;Telephone;ExcludeFromWebsite\r\n"
            + "Sun;1 Elm St;Hartford;CT;06103;860-276-3001;No\r\n"
            + "Moon;2 Elm St;Hartford;CT;06103;860-276-3002;Yes\r\n"
            + "Star;3 Elm St;Hartford;CT;06103;860-276-3003;Yes\r\n"
            + "Comet;4 Elm St;Hartford;CT;06103;12;No\r\n");

        var page = await browser.ReadAsync($"/imports/{id}");

        var section = page.Split("<h2 id=\"losses\">What was left out</h2>")[1].Split("</section>")[0];
        Assert.Contains("<p class=\"prose\">2 rows are marked not for the public.</p>", section, StringComparison.Ordinal);
        Assert.Equal(
            ["ExcludeFromWebsite", "Telephone"],
            section.Split("<th scope=\"row\"><bdi>").Skip(1).Select(r => r.Split('<')[0]));
        Assert.Equal(["2", "1"], section.Split("<td class=\"number\">").Skip(1).Select(r => r.Split('<')[0]));
        Assert.Equal(["Row left out", "Loaded without this value"], section.Split("<td>").Skip(1).Where(r => !r.StartsWith("<bdi>", StringComparison.Ordinal)).Select(r => r.Split('<')[0]));
    }

    [Fact]
    public async Task An_import_that_loses_nothing_says_nothing_about_losses()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var id = await browser.PlanAsync(host, "good.csv", "Agency;Telephone\r\nSun;860-276-3001\r\n");
        Assert.DoesNotContain("What was left out", await browser.ReadAsync($"/imports/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_cannot_publish_their_own_import_unless_the_second_person_rule_is_off()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Reviewer));
        var id = await browser.PlanAsync(host, "list.csv", ImportSteps.Messy);
        async Task<string> TriedAsync(string button) => await (await browser.SubmitAsync($"/imports/{id}", button)).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("another reviewer must publish it", await TriedAsync("ApplyAndPublish"), StringComparison.Ordinal);
        await browser.PressAsync(host, id, "Apply", ImportState.Applied);
        Assert.Contains("another reviewer must publish it", await TriedAsync("Publish"), StringComparison.Ordinal);

        var stores = host.Stores;
        await host.Database.TransactAsync(
            async s => await stores.Settings.WriteAsync(s, await SettingStore.ReadAsync(s, Cancellation) with { FourEyes = false }, Actor.System("test"), Cancellation), Cancellation);
        await browser.PressAsync(host, id, "Publish", ImportState.Applied);
        Assert.Equal(Listing.Published, (await EntryAsync(host, "casa-amparo")).Listing);
    }

    [Fact]
    public async Task Refused_rows_are_downloaded_corrected_and_imported()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var text = ImportSteps.Messy + ";9 Oak St;Hartford;CT;06103;860-276-3009;;=1+1;A4\r\n";
        var id = await browser.PlanAsync(host, "list.csv", text);
        var page = await browser.ReadAsync($"/imports/{id}/refused");
        Assert.Contains("The row has no name", page, StringComparison.Ordinal);
        // People recognize a row by its words.
        Assert.Contains("<td><bdi>9 Oak St, Hartford</bdi></td>", page, StringComparison.Ordinal);
        Assert.Contains("Download the rows as CSV", page, StringComparison.Ordinal);
        await browser.PressAsync(host, id, "Apply", ImportState.Applied);
        var before = await host.Database.TransactAsync(s => EntryStore.CountAsync(s, Cancellation), Cancellation);

        var csv = await RefusedAsync(browser, id);
        Assert.Contains("'=1+1", csv, StringComparison.Ordinal);
        var lines = csv.Split("\n");
        var corrected = string.Join("\n", lines.Where(l => l.StartsWith("Agency", StringComparison.Ordinal) || l.StartsWith('\uFEFF') || l.Contains("9 Oak St", StringComparison.Ordinal)).Take(2))
            .Replace(",9 Oak St", "Oak House,9 Oak St", StringComparison.Ordinal);
        var again = await browser.UploadAsync("list.csv.refused.csv", corrected);
        Assert.Contains("Use “list”", WebUtility.HtmlDecode(await browser.ReadAsync($"/imports/{again}/columns")), StringComparison.Ordinal);
        await browser.PlanByAsync(host, again, "list");
        await browser.PressAsync(host, again, "Apply", ImportState.Applied);

        Assert.Equal(before + 1, await host.Database.TransactAsync(s => EntryStore.CountAsync(s, Cancellation), Cancellation));
        Assert.Equal("Oak House", (await EntryAsync(host, "oak-house")).Name);
    }

    [Theory]
    [InlineData("ours", "By a curator.")]
    [InlineData("theirs", "By the source, anew.")]
    public async Task A_conflict_can_be_settled_either_way(string way, string summary)
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        string File(string said) => $"Name,Street,City,State,Zip,Summary\r\nCasa Amparo,60 Westwood Ave,Waterbury,CT,06708,\"{said}\"\r\n";
        var first = await browser.PlanAsync(host, "casa.csv", File("By the source."));
        await browser.PressAsync(host, first, "Apply", ImportState.Applied);
        var row = await EntryAsync(host, "casa-amparo");
        var stores = host.Stores;
        await host.Database.TransactAsync(
            async s =>
            {
                var entry = (Organization)EntryJson.Read((await EntryStore.ReadRevisionAsync(s, row.EntryId, 1, Cancellation)).Body);
                await stores.Entries.SaveAsync(s, row.EntryId, 1, entry with { Summary = "By a curator." }, Actor.System("test"), null, Cancellation);
            },
            Cancellation);

        var second = await browser.UploadAsync("casa.csv", File("By the source, anew."));
        await browser.PlanByAsync(host, second, "casa");
        Assert.Equal(1, (await host.WaitAsync(second, ImportState.Planned)).RowsConflicting);
        var conflicting = await browser.ReadAsync($"/imports/{second}/items/conflicting");
        Assert.Contains("<span class=\"tag warn\">conflict</span>", conflicting, StringComparison.Ordinal);
        Assert.DoesNotContain("{&quot;", conflicting, StringComparison.Ordinal);
        await browser.PressAsync(host, second, "Apply", ImportState.Applied);
        Assert.Contains("/imports/conflicts", await browser.ReadAsync("/"), StringComparison.Ordinal);
        var form = FormOnPage.Read(await browser.ReadAsync("/imports/conflicts"), "class=\"conflict\"");
        var name = Assert.Single(form.All.Select(v => v.Key).Distinct(), n => n.StartsWith("settle:", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync("/imports/conflicts", null, (name, way))).StatusCode);

        row = await EntryAsync(host, "casa-amparo");
        var latest = await host.Database.TransactAsync(s => EntryStore.ReadRevisionAsync(s, row.EntryId, row.LatestRevision, Cancellation), Cancellation);
        Assert.Equal(summary, EntryJson.Read(latest.Body).Summary);
        Assert.Contains("No conflicts to settle", await browser.ReadAsync("/imports/conflicts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mapping_errors_show_at_their_fields_and_keep_the_choices()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var id = await browser.UploadAsync("list.csv", ImportSteps.Messy);

        async Task<string> RefusedAsync(params (string, string)[] changes)
        {
            var answer = await browser.ChooseAsync(id, changes);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));
        }

        var page = await RefusedAsync(("target-2", "locations.1.postalCode"), ("title", "My list"));
        Assert.Contains("id=\"target-4-error\"", page, StringComparison.Ordinal);
        Assert.Contains("already maps to 'ZIP code'", page, StringComparison.Ordinal);
        Assert.Contains("value=\"My list\"", page, StringComparison.Ordinal);
        Assert.Contains("no column maps to the name", await RefusedAsync(("target-0", "")), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("id=\"name-error\"", await RefusedAsync(("name", "Not A Name")), StringComparison.Ordinal);
        Assert.Contains("id=\"name-error\"", await RefusedAsync(("name", "samhsa-mental-health")), StringComparison.Ordinal);
        Assert.Contains("id=\"url-error\"", await RefusedAsync(("url", "javascript:alert(1)")), StringComparison.Ordinal);
        Assert.Contains("id=\"retrievedOn-error\"", await RefusedAsync(("retrievedOn", "tomorrow")), StringComparison.Ordinal);
        Assert.Contains("has no field 'slug'", await RefusedAsync(("target-1", "slug")), StringComparison.Ordinal);

        await browser.ChooseAsync(id);
        await host.WaitAsync(id, ImportState.Planned);
        var other = await browser.UploadAsync("list.csv", ImportSteps.Messy);
        var taken = await (await browser.ChooseAsync(other)).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("id=\"replace-error\"", taken, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.ChooseAsync(other, ("replace", "true"))).StatusCode);
    }

    [Fact]
    public async Task After_a_mapping_fails_another_one_can_be_used()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var id = await browser.UploadAsync("list.csv", ImportSteps.Messy);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync($"/imports/{id}/columns", "Plan", ("mapping", "samhsa-mental-health"))).StatusCode);
        await host.WaitAsync(id, ImportState.Failed);
        var page = WebUtility.HtmlDecode(await browser.ReadAsync($"/imports/{id}"));
        Assert.Contains("The file 'list.csv' has no column", page, StringComparison.Ordinal);
        Assert.DoesNotContain("healthequity-import-", page, StringComparison.Ordinal);

        await browser.ChooseAsync(id);
        Assert.Equal(3, (await host.WaitAsync(id, ImportState.Planned)).RowsNew);
    }

    [Fact]
    public async Task An_import_with_far_fewer_entries_requires_confirmation()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var first = await browser.PlanAsync(host, "list.csv", ImportSteps.Messy);
        await browser.PressAsync(host, first, "Apply", ImportState.Applied);
        var second = await browser.UploadAsync("list.csv", string.Join("\r\n", ImportSteps.Messy.Split("\r\n").Take(2)) + "\r\n");
        await browser.PlanByAsync(host, second, "list");

        var asked = await browser.SubmitAsync($"/imports/{second}", "Apply", ("AllowFewer", "false"));
        Assert.Contains("id=\"AllowFewer-error\"", await asked.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync($"/imports/{second}", "Apply", ("AllowFewer", "true"))).StatusCode);
        Assert.True((await host.WaitAsync(second, ImportState.Applied)).RowsVanished > 0);
    }

    [Fact]
    public async Task Discarding_an_import_deletes_its_file()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var id = await browser.UploadAsync("list.csv", ImportSteps.Messy);
        Assert.True(await IsKeptAsync(host, id));
        await browser.SubmitAsync($"/imports/{id}", "Discard");
        Assert.False(await IsKeptAsync(host, id));
        Assert.Contains("Discarded", await browser.ReadAsync("/imports"), StringComparison.Ordinal);

        var planned = await browser.PlanAsync(host, "list.csv", ImportSteps.Messy);
        Assert.False(await IsKeptAsync(host, planned));
        await browser.SubmitAsync($"/imports/{planned}", "Discard");
        Assert.Contains("can be applied", await (await browser.SubmitAsync($"/imports/{planned}", "Apply")).Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Viewers_read_curators_apply_and_reviewers_publish_and_undo_imports()
    {
        var host = await console.BeginAsync();
        var curator = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var viewer = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Viewer));
        var id = await curator.PlanAsync(host, "list.csv", ImportSteps.Messy);
        foreach (var page in new[] { "/imports", $"/imports/{id}", $"/imports/{id}/items/new", $"/imports/{id}/item/1", $"/imports/{id}/refused", "/imports/conflicts", "/imports/mappings" })
        {
            var html = await viewer.ReadAsync(page);
            Assert.Contains("<h1>", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<form method=\"post\" action=\"/imports", html, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Forbidden, await viewer.StatusAsync($"/imports/{id}/refused?handler=File&file=0"));
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.SendFileWithAsync(await viewer.TokenAsync("/sign-out"), "list.csv", Encoding.UTF8.GetBytes("Name\r\n"))).StatusCode);
        foreach (var button in new[] { "Apply", "Discard" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await viewer.PostAsync($"/imports/{id}?handler={button}", await viewer.TokenAsync("/sign-out"))).StatusCode);
        }

        foreach (var button in new[] { "ApplyAndPublish", "Publish", "Undo" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await curator.SubmitAsync($"/imports/{id}", button)).StatusCode);
        }
    }

    [Fact]
    public async Task Markup_in_a_file_is_shown_as_text_everywhere()
    {
        const string Markup = """<script>alert(1)</script><img src=x onerror=alert(2)>'><svg onload=alert(3)><b id=live>""";
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Reviewer));
        var text = $"Name,Street,City,State,Zip,Phone,{Markup}\r\nCasa {Markup},{Markup},Hartford,CT,06103,{Markup},{Markup}\r\n,1 {Markup},Hartford,CT,06103,12,{Markup}\r\n";
        var id = await browser.UploadAsync($"list {Markup}.csv", text);
        HostileTextTests.AssertHarmless(await browser.ReadAsync($"/imports/{id}/columns"), "columns");
        await browser.ChooseAsync(id, ("name", "hostile"), ("title", Markup));
        await host.WaitAsync(id, ImportState.Planned);
        var failed = await (await browser.ChooseAsync(await browser.UploadAsync("list.csv", text), ("target-0", ""), ("title", Markup), ("url", Markup))).Content.ReadAsStringAsync(Cancellation);
        HostileTextTests.AssertHarmless(failed, "columns, refused");
        var shown = 0;
        foreach (var path in new[] { "/imports", $"/imports/{id}", $"/imports/{id}/items/new", $"/imports/{id}/item/1", $"/imports/{id}/refused", "/imports/mappings" })
        {
            var html = await browser.ReadAsync(path);
            HostileTextTests.AssertHarmless(html, path);
            shown += html.Contains("&lt;script&gt;", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(shown >= 5, $"only {shown} pages show the text");
    }

    [Fact]
    public async Task An_export_of_the_directory_needs_no_mapping()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var id = await browser.UploadAsync("entries.ndjson", EntryJson.Write(new Organization { Name = "Casa Amparo" }) + "\n");
        Assert.Contains("An export of this directory", await browser.ReadAsync($"/imports/{id}/columns"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync($"/imports/{id}/columns", "Plan")).StatusCode);
        Assert.Equal(1, (await host.WaitAsync(id, ImportState.Planned)).RowsNew);
    }

    [Fact]
    public async Task Mappings_are_downloaded_and_uploaded()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        await browser.PlanAsync(host, "list.csv", ImportSteps.Messy);
        var document = await browser.ReadAsync("/imports/mappings?handler=File&name=list");
        Assert.Equal(HttpStatusCode.OK, (await browser.SendFileAsync("list.json", Encoding.UTF8.GetBytes(document), "/imports/mappings")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync("/imports/mappings", "Delete", ("name", "list"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SendFileAsync("list.json", Encoding.UTF8.GetBytes(document), "/imports/mappings")).StatusCode);
        Assert.Contains("handler=File&amp;name=list", await browser.ReadAsync("/imports/mappings"), StringComparison.Ordinal);
        foreach (var broken in new[] { "{", "[1]", """{"name": "a", "name": "b"}""", document.Replace("\"list\"", "\"A list\"", StringComparison.Ordinal) })
        {
            var answer = await browser.SendFileAsync("broken.json", Encoding.UTF8.GetBytes(broken), "/imports/mappings");
            Assert.Contains("id=\"Upload-error\"", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    private static async Task<string> RefusedAsync(ConsoleBrowser browser, Guid id) => await browser.ReadAsync($"/imports/{id}/refused?handler=File&file=0");

    private static Task<bool> IsKeptAsync(ConsoleHost host, Guid id) => host.Database.TransactAsync(s => ImportUploads.ExistsAsync(s, id, Cancellation), Cancellation);

    private static async Task<EntryRow> EntryAsync(ConsoleHost host, string slug) =>
        Assert.IsType<EntryRow>(await host.Database.TransactAsync(s => EntryStore.FindBySlugAsync(s, slug, Cancellation), Cancellation));
}
