using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Tests.Admin.Pages.Entries;
using HealthEquity.Tests.Store;
using Microsoft.Extensions.DependencyInjection;

namespace HealthEquity.Tests.Admin.Pages.Duplicates;

/// <summary>Handling possible duplicates in a browser without JavaScript.</summary>
public sealed partial class DuplicatePagesTests(SharedConsole console) : IClassFixture<SharedConsole>, IAsyncLifetime
{
    private static readonly Provider Sun = new()
    {
        Name = "Sun Counseling Center",
        Summary = "Ours",
        Phones = [new Phone { Number = "+13055550142", Label = "Desk" }],
        Emails = [new Email { Address = "desk@sun.example" }],
    };

    private static readonly Provider Twin = Sun with
    {
        Name = "Sun Counselling Ctr",
        Summary = "Theirs",
        Phones = [new Phone { Number = "+13055550142" }, new Phone { Number = "+13055550199", Label = "Fax" }],
        Website = "https://sun.example",
    };

    private ConsoleHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestStores Stores => _host.Stores;

    public async ValueTask InitializeAsync() => _host = await console.BeginAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Duplicates_are_linked_from_home_the_list_and_the_entry()
    {
        var browser = await BrowseAsync(CuratorRole.Viewer);
        Assert.Contains("No possible duplicates", await browser.ReadAsync("/duplicates"), StringComparison.Ordinal);
        var (sun, twin) = (await AddAsync(Sun, publish: true), await AddAsync(Twin));
        var pair = DuplicatePair.Ordered(sun, twin);
        var address = $"/duplicates/{pair.First}/{pair.Second}";

        Assert.Matches("href=\"/duplicates\"><strong>1</strong>", await browser.ReadAsync("/"));
        Assert.Contains($"/duplicates/{sun}/{twin}", await browser.ReadAsync($"/entries/show/{sun}"), StringComparison.Ordinal);
        Assert.Contains(address, await browser.ReadAsync("/duplicates?kind=provider"), StringComparison.Ordinal);
        Assert.DoesNotContain(address, await browser.ReadAsync("/duplicates?kind=attorney"), StringComparison.Ordinal);
        Assert.DoesNotContain(address, await browser.ReadAsync($"/duplicates?import={Guid.NewGuid()}"), StringComparison.Ordinal);

        var page = await browser.ReadAsync(address);
        Assert.Contains("strong evidence for", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"keep\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_curator_proposes_a_merge_field_by_field_and_a_reviewer_merges()
    {
        var browser = await BrowseAsync(CuratorRole.Curator);
        var (twin, sun) = (await AddAsync(Twin), await AddAsync(Sun, publish: true));
        var page = $"/duplicates/{twin}/{sun}";
        // The public entry is kept, regardless of the order or the requested entry.
        var form = Fields(await browser.ReadAsync($"{page}?keep={twin}"));
        Assert.Equal($"{sun}", form.Single(f => f.Name == "keep").Value);
        Assert.Equal("Survivor", form.Single(f => f.Name == "take:summary").Value);
        Assert.Equal("Other", form.Single(f => f.Name == "take:website").Value);
        Assert.Equal(2, form.Count(f => f.Name == "item:phones"));

        var fax = form.Last(f => f.Name == "item:phones");
        (string Name, string Value)[] chosen = [.. form.Where(f => f != fax && f.Name is not ("take:name" or "take:summary" or "note")), ("take:name", "Both"), ("take:summary", "Other"), ("note", "Same door")];
        var preview = await (await browser.SubmitAsync(page, "Preview", chosen)).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("Preview of the merge", preview, StringComparison.Ordinal);
        Assert.Equal(chosen.Order(), Fields(preview).Order());
        Assert.Equal(1, (await RowAsync(sun)).LatestRevision);

        Assert.Equal("/duplicates", (await browser.SubmitAsync(page, "Propose", chosen)).Headers.Location?.ToString());
        Assert.Equal((1, Listing.Unpublished), ((await RowAsync(sun)).LatestRevision, (await RowAsync(twin)).Listing));
        var reviewer = await BrowseAsync(CuratorRole.Reviewer);
        Assert.Contains($"/duplicates/{sun}/{twin}\"><bdi>Sun Counselling Ctr</bdi> into <bdi>Sun Counseling Center</bdi></a>, by The curator", await reviewer.ReadAsync("/duplicates"), StringComparison.Ordinal);
        var proposed = await reviewer.ReadAsync(page);
        Assert.Contains("The curator proposes to merge", proposed, StringComparison.Ordinal);
        Assert.Equal(chosen.Where(c => c.Name != "keep").Order(), Fields(proposed).Where(c => c.Name != "keep").Order());

        var done = await reviewer.SubmitAsync(page, "Merge", [.. Fields(proposed)]);
        Assert.Equal($"/entries/show/{sun}", done.Headers.Location?.ToString());
        var merged = await TextAsync(sun);
        Assert.Equal(("Sun Counseling Center", "Theirs", "https://sun.example"), (merged.Name, merged.Summary, merged.Website));
        Assert.Equal(("Sun Counselling Ctr", "+13055550142"), (Assert.Single(merged.AlternateNames), Assert.Single(merged.Phones).Number));
        Assert.Contains("waiting for review", await reviewer.ReadAsync($"/entries/show/{sun}"), StringComparison.Ordinal);
        var gone = await browser.ReadAsync($"/entries/show/{twin}");
        Assert.Contains($"/entries/show/{sun}", gone, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=Withdraw", gone, StringComparison.Ordinal);
        Assert.Equal("Merged into “Sun Counseling Center”. Same door", (await RowAsync(twin)).ListingReason);
        Assert.DoesNotContain("Proposed merges", await reviewer.ReadAsync("/duplicates"), StringComparison.Ordinal);
        // The curator wrote the text, so the reviewer who merged may approve it.
        Assert.Equal(HttpStatusCode.Redirect, (await reviewer.SubmitAsync($"/reviews/{sun}", "Approve", ("revision", "2"))).StatusCode);
    }

    [Fact]
    public async Task A_proposal_that_a_reviewer_declines_says_why_and_can_be_made_again()
    {
        var (sun, twin) = (await AddAsync(Sun), await AddAsync(Twin));
        var page = $"/duplicates/{sun}/{twin}";
        var (curator, reviewer) = (await BrowseAsync(CuratorRole.Curator), await BrowseAsync(CuratorRole.Reviewer));
        await curator.SubmitAsync(page, "Propose", [.. Fields(await curator.ReadAsync(page))]);
        Assert.Equal(HttpStatusCode.Forbidden, (await curator.SubmitAsync(page, "Decline", ("reason", "No"))).StatusCode);
        Assert.Contains("Enter the reason", await (await reviewer.SubmitAsync(page, "Decline", ("reason", " "))).Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal("/duplicates", (await reviewer.SubmitAsync(page, "Decline", ("reason", "Two floors, two programs"))).Headers.Location?.ToString());

        Assert.Contains("The reviewer declined to merge them", await curator.ReadAsync(page), StringComparison.Ordinal);
        Assert.DoesNotContain("Proposed merges", await curator.ReadAsync("/duplicates"), StringComparison.Ordinal);
        await curator.SubmitAsync(page, "Propose", [.. Fields(await curator.ReadAsync(page))]);
        Assert.Contains("Proposed merges", await curator.ReadAsync("/duplicates"), StringComparison.Ordinal);
        // Marking them as different settles the proposal too.
        await reviewer.SubmitAsync(page, "NotSame");
        Assert.DoesNotContain("Proposed merges", await curator.ReadAsync("/duplicates"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_shows_what_matches_and_is_marked_as_different_in_one_action()
    {
        static Provider At(string name, string street) => Sun with
        {
            Name = name,
            Locations = [new Location { Visibility = Visibility.Public, Address1 = street, City = "Miami", StateProvince = "FL", PostalCode = "33130" }],
        };
        var (one, two, three) = (await AddAsync(At("Sun Center", "12 Sun Street, Suite 4")), await AddAsync(At("Sun Centre", "12 Sun St Ste 4")), await AddAsync(At("Sun Ctr", "12 Sun Street #4")));
        await AddAsync(At("Sun Center", "900 Moon Road"));
        var browser = await BrowseAsync(CuratorRole.Curator);
        var list = await browser.ReadAsync("/duplicates");
        Assert.Contains("1 group with 3 pairs", list, StringComparison.Ordinal);
        Assert.Contains("12 Sun St Ste 4, Miami, FL, 33130", list, StringComparison.Ordinal);
        Assert.Contains("(305) 555-0142", list, StringComparison.Ordinal);
        Assert.Contains("Same: email address, phone number, name, street and ZIP code, suite.", list, StringComparison.Ordinal);
        Assert.DoesNotContain("900 Moon Road", list, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=NotSame", await (await BrowseAsync(CuratorRole.Viewer)).ReadAsync("/duplicates"), StringComparison.Ordinal);

        (string, string)[] group = [("group", $"{one}"), ("group", $"{two}"), ("group", $"{three}")];
        var refused = await (await browser.SubmitAsync("/duplicates", "NotSame", [.. group, ("which", "chosen")])).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("Select the entries that are not the same as any other", refused, StringComparison.Ordinal);
        await browser.SubmitAsync("/duplicates", "NotSame", [.. group, ("chosen", $"{three}"), ("which", "chosen")]);
        list = await browser.ReadAsync("/duplicates");
        Assert.Contains("Marked 2 pairs as not duplicates", list, StringComparison.Ordinal);
        Assert.Contains("1 group with 1 pair", list, StringComparison.Ordinal);
        await browser.SubmitAsync("/duplicates", "NotSame", [.. group, ("which", "all")]);
        await Stores.Duplicates.CatchUpAsync(_host.Database, Cancellation);
        Assert.Contains("No possible duplicates", await browser.ReadAsync("/duplicates"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Merge_choices_survive_a_concurrent_save()
    {
        var browser = await BrowseAsync(CuratorRole.Reviewer);
        var (sun, twin) = (await AddAsync(Sun), await AddAsync(Twin));
        var page = $"/duplicates/{sun}/{twin}?keep={sun}";
        var form = Fields(await browser.ReadAsync(page));
        var fax = form.Last(f => f.Name == "item:phones");
        (string Name, string Value)[] chosen = [.. form.Where(f => f != fax && f.Name is not ("take:summary" or "note")), ("take:summary", "Other"), ("note", "Same door")];
        var more = Twin with { Phones = [new Phone { Number = "+13055550111" }, .. Twin.Phones] };
        await DoAsync(s => Stores.Entries.SaveAsync(s, twin, 1, more, Actor.System("test"), null, Cancellation));

        var refused = await (await browser.SubmitAsync(page, "Merge", chosen)).Content.ReadAsStringAsync(Cancellation);

        Assert.Contains("Someone else saved one of these entries in the meantime", refused, StringComparison.Ordinal);
        var again = Fields(refused);
        Assert.Equal(("2", "Other", "Same door"), (Of("loserRevision"), Of("take:summary"), Of("note")));
        // The fax number stays excluded, and the new number is included.
        Assert.Equal((3, 2), (again.Count(f => f.Name == "seen:phones"), again.Count(f => f.Name == "item:phones")));
        Assert.DoesNotContain(fax, again);

        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync(page, "Merge", [.. again])).StatusCode);
        Assert.Equal(["+13055550142", "+13055550111"], (await TextAsync(sun)).Phones.Select(p => p.Number));

        string Of(string name) => again.Single(f => f.Name == name).Value;
    }

    [Fact]
    public async Task Public_entries_are_merged_by_one_reviewer_and_approved_by_another()
    {
        var (sun, twin) = (await AddAsync(Sun, publish: true), await AddAsync(Twin, publish: true));
        var page = $"/duplicates/{sun}/{twin}?keep={twin}";
        var curator = await BrowseAsync(CuratorRole.Curator);
        var asked = await curator.ReadAsync(page);
        Assert.Contains("A reviewer decides about your proposal", asked, StringComparison.Ordinal);
        Assert.Contains("</bdi>” is unpublished when a reviewer merges.", asked, StringComparison.Ordinal);
        Assert.Contains("<bdi>Sun Counseling Center</bdi>” is unpublished", asked, StringComparison.Ordinal);
        var form = Fields(await curator.ReadAsync(page));
        Assert.Equal(HttpStatusCode.Forbidden, (await curator.SubmitAsync(page, "Merge", [.. form])).StatusCode);
        Assert.Equal(Listing.Published, (await RowAsync(sun)).Listing);
        // Two entries with the same name are told apart by their addresses.
        var (one, other) = (await AddAsync(Twin with { Name = "Moon" }, publish: true), await AddAsync(Twin with { Name = "Moon" }, publish: true));
        Assert.Contains("Keep “<bdi>Moon (moon", await curator.ReadAsync($"/duplicates/{one}/{other}"), StringComparison.Ordinal);

        var reviewer = await BrowseAsync(CuratorRole.Reviewer);
        Assert.Equal(HttpStatusCode.Redirect, (await reviewer.SubmitAsync(page, "Merge", [.. form])).StatusCode);
        Assert.Equal((Listing.Retired, twin), ((await RowAsync(sun)).Listing, (await RowAsync(sun)).MergedInto));
        Assert.Equal(DraftState.InReview, (await RowAsync(twin)).DraftState);
        var own = await (await reviewer.SubmitAsync($"/reviews/{twin}", "Approve", ("revision", "2"))).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("someone else must approve it", own, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pair_marked_as_not_duplicates_is_not_suggested_again()
    {
        var browser = await BrowseAsync(CuratorRole.Curator);
        var (sun, twin) = (await AddAsync(Sun), await AddAsync(Twin));
        var page = $"/duplicates/{sun}/{twin}";
        Assert.Equal("/duplicates", (await browser.SubmitAsync(page, "NotSame")).Headers.Location?.ToString());
        await Stores.Duplicates.CatchUpAsync(_host.Database, Cancellation);

        Assert.Contains("No possible duplicates", await browser.ReadAsync("/duplicates"), StringComparison.Ordinal);
        Assert.DoesNotContain("Possible duplicates", await browser.ReadAsync($"/entries/show/{sun}"), StringComparison.Ordinal);
        var later = await browser.ReadAsync(page);
        Assert.Contains("The curator marked them as not duplicates", later, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=NotSame", later, StringComparison.Ordinal);
        Assert.Equal("/duplicates", (await browser.SubmitAsync(page, "Reopen")).Headers.Location?.ToString());
        Assert.Contains(page, await browser.ReadAsync($"/entries/show/{sun}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merge_is_undone_from_the_history()
    {
        var browser = await BrowseAsync(CuratorRole.Reviewer);
        var (sun, twin) = (await AddAsync(Sun, publish: true), await AddAsync(Twin));
        await browser.SubmitAsync($"/duplicates/{sun}/{twin}", "Merge", [.. Fields(await browser.ReadAsync($"/duplicates/{sun}/{twin}"))]);

        var link = $"/duplicates/{sun}/{twin}";
        Assert.Contains(link, await browser.ReadAsync($"/entries/history/{sun}"), StringComparison.Ordinal);
        Assert.Contains("Undo merge", await browser.ReadAsync(link), StringComparison.Ordinal);
        var curator = await BrowseAsync(CuratorRole.Curator);
        Assert.DoesNotContain("Undo merge", await curator.ReadAsync(link), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await curator.SubmitAsync(link, "Undo")).StatusCode);
        Assert.Equal($"/entries/show/{twin}", (await browser.SubmitAsync(link, "Undo")).Headers.Location?.ToString());

        Assert.Contains("Merge undone", await browser.ReadAsync($"/entries/show/{twin}"), StringComparison.Ordinal);
        var row = await RowAsync(twin);
        Assert.Equal((null, Listing.Unpublished, DraftState.Draft), (row.MergedInto, row.Listing, row.DraftState));
        Assert.DoesNotContain(link, await browser.ReadAsync($"/entries/history/{sun}"), StringComparison.Ordinal);
        var token = await browser.TokenAsync("/account/password");
        var again = await (await browser.PostAsync(link + "?handler=Undo", token)).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("was not merged into another", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_duplicate_of_a_do_not_list_entry_is_not_listed_either()
    {
        var browser = await BrowseAsync(CuratorRole.Curator);
        var (sun, twin) = (await AddAsync(Sun), await AddAsync(Twin, publish: true));
        await DoAsync(s => Stores.Publisher.WithdrawAsync(s, sun, Listing.DoNotList, Actor.System("test"), "Asked.", null, Cancellation));
        Assert.Contains("One is marked “do not list”", await browser.ReadAsync("/duplicates"), StringComparison.Ordinal);

        var page = $"/duplicates/{sun}/{twin}";
        Assert.DoesNotContain("merge-form", await browser.ReadAsync(page), StringComparison.Ordinal);
        Assert.Equal("/duplicates", (await browser.SubmitAsync(page, "Unlist")).Headers.Location?.ToString());

        Assert.Equal(Listing.DoNotList, (await RowAsync(twin)).Listing);
        Assert.Contains("No possible duplicates", await browser.ReadAsync("/duplicates"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_shares_a_number_with_a_do_not_list_entry_is_published_after_it_is_marked_as_not_a_duplicate()
    {
        var browser = await BrowseAsync(CuratorRole.Reviewer);
        var sun = await AddAsync(Sun);
        await DoAsync(s => Stores.Publisher.WithdrawAsync(s, sun, Listing.DoNotList, Actor.System("test"), "Asked.", null, Cancellation));
        var network = await AddAsync(new Organization { Name = "Network", Phones = Sun.Phones });
        await DoAsync(s => Stores.Reviews.SubmitAsync(s, network, 1, Actor.System("test"), null, Cancellation));
        var refused = await (await browser.SubmitAsync($"/reviews/{network}", "Approve", ("revision", "1"))).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains($"“{Sun.Name}”, which asked not to be listed", WebUtility.HtmlDecode(refused), StringComparison.Ordinal);

        var page = $"/duplicates/{network}/{sun}";
        Assert.Contains(page, await browser.ReadAsync($"/entries/show/{network}"), StringComparison.Ordinal);
        Assert.Equal("/duplicates", (await browser.SubmitAsync(page, "NotSame")).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync($"/reviews/{network}", "Approve", ("revision", "1"))).StatusCode);

        Assert.Equal(Listing.Published, (await RowAsync(network)).Listing);
    }

    [Fact]
    public async Task Saving_an_entry_checks_for_duplicates()
    {
        var browser = await BrowseAsync(CuratorRole.Curator);
        await AddAsync(Sun with { Website = "https://sun.example" });
        var blank = FormOnPage.Read(await browser.ReadAsync("/entries/new?kind=provider"));
        blank.Set("name", Sun.Name);
        blank.Set("website", "https://sun.example");
        var key = Guid.NewGuid();
        var saved = await browser.SubmitAsync($"/entries/new?kind=provider&key={key}", null, blank.Fields(("_intent", "unfinished")));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Contains("Possible duplicates", await browser.ReadAsync(saved.Headers.Location!.ToString()), StringComparison.Ordinal);
    }

    private async Task<ConsoleBrowser> BrowseAsync(CuratorRole role) => await _host.SignInAsync(await _host.AddCuratorAsync(role));

    private Task<Guid> AddAsync(Entry entry, bool publish = false) => _host.Database.TransactAsync(
        async s =>
        {
            var id = await Stores.Entries.CreateAsync(s, entry, Actor.System("test"), null, null, Cancellation);
            await Stores.Duplicates.DetectAsync(s, [id], Cancellation);
            if (publish)
            {
                await Stores.Publisher.PublishAsync(s, id, 1, "publish", Actor.System("test"), null, Cancellation);
            }

            return id;
        },
        Cancellation);

    private Task DoAsync(Func<DbSession, Task> work) => _host.Database.TransactAsync(work, Cancellation);

    private Task<EntryRow> RowAsync(Guid id) => _host.Database.TransactAsync(s => EntryStore.ReadAsync(s, id, Cancellation), Cancellation);

    private async Task<Provider> TextAsync(Guid id)
    {
        var row = await RowAsync(id);
        var latest = await _host.Database.TransactAsync(s => EntryStore.ReadRevisionAsync(s, id, row.LatestRevision, Cancellation), Cancellation);
        return Assert.IsType<Provider>(EntryJson.Read(latest.Body));
    }

    /// <summary>Returns the fields that a browser would post from the merge form.</summary>
    private static IReadOnlyList<(string Name, string Value)> Fields(string html)
    {
        var start = html.IndexOf("id=\"merge-form\"", StringComparison.Ordinal);
        Assert.True(start >= 0, "there is no form to merge with");
        var inputs = Input().Matches(html[start..html.IndexOf("</form>", start, StringComparison.Ordinal)]);
        return
        [
            .. inputs.Select(i => (Tag: i.Value, Name: Attribute("name", i.Value), Value: Attribute("value", i.Value)))
                .Where(i => i.Name != "formToken" && (!IsBox().IsMatch(i.Tag) || i.Tag.Contains(" checked", StringComparison.Ordinal)))
                .Select(i => (i.Name, i.Value)),
        ];
    }

    private static string Attribute(string name, string tag) => WebUtility.HtmlDecode(Regex.Match(tag, $" {name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex("type=\"(?:checkbox|radio)\"")]
    private static partial Regex IsBox();
}
