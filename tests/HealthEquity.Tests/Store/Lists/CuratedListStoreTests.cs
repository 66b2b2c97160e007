using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Lists;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Lists;

public sealed class CuratedListStoreTests
{
    private static readonly DateOnly Today = new(2026, 3, 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory, MemberData(nameof(Dialects))]
    public async Task The_public_reads_what_was_published_and_never_what_was_only_saved(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var (sun, moon) = (await office.PublishNewAsync(Provider("Sun")), await office.PublishNewAsync(Provider("Moon")));
        var content = Content("Help for Lincoln", sun, moon);
        var id = await office.DoAsync(s => office.Stores.Lists.CreateAsync(s, "lincoln", content, Writer, Cancellation));
        Assert.Empty(await PublicAsync(office));

        await office.DoAsync(s => office.Stores.Lists.PublishAsync(s, id, Reviewer, Cancellation));
        var first = Assert.Single(await PublicAsync(office));
        Assert.Equal(("lincoln", content.Write()), (first.Slug, first.Body));

        var changed = Content("Help for all of Lincoln", moon);
        await office.DoAsync(s => office.Stores.Lists.SaveAsync(s, id, 1, "lincoln", changed, Writer, Cancellation));
        Assert.Equal(content.Write(), Assert.Single(await PublicAsync(office)).Body);
        Assert.True((await ReadAsync(office, id)).HasUnpublishedChanges);

        await office.DoAsync(s => office.Stores.Lists.PublishAsync(s, id, Reviewer, Cancellation));
        Assert.Equal(changed.Write(), Assert.Single(await PublicAsync(office)).Body);
        await office.DoAsync(s => office.Stores.Lists.WithdrawAsync(s, id, Reviewer, Cancellation));
        Assert.Null(Assert.Single(await PublicAsync(office)).Body);

        var audited = await office.DoAsync(s => AuditReader.ReadAsync(s, new AuditFilter { Subject = $"list:{id}" }, null, 10, Cancellation));
        Assert.Equal(["withdrawList", "publishList", "changeList", "publishList", "createList"], audited.Select(a => a.Activity));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Every_publication_raises_the_number_that_nodes_poll(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var sun = await office.PublishNewAsync(Provider("Sun"));
        var numbers = new List<long> { await VersionAsync(office) };
        foreach (var slug in new[] { "one", "two" })
        {
            var id = await office.DoAsync(s => office.Stores.Lists.CreateAsync(s, slug, Content(slug, sun), Writer, Cancellation));
            await office.DoAsync(s => office.Stores.Lists.PublishAsync(s, id, Reviewer, Cancellation));
            numbers.Add(await VersionAsync(office));
            await office.DoAsync(s => office.Stores.Lists.WithdrawAsync(s, id, Reviewer, Cancellation));
            numbers.Add(await VersionAsync(office));
        }

        Assert.Equal([0, 1, 2, 3, 4], numbers);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_list_counts_what_was_taken_down_merged_and_is_overdue(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var ids = new List<Guid>();
        foreach (var name in new[] { "Good", "Late", "Gone", "Twin", "Survivor" })
        {
            ids.Add(await office.PublishNewAsync(Provider(name)));
        }

        var list = await office.DoAsync(s => office.Stores.Lists.CreateAsync(s, "all", Content("All", [.. ids[..4]]), Writer, Cancellation));
        await office.DoAsync(s => office.Publisher.WithdrawAsync(s, ids[2], Listing.Retired, Reviewer, "closed", null, Cancellation));
        await office.DoAsync(s => office.Stores.Merges.MergeAsync(
            s, new HealthEquity.Store.Duplicates.MergeRequest(ids[4], 1, ids[3], 1, Provider("Survivor")), Writer, Cancellation));
        await office.DoAsync(s => s.ExecuteAsync(new Sql("test", "UPDATE Entry SET CheckDueOn = '2026-02-01' WHERE EntryId = @id"), new { id = ids[1] }, Cancellation));

        var read = await ReadAsync(office, list);
        Assert.Equal((1, 1, 1), (read.TakenDown, read.Merged, read.Overdue));
        var states = await office.DoAsync(s => CuratedListStore.StatesAsync(s, list, Cancellation));
        Assert.Equal(["Good", "Late", "Gone", "Twin"], states.Select(s => s.Name));
        Assert.Equal((ids[4], "Survivor"), (states[3].SurvivorId, states[3].SurvivorName));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_save_that_would_lose_another_persons_work_or_break_the_address_is_refused(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var sun = await office.PublishNewAsync(Provider("Sun"));
        var draft = await office.CreateAsync(Provider("Draft"));
        var id = await office.DoAsync(s => office.Stores.Lists.CreateAsync(s, "lincoln", Content("Lincoln"), Writer, Cancellation));
        await office.DoAsync(s => office.Stores.Lists.SaveAsync(s, id, 1, "lincoln", Content("Lincoln", sun), Writer, Cancellation));

        Task<(string?, string)> SaveAsync(ListContent content, string slug = "lincoln", int version = 2) =>
            RefusalAsync(office, s => office.Stores.Lists.SaveAsync(s, id, version, slug, content, Reviewer, Cancellation));
        Assert.Equal(
            ("conflict", "Someone else saved this list in the meantime. Open it in another window and compare. Saving again replaces it with yours."),
            await SaveAsync(Content("Other"), version: 1));
        Assert.Equal((null, "Only published entries can be added to a list."), await SaveAsync(Content("Lincoln", sun, draft)));
        Assert.Equal(("titles", "Enter a title in at least one language."), await SaveAsync(Content(" ", sun)));
        Assert.Equal((null, "The title in “en” is 151 characters long. The limit is 150."), await SaveAsync(Content(new string('x', 151), sun)));
        Assert.Equal(("audience", "Choose an audience from the list."), await SaveAsync(Content("Lincoln", sun) with { Audience = "martians" }));
        Assert.Equal(
            ("slug", "Enter an address of at most 60 lowercase letters, digits and hyphens, such as lincoln-families."),
            await SaveAsync(Content("Lincoln", sun), slug: "Lincoln Families"));
        await office.DoAsync(s => office.Stores.Lists.CreateAsync(s, "other", Content("Other"), Writer, Cancellation));
        Assert.Equal(("slug", "Another list has the address other. Choose a different one."), await SaveAsync(Content("Lincoln", sun), slug: "other"));

        await office.DoAsync(s => office.Stores.Lists.PublishAsync(s, id, Reviewer, Cancellation));
        Assert.Equal(
            ("slug", "The address can't change any more, because it was public: it stands on paper."), await SaveAsync(Content("Lincoln", sun), slug: "lincoln-2"));
    }

    [Fact]
    public async Task The_public_cannot_read_what_curators_work_on()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        await using var session = await office.Database.As(DatabaseAccess.Public).OpenAsync(Cancellation);
        foreach (var table in new[] { "CuratedList", "CuratedListItem" })
        {
            var refusal = await Assert.ThrowsAnyAsync<Exception>(() => session.ExecuteAsync(new Sql("test", $"SELECT ListId FROM {table}"), null, Cancellation));
            Assert.Matches("not authorized|prohibited", refusal.Message);
        }
    }

    private static ListContent Content(string title, params Guid[] entries) => new()
    {
        Titles = new Dictionary<string, string> { ["en"] = title },
        Entries = [.. entries.Select(e => new ListEntry { Id = e, Notes = new Dictionary<string, string> { ["es"] = "Pregunte por Ana." } })],
    };

    private static Task<CuratedList> ReadAsync(EditorialOffice office, Guid id) => office.DoAsync(s => CuratedListStore.ReadAsync(s, id, Today, Cancellation));

    private static async Task<IReadOnlyList<PublishedList>> PublicAsync(EditorialOffice office)
    {
        await using var session = await office.Database.As(DatabaseAccess.Public).OpenAsync(Cancellation);
        return await PublishedListReader.ReadAsync(session, Cancellation);
    }

    private static async Task<long> VersionAsync(EditorialOffice office)
    {
        await using var session = await office.Database.As(DatabaseAccess.Public).OpenAsync(Cancellation);
        return await PublishedListReader.VersionAsync(session, Cancellation);
    }

    private static async Task<(string? Field, string Message)> RefusalAsync(EditorialOffice office, Func<DbSession, Task> work)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(work));
        return (refused.Field, refused.Message);
    }
}
