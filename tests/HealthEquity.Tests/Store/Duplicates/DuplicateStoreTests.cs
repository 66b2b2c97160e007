using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Duplicates;

public sealed class DuplicateStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Provider Harbor => new()
    {
        Name = "Harbor Counseling Center",
        Phones = [new Phone { Number = "+13055550142" }],
        Emails = [new Email { Address = "desk@harbor.example" }],
    };

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_pair_is_found_with_its_score_and_evidence(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var first = await office.CreateAsync(Harbor);
        await office.CreateAsync(Provider("Somebody else"));
        var second = await office.CreateAsync(Harbor with { Name = "Harbour Counseling Ctr, Inc.", Emails = [] });

        Assert.Equal([second], await DetectAsync(office, second));

        var pair = Assert.Single(await ListAsync(office));
        Assert.Equal(DuplicatePair.Ordered(first, second), (pair.FirstId, pair.SecondId));
        Assert.InRange(pair.Score, 0.5, 1);
        Assert.Contains(pair.ReadEvidence(), e => e is { Trait: "phone", Agrees: true });
        Assert.Equal((1, 0), (await CountAsync(office, EntryKind.Provider), await CountAsync(office, EntryKind.Attorney)));
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Not_the_same_persists_after_another_scan(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var (first, second) = await TwinsAsync(office);
        await office.DoAsync(s => office.Stores.Duplicates.NotSameAsync(s, second, first, Writer, Cancellation));

        Assert.Empty(await DetectAsync(office, first, second));
        await office.Stores.Duplicates.CatchUpAsync(office.Database, Cancellation);
        await SaveAsync(office, first, Harbor with { Summary = "Even more alike" });
        Assert.Empty(await DetectAsync(office, first, second));

        Assert.Empty(await ListAsync(office));
        var pair = await office.DoAsync(s => DuplicateStore.FindAsync(s, first, second, Cancellation));
        Assert.Equal((PairState.NotSame, Writer.Code, office.Clock.GetUtcNow()), (pair!.State, pair.DecidedBy, pair.DecidedAt));
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_pair_is_removed_when_the_entries_no_longer_match_or_one_is_taken_down(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var (first, second) = await TwinsAsync(office);
        await DetectAsync(office, first);
        Assert.Single(await ListAsync(office));

        await SaveAsync(office, first, Harbor with { Name = "Lakeview Family Clinic", Phones = [] });
        Assert.Empty(await DetectAsync(office, first));
        Assert.Empty(await ListAsync(office));

        await SaveAsync(office, first, Harbor, basedOn: 2);
        await DetectAsync(office, first);
        Assert.Single(await ListAsync(office));
        await office.DoAsync(s => office.Publisher.WithdrawAsync(s, second, Listing.Retired, Writer, "closed", null, Cancellation));
        Assert.Empty(await ListAsync(office));
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Every_entry_is_scanned_once_after_each_save(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var (first, _) = await TwinsAsync(office);
        Task<int> CatchUpAsync() => office.Stores.Duplicates.CatchUpAsync(office.Database, Cancellation);

        Assert.Equal(2, await CatchUpAsync());
        Assert.Single(await ListAsync(office));
        Assert.Equal(0, await CatchUpAsync());
        await SaveAsync(office, first, Harbor with { Summary = "Saved again" });
        Assert.Equal(1, await CatchUpAsync());
        Assert.Single(await ListAsync(office));
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_key_shared_by_very_many_entries_is_ignored(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var ids = new List<Guid>();
        for (var n = 0; n < 45; n++)
        {
            ids.Add(await office.CreateAsync(Harbor));
        }

        Assert.Empty(await DetectAsync(office, [.. ids]));
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Entries_of_different_kinds_are_never_duplicates(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var provider = await office.CreateAsync(Harbor);
        var organization = await office.CreateAsync(new Organization { Name = Harbor.Name, Phones = Harbor.Phones, Emails = Harbor.Emails });

        Assert.Empty(await DetectAsync(office, provider, organization));
        await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => DuplicateStore.CompareAsync(s, provider, organization, Cancellation)));
        await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => office.Stores.Duplicates.NotSameAsync(s, provider, provider, Writer, Cancellation)));
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_group_is_marked_as_different_at_once_and_stays_so(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var (first, second) = await TwinsAsync(office);
        var third = await office.CreateAsync(Harbor with { Name = "Harbour Counseling Center" });
        await DetectAsync(office, first, second, third);
        var group = Assert.Single((await PageAsync(office)).Groups);
        Assert.Equal((3, 3), (group.Ids.Count, group.Pairs.Count));

        // One of them is different from both others, which may still be the same.
        Assert.Equal(2, await office.DoAsync(s => office.Stores.Duplicates.NotSameAsync(s, [third], group.Ids, Writer, Cancellation)));
        await SaveAsync(office, third, Harbor with { Summary = "Even more alike" });
        await DetectAsync(office, first, second, third);
        Assert.Equal([DuplicatePair.Ordered(first, second)], (await ListAsync(office)).Select(p => (p.FirstId, p.SecondId)));

        Assert.Equal(1, await office.DoAsync(s => office.Stores.Duplicates.NotSameAsync(s, group.Ids, group.Ids, Writer, Cancellation)));
        await office.Stores.Duplicates.CatchUpAsync(office.Database, Cancellation);
        Assert.Empty((await PageAsync(office)).Groups);

        await office.DoAsync(s => office.Stores.Duplicates.ReopenAsync(s, second, first, Writer, Cancellation));
        Assert.Equal([DuplicatePair.Ordered(first, second)], (await ListAsync(office)).Select(p => (p.FirstId, p.SecondId)));
        await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => office.Stores.Duplicates.ReopenAsync(s, second, first, Writer, Cancellation)));
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_branch_is_listed_only_if_the_other_asked_not_to_be_listed(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        static Location At(string street) => new() { Visibility = Visibility.Public, Address1 = street, City = "Miami", StateProvince = "FL", PostalCode = "33130", Latitude = 25.76 };
        // A new number, email and street: no key alone shows that it is the same organization.
        var first = await office.CreateAsync(Harbor with { Website = "https://harbor.example", Locations = [At("1 Sun Street") with { Longitude = -80.2 }] });
        var branch = await office.CreateAsync(new Provider { Name = Harbor.Name, Website = "https://harbor.example", Locations = [At("2 Moon Road") with { Longitude = -80.2005 }] });
        Assert.Empty(await DetectAsync(office, branch));
        Assert.Empty(await ListAsync(office));
        Assert.Empty((await PageAsync(office)).Groups);

        await office.DoAsync(s => office.Publisher.WithdrawAsync(s, first, Listing.DoNotList, Writer, "Asked.", null, Cancellation));
        Assert.True(Assert.Single(await ListAsync(office)).IsRelated);
        Assert.True(Assert.Single((await PageAsync(office)).Groups).HasUnlisted);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => office.Publisher.PublishAsync(s, branch, 1, "publish", Reviewer, null, Cancellation)));
        Assert.Contains("asked not to be listed", refused.Message, StringComparison.Ordinal);

        // A group can't take that decision along.
        await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => office.Stores.Duplicates.NotSameAsync(s, [first], [first, branch], Writer, Cancellation)));
        await office.DoAsync(s => office.Stores.Duplicates.NotSameAsync(s, first, branch, Writer, Cancellation));
        await office.DoAsync(s => office.Publisher.PublishAsync(s, branch, 1, "publish", Reviewer, null, Cancellation));
    }

    private static Task<(IReadOnlyList<DuplicateGroup> Groups, int Count)> PageAsync(EditorialOffice office) =>
        office.DoAsync(s => DuplicateGroup.PageAsync(s, PairFilter.All, 0, 10, Cancellation));

    private static async Task<(Guid First, Guid Second)> TwinsAsync(EditorialOffice office) =>
        (await office.CreateAsync(Harbor), await office.CreateAsync(Harbor with { Emails = [] }));

    private static Task<IReadOnlyList<Guid>> DetectAsync(EditorialOffice office, params Guid[] ids) =>
        office.DoAsync(s => office.Stores.Duplicates.DetectAsync(s, ids, Cancellation));

    private static Task<IReadOnlyList<ListedPair>> ListAsync(EditorialOffice office) =>
        office.DoAsync(s => DuplicateStore.ListAsync(s, PairFilter.All, 0, 10, Cancellation));

    private static Task<int> CountAsync(EditorialOffice office, EntryKind kind) =>
        office.DoAsync(s => DuplicateStore.CountAsync(s, new PairFilter { Kind = kind }, Cancellation));

    private static Task SaveAsync(EditorialOffice office, Guid id, Entry entry, int basedOn = 1) =>
        office.DoAsync(s => office.Entries.SaveAsync(s, id, basedOn, entry, Writer, null, Cancellation));
}
