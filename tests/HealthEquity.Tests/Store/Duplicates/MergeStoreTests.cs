using System.Text.Json;
using HealthEquity.Directory.Duplicates;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Suggestions;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Duplicates;

/// <summary>Merging two entries, and undoing it.</summary>
public sealed class MergeStoreTests
{
    private static readonly Provider Sun = new() { Name = "Sun Clinic", Phones = [new Phone { Number = "+13055550142" }] };
    private static readonly Provider Sol = new() { Name = "Clinica Sol", Phones = [new Phone { Number = "+13055550199" }], Website = "https://sol.example" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory, MemberData(nameof(Dialects))]
    public async Task Both_ids_stay_valid_and_every_slug_redirects_to_the_survivor(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var (sun, sol) = (await office.PublishNewAsync(Sun), await office.PublishNewAsync(Sol));
        await office.DoAsync(s => office.Entries.ChangeSlugAsync(s, sol, "sol-of-miami", Writer, Cancellation));

        await MergeAsync(office, sun, sol, note: "They moved in together.");

        var feed = await office.FeedAsync();
        var gone = feed.Single(p => p.EntryId == sol);
        Assert.Equal((null, sun), (gone.Body, gone.MergedInto));
        Assert.Equal(office.Clock.GetUtcNow(), gone.WithdrawnAt);
        Assert.Equal(["clinica-sol", "sol-of-miami"], FormerSlugs(feed.Single(p => p.EntryId == sun)));
        var row = await office.ReadAsync(sol);
        Assert.Equal((sun, Listing.Retired, DraftState.None), (row.MergedInto, row.Listing, row.DraftState));
        Assert.Equal("Merged into “Sun Clinic”. They moved in together.", row.ListingReason);
        var merged = Assert.Single(await office.DoAsync(s => MergeStore.ListAsync(s, sun, Cancellation)));
        Assert.Equal((sol, "Clinica Sol", Writer.Code), (merged.EntryId, merged.Name, merged.MergedBy));
        var audited = await office.DoAsync(s => AuditReader.ReadAsync(s, new AuditFilter { Activity = "merge" }, null, 10, Cancellation));
        Assert.Equal((Writer.Code, $"entry:{sol}", $"into entry:{sun}"), (audited[0].Actor, audited[0].Subject, audited[0].Detail));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Content_the_survivor_takes_over_needs_someone_elses_approval(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var (sun, sol) = (await office.PublishNewAsync(Sun), await office.PublishNewAsync(Sol));

        var result = await MergeAsync(office, sun, sol);

        Assert.Equal(new MergeResult(2, InReview: true), result);
        Assert.DoesNotContain("sol.example", Public(await office.FeedAsync(), sun), StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => office.Reviews.ApproveAsync(s, sun, 2, Writer, null, Cancellation)));
        await office.DoAsync(s => office.Reviews.ApproveAsync(s, sun, 2, Reviewer, null, Cancellation));
        var body = Public(await office.FeedAsync(), sun);
        Assert.All(["13055550142", "13055550199", "sol.example", "clinica-sol"], text => Assert.Contains(text, body, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Drafts_and_invalid_content_stay_drafts_and_a_merge_without_changes_adds_no_revision(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var (draft, a) = (await office.CreateAsync(Sun), await office.CreateAsync(Sol));
        Assert.Equal(new MergeResult(2, InReview: false), await MergeAsync(office, draft, a));

        var (broken, b) = (await office.PublishNewAsync(Sun), await office.PublishNewAsync(Sol));
        Assert.Equal(new MergeResult(2, InReview: false), await MergeAsync(office, broken, b, Sun with { Name = Invalid }));
        Assert.Equal(DraftState.Draft, (await office.ReadAsync(broken)).DraftState);

        var (same, c) = (await office.PublishNewAsync(Sun), await office.PublishNewAsync(Sol));
        Assert.Equal(new MergeResult(1, InReview: false), await MergeAsync(office, same, c, Sun));
        Assert.Equal((1, DraftState.None), ((await office.ReadAsync(same)).LatestRevision, (await office.ReadAsync(same)).DraftState));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_merged_entry_can_no_longer_be_changed(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var (sun, sol) = (await office.PublishNewAsync(Sun), await office.PublishNewAsync(Sol));
        await office.DoAsync(s => office.Entries.SaveAsync(s, sol, 1, Sol with { Summary = "Being written" }, Writer, null, Cancellation));
        await MergeAsync(office, sun, sol, Sun);

        Func<DbSession, Task>[] attempts =
        [
            s => office.Entries.SaveAsync(s, sol, 2, Sol, Writer, null, Cancellation),
            s => office.Entries.RestoreAsync(s, sol, 2, 1, Writer, Cancellation),
            s => office.Reviews.SubmitAsync(s, sol, 2, Writer, null, Cancellation),
            s => office.Publisher.PublishAsync(s, sol, 2, "publish", Reviewer, null, Cancellation),
            s => office.Publisher.ResumeAsync(s, sol, Reviewer, null, Cancellation),
            s => office.Publisher.WithdrawAsync(s, sol, Listing.Suspended, Reviewer, "x", null, Cancellation),
        ];
        foreach (var attempt in attempts)
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(attempt));
            Assert.Contains("merged into another", refused.Message, StringComparison.Ordinal);
        }

        Assert.Empty((await office.DoAsync(s => office.Publisher.PublishLatestAsync(s, [sol], "publish", Reviewer, null, Cancellation))).Published);
        Assert.Null((await office.FeedAsync()).Single(p => p.EntryId == sol).Body);
        // A request not to be listed is recorded in any state.
        await office.DoAsync(s => office.Publisher.WithdrawAsync(s, sol, Listing.DoNotList, Reviewer, "They asked.", null, Cancellation));
        Assert.Equal(Listing.DoNotList, (await office.ReadAsync(sol)).Listing);
        // The survivor is about the same people.
        Assert.Equal(Listing.DoNotList, (await office.ReadAsync(sun)).Listing);
        Assert.All(await office.FeedAsync(), p => Assert.Null(p.Body));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Undoing_a_merge_does_not_bring_back_an_entry_that_asked_not_to_be_listed(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var (sun, sol, moon) = (await office.PublishNewAsync(Sun), await office.PublishNewAsync(Sol), await office.PublishNewAsync(Sun with { Name = "Moon" }));
        await MergeAsync(office, sun, sol, Sun);
        await MergeAsync(office, moon, sun, Sun with { Name = "Moon" });
        await office.DoAsync(s => office.Publisher.WithdrawAsync(s, moon, Listing.DoNotList, Writer, "They asked.", null, Cancellation));

        foreach (var merged in new[] { sun, sol })
        {
            await office.DoAsync(s => office.Stores.Merges.UndoAsync(s, merged, Writer, Cancellation));
            Assert.Equal(Listing.DoNotList, (await office.ReadAsync(merged)).Listing);
            await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => office.Publisher.ResumeAsync(s, merged, Reviewer, null, Cancellation)));
        }

        Assert.All(await office.FeedAsync(), p => Assert.Null(p.Body));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task After_an_undo_both_entries_exist_and_the_merged_one_waits_to_be_published(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var (sun, sol) = (await office.PublishNewAsync(Sun), await office.PublishNewAsync(Sol));
        await MergeAsync(office, sun, sol);
        office.Clock.Advance(TimeSpan.FromDays(1));

        await office.DoAsync(s => office.Stores.Merges.UndoAsync(s, sol, Reviewer, Cancellation));

        var feed = await office.FeedAsync();
        var down = feed.Single(p => p.EntryId == sol);
        Assert.Equal((null, null, office.Clock.GetUtcNow()), (down.Body, down.MergedInto, down.WithdrawnAt));
        Assert.Empty(FormerSlugs(feed.Single(p => p.EntryId == sun)));
        var row = await office.ReadAsync(sol);
        Assert.Equal((null, Listing.Retired, DraftState.None), (row.MergedInto, row.Listing, row.DraftState));
        Assert.Empty(await office.DoAsync(s => MergeStore.ListAsync(s, sun, Cancellation)));

        await office.DoAsync(s => office.Publisher.ResumeAsync(s, sol, Reviewer, null, Cancellation));
        Assert.NotNull((await office.FeedAsync()).Single(p => p.EntryId == sol).Body);
        await office.DoAsync(s => office.Entries.SaveAsync(s, sol, 1, Sol with { Summary = "Again" }, Writer, null, Cancellation));
        await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => office.Stores.Merges.UndoAsync(s, sol, Reviewer, Cancellation)));
        Assert.Single(await office.DoAsync(s => AuditReader.ReadAsync(s, new AuditFilter { Activity = "undoMerge" }, null, 10, Cancellation)));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task After_an_undo_a_draft_that_was_never_public_is_a_draft_again(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var (sun, sol) = (await office.PublishNewAsync(Sun), await office.CreateAsync(Sol));
        await MergeAsync(office, sun, sol);
        Assert.DoesNotContain(await office.FeedAsync(), p => p.EntryId == sol);
        Assert.Empty(FormerSlugs((await office.FeedAsync()).Single(p => p.EntryId == sun)));

        await office.DoAsync(s => office.Stores.Merges.UndoAsync(s, sol, Writer, Cancellation));

        var row = await office.ReadAsync(sol);
        Assert.Equal((Listing.Unpublished, DraftState.Draft), (row.Listing, row.DraftState));
        Assert.Equal((await office.Published.LatestAsync(Cancellation)).Sequence, (await office.FeedAsync()).Max(p => p.Sequence));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_merge_that_would_lose_something_is_refused_with_a_reason(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var (sun, sol) = (await office.PublishNewAsync(Sun), await office.PublishNewAsync(Sol));
        var (draft, other) = (await office.CreateAsync(Sun), await office.CreateAsync(new Organization { Name = "Sol" }));
        var (unlisted, third) = (await office.CreateAsync(Sol), await office.CreateAsync(Sol));
        await office.DoAsync(s => office.Publisher.WithdrawAsync(s, unlisted, Listing.DoNotList, Writer, "Asked.", null, Cancellation));
        await office.DoAsync(s => office.Entries.SaveAsync(s, draft, 1, Sun, Writer, null, Cancellation));

        Task<string> WhyAsync(Guid survivor, Guid loser, int survivorRevision = 1, int loserRevision = 1) => RefusalAsync(
            office, s => office.Stores.Merges.MergeAsync(s, new MergeRequest(survivor, survivorRevision, loser, loserRevision, Sun), Writer, Cancellation));
        Assert.Contains("two different entries", await WhyAsync(sun, sun), StringComparison.Ordinal);
        Assert.Contains("of the same kind", await WhyAsync(sun, other), StringComparison.Ordinal);
        Assert.Contains("asked not to be listed", await WhyAsync(sun, unlisted), StringComparison.Ordinal);
        Assert.Contains("asked not to be listed", await WhyAsync(unlisted, draft, loserRevision: 2), StringComparison.Ordinal);
        Assert.Contains("Keep the public entry", await WhyAsync(draft, sol, survivorRevision: 2), StringComparison.Ordinal);
        Assert.Contains("Someone else saved", await WhyAsync(sun, draft), StringComparison.Ordinal);
        Assert.Contains("Someone else saved", await WhyAsync(draft, third), StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotFoundException>(() => MergeAsync(office, sun, Guid.NewGuid()));
        Assert.Equal(Listing.Published, (await office.ReadAsync(sol)).Listing);

        await MergeAsync(office, sun, sol);
        Assert.Contains("already merged into another entry", await WhyAsync(sun, sol, survivorRevision: 2), StringComparison.Ordinal);
        Assert.Contains("already merged into another entry", await WhyAsync(sol, draft, loserRevision: 2), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Of_two_concurrent_merges_of_the_same_entries_one_is_refused(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var (sun, sol) = (await office.PublishNewAsync(Sun), await office.PublishNewAsync(Sol));

        var outcomes = await Task.WhenAll(new[] { (sun, sol), (sol, sun) }.Select(async pair =>
        {
            try
            {
                await MergeAsync(office, pair.Item1, pair.Item2);
                return true;
            }
            catch (RefusedException)
            {
                return false;
            }
        }));

        Assert.Single(outcomes, merged => merged);
        Assert.Single(await office.FeedAsync(), p => p.Body is not null);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Successive_merges_redirect_to_the_last_survivor_and_are_undone_last_first(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var (sun, sol, moon) = (await office.PublishNewAsync(Sun), await office.PublishNewAsync(Sol), await office.PublishNewAsync(Sun with { Name = "Moon" }));
        await MergeAsync(office, sun, sol, Sun);
        await MergeAsync(office, moon, sun, Sun with { Name = "Moon" });

        Assert.Equal(["clinica-sol", "sun-clinic"], FormerSlugs((await office.FeedAsync()).Single(p => p.EntryId == moon)));
        // Also when an import publishes it.
        await office.DoAsync(s => office.Publisher.PublishLatestAsync(s, [moon], "publish", Reviewer, null, Cancellation));
        Assert.Equal(["clinica-sol", "sun-clinic"], FormerSlugs((await office.FeedAsync()).Single(p => p.EntryId == moon)));
        Assert.Contains("Undo that merge first", await RefusalAsync(office, s => office.Stores.Merges.UndoAsync(s, sol, Writer, Cancellation)), StringComparison.Ordinal);

        await office.DoAsync(s => office.Stores.Merges.UndoAsync(s, sun, Writer, Cancellation));
        await office.DoAsync(s => office.Stores.Merges.UndoAsync(s, sol, Writer, Cancellation));
        Assert.Empty(FormerSlugs((await office.FeedAsync()).Single(p => p.EntryId == moon)));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Pairs_and_suggestions_follow_the_survivor(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var box = new SuggestionStore(office.Clock, office.Stores.Audit);
        var (sun, sol, third) = (await office.CreateAsync(Sun), await office.CreateAsync(Sun), await office.CreateAsync(Sun));
        await office.DoAsync(s => office.Stores.Duplicates.DetectAsync(s, [sun, sol, third], Cancellation));
        var suggestion = await office.DoAsync(s => box.AddAsync(s, sol, null, "phones", "Wrong number", Cancellation));

        await MergeAsync(office, sun, sol);

        Assert.Equal([DuplicatePair.Ordered(sun, third)], await PairsAsync(office));
        Assert.Equal(PairState.Merged, (await office.DoAsync(s => DuplicateStore.FindAsync(s, sun, sol, Cancellation)))!.State);
        Assert.Equal(sun, (await office.DoAsync(s => SuggestionStore.ReadAsync(s, suggestion, Cancellation))).EntryId);
        await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => office.Stores.Duplicates.NotSameAsync(s, sun, sol, Writer, Cancellation)));

        await office.DoAsync(s => office.Stores.Merges.UndoAsync(s, sol, Writer, Cancellation));
        Assert.Equal(3, (await PairsAsync(office)).Count);
    }

    internal static Task<MergeResult> MergeAsync(EditorialOffice office, Guid survivor, Guid loser, Entry? text = null, string? note = null) => office.DoAsync(async s =>
    {
        var (one, two) = (await EntryStore.ReadAsync(s, survivor, Cancellation), await EntryStore.ReadAsync(s, loser, Cancellation));
        var (mine, theirs) = (await TextAsync(s, one), await TextAsync(s, two));
        text ??= EntryJoin.Join(mine, theirs, new Dictionary<string, JoinChoice>());
        return await office.Stores.Merges.MergeAsync(s, new MergeRequest(survivor, one.LatestRevision, loser, two.LatestRevision, text, note), Writer, Cancellation);
    });

    private static async Task<Entry> TextAsync(DbSession session, EntryRow row) =>
        EntryJson.Read((await EntryStore.ReadRevisionAsync(session, row.EntryId, row.LatestRevision, Cancellation)).Body);

    private static async Task<IReadOnlyList<(Guid, Guid)>> PairsAsync(EditorialOffice office) =>
        [.. (await office.DoAsync(s => DuplicateStore.ListAsync(s, PairFilter.All, 0, 10, Cancellation))).Select(p => (p.FirstId, p.SecondId))];

    private static async Task<string> RefusalAsync(EditorialOffice office, Func<DbSession, Task> attempt) =>
        (await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(attempt))).Message;

    private static string Public(IReadOnlyList<PublishedEntry> feed, Guid id) => feed.Single(p => p.EntryId == id).Body!;

    private static string[] FormerSlugs(PublishedEntry published) =>
        JsonDocument.Parse(published.Body!).RootElement.TryGetProperty("formerSlugs", out var slugs) ? [.. slugs.EnumerateArray().Select(s => s.GetString()!)] : [];
}
