using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Verification;
using HealthEquity.Store.Vocabularies;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Entries;

public sealed class EntryFinderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Every_order_lists_everything_and_entries_without_a_date_come_last(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var first = await office.PublishNewAsync(Provider("Bosque") with { Capacity = new Capacity { Status = "full", AsOf = new DateOnly(2026, 1, 1) } });
        await office.CreateAsync(new Organization { Name = "Alba" });
        office.Clock.Advance(TimeSpan.FromDays(5));
        var second = await office.PublishNewAsync(Provider("Cielo") with { Capacity = new Capacity { Status = "full", AsOf = new DateOnly(2026, 2, 1) } });
        await CheckAsync(office, first, new DateOnly(2026, 2, 20));
        await CheckAsync(office, second, new DateOnly(2026, 2, 28));
        foreach (var sort in Enum.GetValues<EntrySort>())
        {
            var (up, down) = (await NamesAsync(office, new EntryOrder(sort)), await NamesAsync(office, new EntryOrder(sort, Descending: true)));
            Assert.Equal(["Alba", "Bosque", "Cielo"], up.Order());
            Assert.Equal(["Alba", "Bosque", "Cielo"], down.Order());
            if (sort is EntrySort.Due or EntrySort.Assured or EntrySort.Capacity)
            {
                Assert.Equal(["Bosque", "Cielo", "Alba"], up);
                Assert.Equal(["Cielo", "Bosque", "Alba"], down);
            }
            else if (sort is EntrySort.Name or EntrySort.Slug or EntrySort.Kind)
            {
                Assert.Equal(up, down.Reverse());
            }
        }

        Assert.Equal(["Cielo", "Bosque"], (await NamesAsync(office, new EntryOrder(EntrySort.Changed, Descending: true))).Where(n => n != "Alba"));
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Every_order_has_the_same_pages_and_count_with_a_filter_that_many_match(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        for (var n = 0; n < 24; n++)
        {
            var provider = Provider($"P {n:00}") with { Cost = n % 3 == 0 ? null : new Cost { Options = [n % 3 == 1 ? "free" : "medicaid"] }, Languages = n % 4 == 0 ? [new LanguageOffered { Language = "es" }] : [] };
            var id = n % 5 == 0 ? await office.CreateAsync(provider) : await office.PublishNewAsync(provider);
            if (n % 5 == 1)
            {
                await CheckAsync(office, id, new DateOnly(2026, 2, 1).AddDays(n));
            }
        }

        EntryCondition notFree = new("cost", ConditionOperator.Not, "free"), noLanguage = new("language", ConditionOperator.Empty);
        (EntryFilter Filter, Func<int, bool> Matches)[] filters =
        [
            (new EntryFilter { Conditions = [notFree] }, n => n % 3 != 1),
            (new EntryFilter { Conditions = [notFree, new EntryCondition("language", ConditionOperator.Not, "es", "ht")] }, n => n % 3 != 1 && n % 4 != 0),
            (new EntryFilter { Conditions = [noLanguage] }, n => n % 4 != 0),
            (new EntryFilter { Conditions = [notFree, noLanguage] }, n => n % 3 != 1 && n % 4 != 0),
            (new EntryFilter { Conditions = [noLanguage, new EntryCondition("cost", ConditionOperator.Empty)] }, n => n % 3 == 0 && n % 4 != 0),
            (new EntryFilter { Conditions = [notFree], Listing = Listing.Published }, n => n % 3 != 1 && n % 5 != 0),
        ];
        foreach (var order in Enum.GetValues<EntrySort>().SelectMany(s => new[] { new EntryOrder(s), new EntryOrder(s, Descending: true) }))
        {
            var all = await office.DoAsync(s => EntryFinder.FindAsync(s, new EntryFilter(), order, 0, 100, Cancellation));
            foreach (var (filter, matches) in filters)
            {
                var expected = all.Where(r => matches(int.Parse(r.Name[2..], System.Globalization.CultureInfo.InvariantCulture))).Select(r => r.Name).ToList();
                var found = new List<string>();
                for (var offset = 0; offset < expected.Count; offset += 3)
                {
                    var page = await office.DoAsync(s => EntryFinder.PageAsync(s, filter, order, offset, 3, Cancellation));
                    Assert.Equal(expected.Count, page.Count);
                    found.AddRange(page.Rows.Select(r => r.Name));
                }

                Assert.Equal(expected, found);
            }
        }
    }

    [Fact]
    public async Task An_order_with_an_index_is_read_from_it_and_not_sorted()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        foreach (var order in Enum.GetValues<EntrySort>().Except([EntrySort.Kind, EntrySort.Assigned, EntrySort.Slug]).SelectMany(s => new[] { new EntryOrder(s), new EntryOrder(s, Descending: true) }))
        {
            var plan = await office.DoAsync(s => s.QueryAsync<QueryStep>(new Sql("Test.Plan", "EXPLAIN QUERY PLAN " + order.Ids.Walked.For(Dialect.Sqlite)), EntryFinder.Parameters(new EntryFilter()), Cancellation));
            Assert.DoesNotContain(plan, step => step.Parent == 0 && step.Detail.Contains("TEMP B-TREE", StringComparison.Ordinal));
        }
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task The_best_matches_come_first_with_any_filter(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var made = await office.DoAsync(s => office.Entries.CreateAsync(
            s, [.. Enumerable.Range(0, 1_300).Select(n => new NewEntry(n % 650 == 0 ? Provider($"P {n:0000}") : new Organization { Name = $"O {n:0000}" }))], Writer, null, Cancellation));
        var best = made.Reverse().ToList();
        var order = new EntryOrder(EntrySort.Relevance);
        Task<IReadOnlyList<EntryRow>> Find(EntryFilter filter, int offset, int limit) =>
            office.DoAsync(s => EntryFinder.FindAsync(s, filter, order, offset, limit, Cancellation));

        Assert.Equal(best.Skip(50).Take(50), (await Find(new EntryFilter { Among = best, Text = "of no account" }, 50, 50)).Select(r => r.EntryId));
        // Also beyond the first batch: the second match is at the end of the search results.
        var providers = new EntryFilter { Among = best, Kind = EntryKind.Provider };
        Assert.Equal(["P 0650", "P 0000"], (await Find(providers, 0, 10)).Select(r => r.Name));
        Assert.Equal(["P 0000"], (await Find(providers, 1, int.MaxValue)).Select(r => r.Name));
        Assert.Equal(2, await office.DoAsync(s => EntryFinder.CountAsync(s, providers, Cancellation)));
        Assert.Equal(["P 0000", "P 0650"], (await office.DoAsync(s => EntryFinder.FindAsync(s, providers, EntrySort.Name, 0, 10, Cancellation))).Select(r => r.Name));
        // Nearly all are drafts and none is public, so these filters are answered by selecting the excluded entries.
        Assert.Empty(await Find(new EntryFilter { Among = best, Listing = Listing.Published }, 0, 10));
        await office.DoAsync(s => office.Publisher.PublishAsync(s, best[7], 1, "publish", Reviewer, null, Cancellation));
        Assert.Equal([best[7]], (await Find(new EntryFilter { Among = best, Listing = Listing.Published }, 0, 10)).Select(r => r.EntryId));
        Assert.Equal([best[7]], (await Find(new EntryFilter { Among = best, Draft = DraftState.None }, 0, 10)).Select(r => r.EntryId));
        Assert.Empty(await Find(new EntryFilter { Among = best, Draft = DraftState.None, Listing = Listing.Suspended }, 0, 10));

        // This many ids are sorted in memory; fewer are sent to the database.
        foreach (var (among, kind) in new (IReadOnlyList<Guid>, EntryKind?)[] { (best, null), (best, EntryKind.Organization), (best, EntryKind.Provider), (best.Take(40).ToList(), null) })
        {
            var filter = new EntryFilter { Among = among, Kind = kind };
            var names = (await office.DoAsync(s => EntryFinder.FindAsync(s, filter with { Among = null }, EntrySort.Name, 0, 2_000, Cancellation))).Where(r => among.Contains(r.EntryId)).ToList();
            var page = await office.DoAsync(s => EntryFinder.PageAsync(s, filter, new EntryOrder(EntrySort.Name), 1, 20, Cancellation));
            Assert.Equal((names.Count, names.Skip(1).Take(20).Select(r => r.Name)), (page.Count, page.Rows.Select(r => r.Name)), (a, b) => a.Item1 == b.Item1 && a.Item2.SequenceEqual(b.Item2));
        }

        Assert.Empty(await Find(new EntryFilter { Among = [] }, 0, 10));
        Assert.Equal(0, await office.DoAsync(s => EntryFinder.CountAsync(s, new EntryFilter { Among = [] }, Cancellation)));
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Batches_reach_every_entry_once_even_if_processing_removes_it_from_the_results(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var made = await office.DoAsync(s => office.Entries.CreateAsync(s, [.. Enumerable.Range(0, 7).Select(n => new NewEntry(Provider($"P {n}")))], Writer, null, Cancellation));
        var drafts = new EntryFilter { Draft = DraftState.Draft };
        var reached = new List<Guid>();
        Guid? after = null;
        while (await office.DoAsync(s => EntryFinder.BatchAsync(s, drafts, after, 3, Cancellation)) is { Count: > 0 } batch)
        {
            reached.AddRange(batch);
            after = batch[^1];
            foreach (var id in batch)
            {
                await office.DoAsync(s => office.Reviews.SubmitAsync(s, id, 1, Writer, null, Cancellation));
            }
        }

        Assert.Equal(made.Order(), reached.Order());
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Several_counties_match_any_of_them(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        foreach (var county in new[] { "FL:Orange County", "CA:Orange County", "FL:Miami-Dade County" })
        {
            await office.CreateAsync(Provider(county) with { ServiceArea = new ServiceArea { Counties = [county] } });
        }

        async Task<IEnumerable<string>> Find(string text, string? state) =>
            (await office.DoAsync(s => EntryFinder.FindAsync(
                s, new EntryFilter { Counties = [.. Counties.Match(text, state).Select(c => c.Code)] }, EntrySort.Name, 0, 10, Cancellation))).Select(r => r.Name);

        Assert.Equal(["CA:Orange County", "FL:Orange County"], await Find("orange", null));
        Assert.Equal(["FL:Orange County"], await Find("Orange County, Florida", null));
        Assert.Equal(["FL:Orange County"], await Find("orange", "fl"));
        Assert.Equal(["FL:Miami-Dade County"], await Find("FL:Miami-Dade County", null));
        Assert.Equal(["FL:Miami-Dade County"], await Find("miami dade", null));
        Assert.Empty(await Find("Atlantis", null));
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Entries_are_assigned_only_to_curators_who_can_edit(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.CreateAsync(Provider());
        var curators = new CuratorStore(office.Clock, office.Stores.Audit);
        async Task<Guid> AddAsync(CuratorRole role, bool shutOut = false)
        {
            var curator = new Curator { CuratorId = Guid.CreateVersion7(), UserName = $"{role}{shutOut}", NormalizedUserName = CuratorStore.Normalize($"{role}{shutOut}"), DisplayName = "x", Role = role, SecurityStamp = "x" };
            await office.DoAsync(s => curators.AddAsync(s, curator, Writer, Cancellation));
            if (shutOut)
            {
                await office.DoAsync(s => curators.DisableAsync(s, curator.CuratorId, Writer, Cancellation));
            }

            return curator.CuratorId;
        }

        Task AssignAsync(Guid? to) => office.DoAsync(s => office.Entries.AssignAsync(s, id, to, Writer, Cancellation));
        var (viewer, shut, reviewer) = (await AddAsync(CuratorRole.Viewer), await AddAsync(CuratorRole.Curator, shutOut: true), await AddAsync(CuratorRole.Reviewer));
        await Assert.ThrowsAsync<RefusedException>(() => AssignAsync(viewer));
        await Assert.ThrowsAsync<RefusedException>(() => AssignAsync(shut));
        await AssignAsync(reviewer);
        Assert.Equal(reviewer, (await office.ReadAsync(id)).AssignedTo);
        await AssignAsync(null);
        Assert.Null((await office.ReadAsync(id)).AssignedTo);
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_merged_tag_and_its_replacement_find_and_count_the_same(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var editor = new VocabularyEditor(office.Clock, office.Stores.Audit);
        await office.DoAsync(s => office.Stores.Vocabularies.AddShippedAsync(s, Cancellation));
        foreach (var code in new[] { "dropIn", "comeIn", "walkIn" })
        {
            await office.DoAsync(s => editor.AddAsync(s, "tag", new Term { Code = code, Label = code, Definition = code }, Writer, Cancellation));
        }

        await office.CreateAsync(Provider("Both") with { Tags = ["dropIn", "walkIn"] });
        await office.CreateAsync(Provider("Former") with { Tags = ["comeIn"] });
        await office.CreateAsync(Provider("Other") with { Tags = ["school"] });
        await office.CreateAsync(Provider("Unlisted") with { Tags = ["ownWord"] });
        async Task<string> FindAsync(string tag)
        {
            var filter = new EntryFilter { Tag = tag };
            var rows = await office.DoAsync(s => EntryFinder.FindAsync(s, filter, EntrySort.Name, 0, 10, Cancellation));
            Assert.Equal(rows.Count, await office.DoAsync(s => EntryFinder.CountAsync(s, filter, Cancellation)));
            return string.Join(", ", rows.Select(r => r.Name));
        }

        Assert.Equal(("Both", "Both", "Former"), (await FindAsync("walkIn"), await FindAsync("dropIn"), await FindAsync("comeIn")));

        // Successive merges: terms merged earlier follow.
        await office.DoAsync(s => editor.MergeAsync(s, "tag", "comeIn", "dropIn", Writer, Cancellation));
        await office.DoAsync(s => editor.MergeAsync(s, "tag", "dropIn", "walkIn", Writer, Cancellation));
        foreach (var tag in new[] { "walkIn", "dropIn", "comeIn" })
        {
            Assert.Equal("Both, Former", await FindAsync(tag));
        }

        Assert.Equal(("Other", "Unlisted"), (await FindAsync("school"), await FindAsync("ownWord")));
        var uses = await office.DoAsync(s => VocabularyEditor.CountUsesAsync(s, "tag", Cancellation));
        Assert.Equal((2, 1, 1), (uses["walkIn"], uses["dropIn"], uses["comeIn"]));

        await office.DoAsync(s => editor.ReinstateAsync(s, "tag", "comeIn", Writer, Cancellation));
        Assert.Equal(("Both", "Former"), (await FindAsync("walkIn"), await FindAsync("comeIn")));
    }

    private sealed record QueryStep
    {
        public long Parent { get; init; }

        public string Detail { get; init; } = "";
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(EditorialOffice office, EntryOrder order) =>
        [.. (await office.DoAsync(s => EntryFinder.FindAsync(s, new EntryFilter(), order, 0, 10, Cancellation))).Select(r => r.Name)];

    private static Task CheckAsync(EditorialOffice office, Guid id, DateOnly on) => office.DoAsync(s => office.Verifications.RecordAsync(
        s, new VerificationRecord { EntryId = id, Revision = 1, Method = "phoneCall", Outcome = VerificationRecord.Confirmed, FieldOutcomes = AllAnswers, CheckedOn = on }, Actor.System("test"), Cancellation));
}
