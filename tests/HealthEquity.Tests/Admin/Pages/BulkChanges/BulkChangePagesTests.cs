using System.Net;
using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Records;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;
using HealthEquity.Tests.Admin.Pages.Imports;

namespace HealthEquity.Tests.Admin.Pages.BulkChanges;

/// <summary>Taking many public entries down in the console, as pages without scripts.</summary>
public sealed class BulkChangePagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Suspending_26_public_entries_needs_a_second_curator_and_is_undone_with_one_button()
    {
        await using var host = await ConsoleHost.StartAsync();
        var (ana, ben) = (await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator, "ana")), await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator, "ben")));
        await PublishAsync(host, 26);
        (string, string)[] all = [("all", "true"), ("confirmed", "true"), ("reason", "The county closed its clinics.")];

        var asked = await ana.SubmitAsync("/entries?listing=published", "Suspend", all);
        var page = asked.Headers.Location!.ToString();
        Assert.Matches("^/bulk-changes/[0-9a-f-]{36}$", page);
        var html = await ana.ReadAsync(page);
        Assert.Contains("Another curator must confirm it.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=Confirm", html, StringComparison.Ordinal);
        Assert.Contains("so someone else must confirm it", await ReadAsync(await ana.SubmitAsync(page, "Confirm")), StringComparison.Ordinal);
        Assert.Contains("Suspend: 26 entries", await ben.ReadAsync("/"), StringComparison.Ordinal);
        Assert.Equal(26, await CountAsync(host, Listing.Published));

        await ben.SubmitAsync(page, "Confirm");
        Assert.Equal(26, await CountAsync(host, Listing.Suspended));
        Assert.Contains("<p role=\"status\">Changed: 26.</p>", await ben.ReadAsync(page), StringComparison.Ordinal);
        Assert.DoesNotContain("Suspend: 26 entries", await ben.ReadAsync("/"), StringComparison.Ordinal);

        await ana.SubmitAsync(page, "Undo");
        Assert.Equal(26, await CountAsync(host, Listing.Published));
        Assert.Contains("As before: 26.", await ana.ReadAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_suspended_entries_are_published_again_at_once()
    {
        await using var host = await ConsoleHost.StartAsync();
        var ana = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        foreach (var id in await PublishAsync(host, 30))
        {
            await host.Database.TransactAsync(s => host.Stores.Publisher.WithdrawAsync(s, id, Listing.Suspended, Actor.System("test"), "Flood.", null, Cancellation), Cancellation);
        }

        Assert.Contains("Publish 30 entries again?", await ReadAsync(await ana.SubmitAsync("/entries", "Resume", ("all", "true"))), StringComparison.Ordinal);
        var done = await ana.SubmitAsync("/entries", "Resume", ("all", "true"), ("confirmed", "true"));

        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Matches("30 entries published again. <a href=\"/bulk-changes/[0-9a-f-]{36}\">See the change, or undo it</a>", await ana.ReadAsync("/entries"));
        Assert.Equal(30, await CountAsync(host, Listing.Published));
    }

    [Fact]
    public async Task Where_two_person_review_is_off_the_number_is_typed()
    {
        await using var host = await ConsoleHost.StartAsync();
        var ana = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        await host.Database.TransactAsync(s => host.Stores.Settings.WriteAsync(s, new DirectorySettings { FourEyes = false }, Actor.System("test"), Cancellation), Cancellation);
        await PublishAsync(host, 26);
        (string, string)[] all = [("all", "true"), ("confirmed", "true"), ("reason", "The county closed its clinics.")];

        var refused = await ReadAsync(await ana.SubmitAsync("/entries", "Suspend", all));
        Assert.Contains("This takes 26 public entries down. Type the number 26 to confirm.", refused, StringComparison.Ordinal);
        Assert.Equal(26, await CountAsync(host, Listing.Published));
        await ana.SubmitAsync("/entries", "Suspend", [.. all, ("typed", "26")]);
        Assert.Equal(26, await CountAsync(host, Listing.Suspended));
    }

    [Fact]
    public async Task Undoing_an_import_that_takes_26_entries_down_needs_a_second_reviewer_and_can_be_undone()
    {
        await using var host = await ConsoleHost.StartAsync();
        var curator = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var (ada, bea) = (await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Reviewer, "ada")), await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Reviewer, "bea")));
        var rows = Enumerable.Range(0, 26).Select(n => $"Casa Amparo {n};{60 + n} Westwood Ave;Waterbury;Connecticut;06708;(860) 276-30{n:00};M-F 8:30am-5pm;Spanish; A{n}\r\n");
        var id = await curator.PlanAsync(host, "list.csv", ImportSteps.Messy.Split("\r\n")[0] + "\r\n" + string.Concat(rows));
        await curator.PressAsync(host, id, "Apply", ImportState.Applied);
        await ada.PressAsync(host, id, "Publish", ImportState.Applied);
        Assert.Equal(26, await CountAsync(host, Listing.Published));
        var page = $"/imports/{id}";

        await ada.SubmitAsync(page, "Undo");
        Assert.Contains("so someone else must confirm it", await ReadAsync(await ada.SubmitAsync(page, "ConfirmUndo")), StringComparison.Ordinal);
        Assert.Contains("proposed to undo this import. It takes 26 entries down", await bea.ReadAsync(page), StringComparison.Ordinal);
        Assert.Equal(26, await CountAsync(host, Listing.Published));
        await bea.PressAsync(host, id, "ConfirmUndo", ImportState.Undone);
        Assert.Equal(26, await CountAsync(host, Listing.Retired));

        var change = Assert.Single(await host.Database.TransactAsync(s => HealthEquity.Store.BulkChanges.BulkChangeStore.ListAsync(s, 0, 10, Cancellation), Cancellation));
        Assert.Equal(("undoImport", 26), (change.Action, change.Changed));
        Assert.Contains("Only a reviewer can undo this.", await ReadAsync(await curator.SubmitAsync($"/bulk-changes/{change.BulkChangeId}", "Undo")), StringComparison.Ordinal);
        await ada.SubmitAsync($"/bulk-changes/{change.BulkChangeId}", "Undo");
        Assert.Equal(26, await CountAsync(host, Listing.Published));
    }

    private static async Task<IReadOnlyList<Guid>> PublishAsync(ConsoleHost host, int number)
    {
        var ids = await host.Database.TransactAsync(
            s => host.Stores.Entries.CreateAsync(s, [.. Enumerable.Range(0, number).Select(n => new NewEntry(new Provider { Name = $"Provider {n:00}" }))], Actor.System("test"), null, Cancellation), Cancellation);
        await host.Database.TransactAsync(s => host.Stores.Publisher.PublishLatestAsync(s, ids, "publish", Actor.System("test"), null, Cancellation), Cancellation);
        return ids;
    }

    private static Task<int> CountAsync(ConsoleHost host, Listing listing) =>
        host.Database.TransactAsync(s => EntryFinder.CountAsync(s, new EntryFilter { Listing = listing }, Cancellation), Cancellation);

    private static async Task<string> ReadAsync(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));
}
