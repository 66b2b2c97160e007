using System.Net;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>What happens to a draft: kept while it is written, returned by a reviewer, reviewed alone, or discarded.</summary>
public sealed class DraftPagesTests(SharedConsole console) : CuratorPages(console)
{
    [Fact]
    public async Task Without_the_second_person_rule_users_can_review_their_own_entries()
    {
        await DoAsync(s => Stores.Settings.WriteAsync(s, new DirectorySettings { FourEyes = false }, Actor.System("test"), Cancellation));
        var alone = await Host.AddCuratorAsync(CuratorRole.Reviewer);
        var id = await DoAsync(s => Stores.Entries.CreateAsync(s, Network(), Actor.Curator(alone.CuratorId), null, null, Cancellation));
        await DoAsync(s => Stores.Reviews.SubmitAsync(s, id, 1, Actor.Curator(alone.CuratorId), null, Cancellation));
        var browser = await Host.SignInAsync(alone);

        Assert.DoesNotContain("someone else must review them", await browser.ReadAsync("/reviews"), StringComparison.Ordinal);
        Assert.Matches("<strong>1</strong> <bdi>draft waiting for my review</bdi>", await browser.ReadAsync("/"));
    }

    [Fact]
    public async Task Unsaved_changes_are_restored_and_not_overwritten_by_another_window()
    {
        var id = await PublishAsync(Network());
        var edit = $"/entries/edit/{id}";
        var (one, other) = (FormOnPage.Read(await Browser.ReadAsync(edit)), FormOnPage.Read(await Browser.ReadAsync(edit)));
        one.Set("summary", "typed in the first window");
        Assert.Equal(HttpStatusCode.OK, (await Browser.SubmitAsync(edit, "Autosave", one.Fields())).StatusCode);
        other.Set("summary", "typed in the second window");

        var refused = await Browser.SubmitAsync(edit, "Autosave", other.Fields());

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("other unsaved changes", await TextAsync(refused), StringComparison.Ordinal);
        var again = FormOnPage.Read(await Browser.ReadAsync(edit));
        Assert.Equal("typed in the first window", again.First("summary"));
        // The first window can still update its draft.
        again.Set("summary", "typed on");
        Assert.Equal(HttpStatusCode.OK, (await Browser.SubmitAsync(edit, "Autosave", again.Fields())).StatusCode);
        // Saving in the second window keeps the first window's draft.
        Assert.Equal(HttpStatusCode.Redirect, (await Browser.SubmitAsync(edit, null, other.Fields(("_intent", "save")))).StatusCode);
        var html = await Browser.ReadAsync(edit);
        Assert.Equal("typed on", FormOnPage.Read(html).First("summary"));
        Assert.Contains("Someone has saved the entry since", html, StringComparison.Ordinal);
        await Browser.SubmitAsync(edit, "Discard");
        Assert.Equal("typed in the second window", FormOnPage.Read(await Browser.ReadAsync(edit)).First("summary"));
    }

    [Fact]
    public async Task The_author_sees_which_draft_was_returned_and_why()
    {
        var id = await DoAsync(s => Stores.Entries.CreateAsync(s, Network(), Actor.Curator(Writer.CuratorId), null, null, Cancellation));
        await Browser.SubmitAsync($"/entries/show/{id}", "Submit", ("revision", "1"));
        Assert.DoesNotContain("returned to me", await Browser.ReadAsync("/"), StringComparison.Ordinal);
        var reviewer = await Host.SignInAsync(await Host.AddCuratorAsync(CuratorRole.Reviewer));
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        var answer = await reviewer.SubmitAsync($"/reviews/{id}", "Return", ("revision", "1"), ("reason", "The number is a <fax>."));
        Assert.Equal("/reviews", answer.Headers.Location!.ToString());

        Assert.Matches("<strong>1</strong> <bdi>draft returned to me</bdi>", await Browser.ReadAsync("/"));
        Assert.Contains("Red de Apoyo", await Browser.ReadAsync("/entries?returned=true&sort=changed"), StringComparison.Ordinal);
        Assert.DoesNotContain("returned to me", await reviewer.ReadAsync("/"), StringComparison.Ordinal);
        foreach (var page in new[] { $"/entries/show/{id}", $"/entries/edit/{id}" })
        {
            Assert.Matches("The reviewer returned the draft .*: The number is a &lt;fax&gt;\\.", await Browser.ReadAsync(page));
        }

        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        await Browser.SubmitAsync($"/entries/show/{id}", "Submit", ("revision", "1"));
        Assert.DoesNotContain("returned the draft", await Browser.ReadAsync($"/entries/show/{id}"), StringComparison.Ordinal);
        Assert.DoesNotContain("returned to me", await Browser.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discarding_a_draft_restores_the_public_revision()
    {
        var id = await PublishAsync(Network());
        Assert.DoesNotContain("Discard draft", await Browser.ReadAsync($"/entries/show/{id}"), StringComparison.Ordinal);
        await SaveAsync(id, 1, Network() with { Website = "https://draft.example" });
        await DoAsync(s => Stores.Reviews.SubmitAsync(s, id, 2, Actor.System("test"), null, Cancellation));

        var late = await TextAsync(await Browser.SubmitAsync($"/entries/show/{id}", "Discard", ("revision", "1")));
        Assert.Contains("Someone else saved revision 2 in the meantime", late, StringComparison.Ordinal);
        await Browser.SubmitAsync($"/entries/show/{id}", "Discard", ("revision", "2"), ("discardNote", "A mistake"));

        var row = await RowAsync(id);
        Assert.Equal((DraftState.None, 3, 3), (row.DraftState, row.LatestRevision, row.PublishedRevision));
        Assert.Contains("https://public.example", await Browser.ReadAsync($"/entries/edit/{id}"), StringComparison.Ordinal);
        Assert.Contains("Draft discarded", await Browser.ReadAsync($"/entries/history/{id}"), StringComparison.Ordinal);
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

    private Task<T> DoAsync<T>(Func<DbSession, Task<T>> work) => Host.Database.TransactAsync(work, Cancellation);

    private Task DoAsync(Func<DbSession, Task> work) => Host.Database.TransactAsync(work, Cancellation);

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Cancellation);
}
