using System.Globalization;
using System.Net;
using HealthEquity.Admin.Forms;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Verification;
using HealthEquity.Tests.Admin.Pages.Entries;
using HealthEquity.Tests.Store;

namespace HealthEquity.Tests.Admin.Pages.Verification;

/// <summary>The rules that make the directory trustworthy: unpublished entries stay unpublished, and checks apply to public content.</summary>
public sealed class CallSheetPagesTests(SharedConsole console) : IClassFixture<SharedConsole>, IAsyncLifetime
{
    private ConsoleHost _host = null!;
    private Curator _writer = null!;
    private ConsoleBrowser _browser = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestStores Stores => _host.Stores;

    public async ValueTask InitializeAsync()
    {
        _host = await console.BeginAsync();
        _writer = await _host.AddCuratorAsync(CuratorRole.Curator);
        _browser = await _host.SignInAsync(_writer);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_do_not_list_entry_cannot_be_published_from_any_page()
    {
        var id = await PublishAsync(Network());
        var show = $"/entries/show/{id}";
        var unreasoned = await TextAsync(await _browser.SubmitAsync(show, "Withdraw", ("listing", "DoNotList")));
        Assert.Matches("value=\"DoNotList\"[^>]* checked", unreasoned);
        Assert.DoesNotMatch("value=\"Suspended\"[^>]* checked", unreasoned);
        await _browser.SubmitAsync(show, "Withdraw", ("listing", "DoNotList"), ("withdrawNote", "They asked."));

        var html = await _browser.ReadAsync(show);
        Assert.DoesNotContain("<summary>Unpublish</summary>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Publish again", html, StringComparison.Ordinal);
        var detour = await TextAsync(await _browser.SubmitAsync(show, "Withdraw", ("listing", "Suspended"), ("withdrawNote", "x")));
        Assert.Contains("asked not to be listed, and that is final", detour, StringComparison.Ordinal);
        var bulk = await TextAsync(await _browser.SubmitAsync("/entries", "Suspend", ("chosen", id.ToString()), ("reason", "x")));
        Assert.Contains("asked not to be listed, and that is final", bulk, StringComparison.Ordinal);
        await _browser.SubmitAsync(show, "Resume");
        Assert.Equal(Listing.DoNotList, (await RowAsync(id)).Listing);
    }

    [Fact]
    public async Task The_call_sheet_shows_public_content_and_rejects_confirming_wrong_fields()
    {
        var id = await PublishAsync(Network() with { Languages = [new LanguageOffered { Language = "es", How = ["staff"] }] });
        await SaveAsync(id, 1, Network() with { Website = "https://draft.example" });
        await DoAsync(async s => await Stores.Checks.RequestAsync(s, await EntryStore.ReadAsync(s, id, Cancellation), "The source has it no more.", Actor.System("test"), Cancellation));
        var sheet = $"/verification/{id}";
        var html = await _browser.ReadAsync(sheet);
        Assert.Contains("https://public.example", html, StringComparison.Ordinal);
        Assert.Contains("Spanish, Staff", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://draft.example", html, StringComparison.Ordinal);
        Assert.Contains("There is a newer draft", html, StringComparison.Ordinal);
        Assert.Contains("Check requested: The source has it no more.", html, StringComparison.Ordinal);
        Assert.Contains("The source has it no more.", await _browser.ReadAsync("/"), StringComparison.Ordinal);

        var today = await TodayAsync();
        (string, string)[] answers = [("Revision", "1"), ("Method", "phoneCall"), ("CheckedOn", today), ("field:website", "wrong")];
        var refused = await TextAsync(await _browser.SubmitAsync(sheet, null, [.. answers, ("Outcome", "confirmed")]));
        Assert.Contains("Some fields are wrong or have changed", refused, StringComparison.Ordinal);
        Assert.Contains("href=\"#Outcome\"", refused, StringComparison.Ordinal);
        Assert.Contains("id=\"Outcome-error\"", refused, StringComparison.Ordinal);
        var early = await TextAsync(await _browser.SubmitAsync(sheet, null, ("Revision", "1"), ("Method", "phoneCall"), ("CheckedOn", today), ("Outcome", "inconclusive"), ("NextOn", today)));
        Assert.Contains("href=\"#NextOn\"", early, StringComparison.Ordinal);
        Assert.Contains("id=\"NextOn-error\"", early, StringComparison.Ordinal);
        Assert.Matches("<option value=\"wrong\"[^>]* selected", refused);
        Assert.Null((await RowAsync(id)).AssuredOn);

        var changed = await _browser.SubmitAsync(sheet, null, [.. answers, ("Outcome", "changed"), ("Evidence", "https://evidence.example/page")]);
        Assert.Equal($"/entries/edit/{id}", changed.Headers.Location!.ToString());
        html = await _browser.ReadAsync(sheet);
        Assert.Contains("href=\"https://evidence.example/page\"", html, StringComparison.Ordinal);
        Assert.Contains("Wrong: Website", await _browser.ReadAsync($"/entries/history/{id}"), StringComparison.Ordinal);
        // The latest answer for each field, from any check.
        await _browser.SubmitAsync(sheet, null, ("Revision", "1"), ("Method", "phoneCall"), ("CheckedOn", today), ("Outcome", "unreachable"));
        Assert.Contains($"Wrong ({DisplayFormat.Date(DateOnly.Parse(today, CultureInfo.InvariantCulture))})", await _browser.ReadAsync(sheet), StringComparison.Ordinal);
        var late = await TextAsync(await _browser.SubmitAsync(sheet, null, ("Revision", "2"), ("Method", "phoneCall"), ("CheckedOn", today), ("Outcome", "confirmed")));
        Assert.Contains("but revision 1 is now current", late, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_confirmation_updates_the_date_and_three_failed_attempts_suggest_suspension()
    {
        var id = await PublishAsync(Network());
        var today = DateOnly.FromDateTime(_host.Clock.GetUtcNow().UtcDateTime);
        var page = $"/verification/{id}";
        Assert.Contains("href=\"tel:&#x2B;13055550141\"", await _browser.ReadAsync(page), StringComparison.Ordinal);
        for (var n = 0; n < 3; n++)
        {
            Assert.DoesNotContain("consider suspending", await _browser.ReadAsync(page), StringComparison.Ordinal);
            _host.Clock.Advance(TimeSpan.FromSeconds(1));
            await _browser.SubmitAsync(page, null, ("Revision", "1"), ("Method", "phoneCall"), ("Outcome", "unreachable"), ("CheckedOn", today.ToString("yyyy-MM-dd", null)));
        }

        Assert.Contains("consider suspending", await _browser.ReadAsync(page), StringComparison.Ordinal);
        Assert.Null((await RowAsync(id)).AssuredOn);

        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await _browser.SubmitAsync(page, null, ("Revision", "1"), ("Method", "phoneCall"), ("Outcome", "confirmed"), ("CheckedOn", today.ToString("yyyy-MM-dd", null)),
            ("field:phones[0].number", "confirmed"), ("field:made.up", "confirmed"), ("Evidence", "spoke with the desk"));

        Assert.Equal(today, (await RowAsync(id)).AssuredOn);
        var checks = await DoAsync(s => VerificationStore.ListAsync(s, id, Cancellation));
        Assert.Equal("""{"phones[0].number":"confirmed"}""", checks.Single(c => c.Outcome == "confirmed").FieldOutcomes);
        Assert.DoesNotContain("consider suspending", await _browser.ReadAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspended_entry_is_published_again_only_if_the_curator_chooses_it()
    {
        var id = await PublishAsync(Network());
        await DoAsync(s => Stores.Publisher.WithdrawAsync(s, id, Listing.Suspended, Actor.System("test"), "No answer.", null, Cancellation));
        var sheet = $"/verification/{id}";
        Assert.Contains("if it is confirmed", await _browser.ReadAsync(sheet), StringComparison.Ordinal);
        var today = await TodayAsync();
        await _browser.SubmitAsync(sheet, null, ("Revision", "1"), ("Method", "phoneCall"), ("CheckedOn", today), ("Outcome", "unreachable"), ("Resume", "true"));
        Assert.Equal(Listing.Suspended, (await RowAsync(id)).Listing);

        var soon = DateOnly.Parse(today, null).AddDays(14);
        await _browser.SubmitAsync(
            sheet, null, ("Revision", "1"), ("Method", "phoneCall"), ("CheckedOn", today), ("Outcome", "confirmed"), ("Resume", "true"), ("NextOn", soon.ToString("yyyy-MM-dd", null)));

        Assert.Equal((Listing.Published, soon), ((await RowAsync(id)).Listing, (await RowAsync(id)).CheckDueOn));
    }

    [Fact]
    public async Task Unreachable_entries_are_flagged_on_the_home_page()
    {
        var id = await PublishAsync(Network());
        for (var n = 0; n < 3; n++)
        {
            Assert.DoesNotContain("No one answered", await _browser.ReadAsync("/"), StringComparison.Ordinal);
            _host.Clock.Advance(TimeSpan.FromSeconds(1));
            await _browser.SubmitAsync($"/verification/{id}", null, ("Revision", "1"), ("Method", "phoneCall"), ("CheckedOn", await TodayAsync()), ("Outcome", "unreachable"));
        }

        Assert.Contains("No one answered the last 3 times. Suspend it?", await _browser.ReadAsync("/"), StringComparison.Ordinal);
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await _browser.SubmitAsync($"/verification/{id}", null, ("Revision", "1"), ("Method", "phoneCall"), ("CheckedOn", await TodayAsync()), ("Outcome", "confirmed"));
        Assert.DoesNotContain("No one answered", await _browser.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reviewer_decides_whether_a_suspended_entry_is_published_again()
    {
        var id = await PublishAsync(Network());
        await SaveAsync(id, 1, Network() with { Website = "https://new.example" });
        await DoAsync(s => Stores.Reviews.SubmitAsync(s, id, 2, Actor.System("test"), null, Cancellation));
        await DoAsync(s => Stores.Publisher.WithdrawAsync(s, id, Listing.Suspended, Actor.System("test"), "A wrong number", null, Cancellation));
        var reviewer = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Reviewer));
        var review = $"/reviews/{id}";
        Assert.Contains("This entry was unpublished: A wrong number", await reviewer.ReadAsync(review), StringComparison.Ordinal);

        var unsaid = await TextAsync(await reviewer.SubmitAsync(review, "Approve", ("revision", "2")));
        Assert.Contains("Choose to publish it again", unsaid, StringComparison.Ordinal);
        Assert.Equal(Listing.Suspended, (await RowAsync(id)).Listing);
        await reviewer.SubmitAsync(review, "Approve", ("revision", "2"), ("again", "true"));
        Assert.Equal((Listing.Published, 2), ((await RowAsync(id)).Listing, (await RowAsync(id)).PublishedRevision));
    }

    [Fact]
    public async Task Without_the_second_person_rule_users_can_review_their_own_entries()
    {
        await DoAsync(s => Stores.Settings.WriteAsync(s, new DirectorySettings { FourEyes = false }, Actor.System("test"), Cancellation));
        var alone = await _host.AddCuratorAsync(CuratorRole.Reviewer);
        var id = await DoAsync(s => Stores.Entries.CreateAsync(s, Network(), Actor.Curator(alone.CuratorId), null, null, Cancellation));
        await DoAsync(s => Stores.Reviews.SubmitAsync(s, id, 1, Actor.Curator(alone.CuratorId), null, Cancellation));
        var browser = await _host.SignInAsync(alone);

        Assert.DoesNotContain("someone else must review them", await browser.ReadAsync("/reviews"), StringComparison.Ordinal);
        Assert.Matches("<strong>1</strong> waiting for my review", await browser.ReadAsync("/"));
    }

    [Fact]
    public async Task Unsaved_changes_are_restored_and_not_overwritten_by_another_window()
    {
        var id = await PublishAsync(Network());
        var edit = $"/entries/edit/{id}";
        var (one, other) = (FormOnPage.Read(await _browser.ReadAsync(edit)), FormOnPage.Read(await _browser.ReadAsync(edit)));
        one.Set("summary", "typed in the first window");
        Assert.Equal(HttpStatusCode.OK, (await _browser.SubmitAsync(edit, "Autosave", one.Fields())).StatusCode);
        other.Set("summary", "typed in the second window");

        var refused = await _browser.SubmitAsync(edit, "Autosave", other.Fields());

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("other unsaved changes", await TextAsync(refused), StringComparison.Ordinal);
        var again = FormOnPage.Read(await _browser.ReadAsync(edit));
        Assert.Equal("typed in the first window", again.First("summary"));
        // The first window can still update its draft.
        again.Set("summary", "typed on");
        Assert.Equal(HttpStatusCode.OK, (await _browser.SubmitAsync(edit, "Autosave", again.Fields())).StatusCode);
        // Saving in the second window keeps the first window's draft.
        Assert.Equal(HttpStatusCode.Redirect, (await _browser.SubmitAsync(edit, null, other.Fields(("_intent", "save")))).StatusCode);
        var html = await _browser.ReadAsync(edit);
        Assert.Equal("typed on", FormOnPage.Read(html).First("summary"));
        Assert.Contains("Someone has saved the entry since", html, StringComparison.Ordinal);
        await _browser.SubmitAsync(edit, "Discard");
        Assert.Equal("typed in the second window", FormOnPage.Read(await _browser.ReadAsync(edit)).First("summary"));
    }

    [Fact]
    public async Task The_author_sees_which_draft_was_returned_and_why()
    {
        var id = await DoAsync(s => Stores.Entries.CreateAsync(s, Network(), Actor.Curator(_writer.CuratorId), null, null, Cancellation));
        await _browser.SubmitAsync($"/entries/show/{id}", "Submit", ("revision", "1"));
        Assert.Matches("<strong>0</strong> returned to me", await _browser.ReadAsync("/"));
        var reviewer = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Reviewer));
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        var answer = await reviewer.SubmitAsync($"/reviews/{id}", "Return", ("revision", "1"), ("reason", "The number is a <fax>."));
        Assert.Equal("/reviews", answer.Headers.Location!.ToString());

        Assert.Matches("<strong>1</strong> returned to me", await _browser.ReadAsync("/"));
        Assert.Contains("Red de Apoyo", await _browser.ReadAsync("/entries?returned=true&sort=changed"), StringComparison.Ordinal);
        Assert.Matches("<strong>0</strong> returned to me", await reviewer.ReadAsync("/"));
        foreach (var page in new[] { $"/entries/show/{id}", $"/entries/edit/{id}" })
        {
            Assert.Matches("The reviewer returned the draft .*: The number is a &lt;fax&gt;\\.", await _browser.ReadAsync(page));
        }

        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await _browser.SubmitAsync($"/entries/show/{id}", "Submit", ("revision", "1"));
        Assert.DoesNotContain("returned the draft", await _browser.ReadAsync($"/entries/show/{id}"), StringComparison.Ordinal);
        Assert.Matches("<strong>0</strong> returned to me", await _browser.ReadAsync("/"));
    }

    [Fact]
    public async Task Discarding_a_draft_restores_the_public_revision()
    {
        var id = await PublishAsync(Network());
        Assert.DoesNotContain("Discard draft", await _browser.ReadAsync($"/entries/show/{id}"), StringComparison.Ordinal);
        await SaveAsync(id, 1, Network() with { Website = "https://draft.example" });
        await DoAsync(s => Stores.Reviews.SubmitAsync(s, id, 2, Actor.System("test"), null, Cancellation));

        var late = await TextAsync(await _browser.SubmitAsync($"/entries/show/{id}", "Discard", ("revision", "1")));
        Assert.Contains("Someone else saved revision 2 in the meantime", late, StringComparison.Ordinal);
        await _browser.SubmitAsync($"/entries/show/{id}", "Discard", ("revision", "2"), ("discardNote", "A mistake"));

        var row = await RowAsync(id);
        Assert.Equal((DraftState.None, 3, 3), (row.DraftState, row.LatestRevision, row.PublishedRevision));
        Assert.Contains("https://public.example", await _browser.ReadAsync($"/entries/edit/{id}"), StringComparison.Ordinal);
        Assert.Contains("Draft discarded", await _browser.ReadAsync($"/entries/history/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dates_use_the_departments_time_zone()
    {
        // In one of these time zones, the date always differs from UTC.
        var zone = _host.Clock.GetUtcNow().Hour >= 11 ? "Pacific/Kiritimati" : "Pacific/Pago_Pago";
        await DoAsync(s => Stores.Settings.WriteAsync(s, new DirectorySettings { TimeZone = zone }, Actor.System("test"), Cancellation));
        var greenwich = DateOnly.FromDateTime(_host.Clock.GetUtcNow().UtcDateTime);
        var there = greenwich.AddDays(zone.EndsWith("mati", StringComparison.Ordinal) ? 1 : -1);
        var id = await PublishAsync(Network());

        Assert.Contains($"name=\"CheckedOn\" type=\"date\" value=\"{there:yyyy-MM-dd}\"", await _browser.ReadAsync($"/verification/{id}"), StringComparison.Ordinal);
        Assert.Contains($"dueBefore={there:yyyy-MM-dd}", await _browser.ReadAsync("/"), StringComparison.Ordinal);
    }

    private static Organization Network() => new() { Name = "Red de Apoyo", Website = "https://public.example", Phones = [new Phone { Number = "+13055550141" }] };

    private async Task<Guid> PublishAsync(Entry entry)
    {
        var id = await DoAsync(s => Stores.Entries.CreateAsync(s, entry, Actor.System("test"), null, null, Cancellation));
        await DoAsync(s => Stores.Publisher.PublishAsync(s, id, 1, "publish", Actor.System("test"), null, Cancellation));
        return id;
    }

    private Task SaveAsync(Guid id, int basedOn, Entry entry) =>
        DoAsync(s => Stores.Entries.SaveAsync(s, id, basedOn, entry, Actor.System("test"), null, Cancellation));

    private Task<EntryRow> RowAsync(Guid id) => DoAsync(s => EntryStore.ReadAsync(s, id, Cancellation));

    private async Task<string> TodayAsync() =>
        (await DoAsync(s => SettingStore.ReadAsync(s, Cancellation))).DayOf(_host.Clock.GetUtcNow()).ToString("yyyy-MM-dd", null);

    private Task<T> DoAsync<T>(Func<DbSession, Task<T>> work) => _host.Database.TransactAsync(work, Cancellation);

    private Task DoAsync(Func<DbSession, Task> work) => _host.Database.TransactAsync(work, Cancellation);

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Cancellation);
}
