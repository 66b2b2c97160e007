using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Entries;

public sealed class EntryStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_new_entry_is_an_unpublished_draft_with_its_first_revision(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.CreateAsync(Provider());

        var entry = await office.ReadAsync(id);
        Assert.Equal(EntryKind.Provider, entry.Kind);
        Assert.Equal("clinica-del-sol", entry.Slug);
        Assert.Equal(Listing.Unpublished, entry.Listing);
        Assert.Equal(DraftState.Draft, entry.DraftState);
        Assert.Equal(1, entry.LatestRevision);
        Assert.Equal(office.Clock.GetUtcNow(), entry.CreatedAt);

        var revision = await office.DoAsync(s => EntryStore.ReadRevisionAsync(s, id, 1, Cancellation));
        Assert.Equal(Writer.Code, revision.Author);
        Assert.Equal("Clínica del Sol", EntryJson.Read(revision.Body).Name);
        Assert.Empty(await office.FeedAsync());
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_second_writer_gets_a_conflict_with_the_winners_revision_and_nothing_is_lost(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.CreateAsync(Provider("First"));
        Task<int> Save(string name, Actor who) =>
            office.DoAsync(s => office.Entries.SaveAsync(s, id, 1, Provider(name), who, null, Cancellation));

        Assert.Equal(2, await Save("Winner", Writer));
        var conflict = await Assert.ThrowsAsync<ConflictException>(() => Save("Loser", Reviewer));

        Assert.Equal(2, conflict.Winner.Number);
        Assert.Equal(Writer.Code, conflict.Winner.Author);
        Assert.Equal("Winner", EntryJson.Read(conflict.Winner.Body).Name);
        // The loser saves again on top of the winner's revision.
        Assert.Equal(3, await office.DoAsync(s => office.Entries.SaveAsync(s, id, 2, Provider("Loser"), Reviewer, null, Cancellation)));
        var revisions = await office.DoAsync(s => EntryStore.ListRevisionsAsync(s, id, Cancellation));
        Assert.Equal(["Loser", "Winner", "First"], revisions.Select(r => EntryJson.Read(r.Body).Name));
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Of_many_concurrent_writers_exactly_one_wins_each_revision(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.CreateAsync(Provider("Start"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async n =>
        {
            try
            {
                await office.DoAsync(s => office.Entries.SaveAsync(s, id, 1, Provider($"Writer {n}"), Writer, null, Cancellation));
                return $"Writer {n}";
            }
            catch (ConflictException conflict)
            {
                Assert.Equal(2, conflict.Winner.Number);
                return null;
            }
        }));

        var winner = Assert.Single(outcomes, o => o is not null);
        Assert.Equal(winner, (await office.ReadAsync(id)).Name);
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_revision_can_be_restored_as_a_new_draft(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.CreateAsync(Provider("Right"));
        await office.DoAsync(s => office.Entries.SaveAsync(s, id, 1, Provider("Wrong"), Writer, null, Cancellation));

        Assert.Equal(3, await office.DoAsync(s => office.Entries.RestoreAsync(s, id, 2, 1, Reviewer, Cancellation)));

        var restored = await office.DoAsync(s => EntryStore.ReadRevisionAsync(s, id, 3, Cancellation));
        Assert.Equal("Right", EntryJson.Read(restored.Body).Name);
        Assert.Equal(1, restored.RestoredFrom);
        Assert.Equal(DraftState.Draft, (await office.ReadAsync(id)).DraftState);
        await Assert.ThrowsAsync<NotFoundException>(() => office.DoAsync(s => office.Entries.RestoreAsync(s, id, 3, 9, Reviewer, Cancellation)));
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Slugs_are_unique_and_a_former_slug_stays_with_its_entry(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var first = await office.CreateAsync(Provider("Same name"));
        var second = await office.CreateAsync(Provider("Same name"));
        Assert.Equal("same-name-2", (await office.ReadAsync(second)).Slug);

        await office.DoAsync(s => office.Entries.ChangeSlugAsync(s, first, "other-name", Writer, Cancellation));
        var taken = await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => office.Entries.ChangeSlugAsync(s, second, "same-name", Writer, Cancellation)));
        Assert.Contains("Choose another one", taken.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => office.Entries.ChangeSlugAsync(s, second, "Not a slug", Writer, Cancellation)));

        // An entry can take back its own former slug.
        await office.DoAsync(s => office.Entries.ChangeSlugAsync(s, first, "same-name", Writer, Cancellation));
        Assert.Equal(first, (await office.DoAsync(s => EntryStore.FindBySlugAsync(s, "same-name", Cancellation)))!.EntryId);
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task History_cannot_be_changed_or_deleted(Dialect dialect)
    {
        Assert.SkipWhen(dialect == Dialect.SqlServer, "there the role has no right to; the tests connect as the owner");
        await using var office = await OpenAsync(dialect);
        await office.CreateAsync(Provider());
        foreach (var statement in new[] { "UPDATE Revision SET Note = 'x'", "DELETE FROM Revision", "UPDATE Audit SET Actor = 'x'", "DELETE FROM Audit" })
        {
            var fault = await Assert.ThrowsAnyAsync<Exception>(() => office.DoAsync(s => s.ExecuteAsync(new Sql("test", statement), null, Cancellation)));
            Assert.Contains("never", fault.Message, StringComparison.Ordinal);
        }
    }
}
