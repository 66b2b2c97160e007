using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Tests.Imports.Running;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Imports.Applying;

/// <summary>Possible duplicates found by an import.</summary>
public sealed class ImportedDuplicatesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory, MemberData(nameof(Dialects))]
    public async Task An_import_counts_and_lists_its_possible_duplicates(Dialect dialect)
    {
        await using var desk = await ImportDesk.OpenAsync(dialect);
        var first = await desk.ImportAsync(desk.WriteFacilities(ImportDesk.Facility("Sun Counseling Center")));
        var second = await desk.ImportAsync(desk.WriteFacilities(
            ImportDesk.Facility("Sun Counseling Center"), ImportDesk.Facility("Sun Counselling Ctr"), ImportDesk.Facility("Moon Clinic", phone: "203-805-5301", street1: "1 Main Street", zip: "06001")));

        Assert.Equal((0, 1), (first.Duplicates, second.Duplicates));
        var counts = new List<int>();
        foreach (var import in new[] { second.ImportId, Guid.NewGuid() })
        {
            counts.Add(await desk.Office.DoAsync(s => DuplicateStore.CountAsync(s, new PairFilter { ImportId = import }, Cancellation)));
        }

        Assert.Equal([1, 0], counts);
        var pair = Assert.Single(await ListAsync(desk, PairFilter.All));
        Assert.Equal("Sun Counseling Center, Sun Counselling Ctr", string.Join(", ", new[] { pair.FirstName, pair.SecondName }.Order()));
        Assert.Empty(await ListAsync(desk, new PairFilter { EntryId = (await desk.RowAsync("moon-clinic-waterbury-ct")).EntryId }));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_possible_duplicate_of_a_do_not_list_entry_stays_a_draft_and_is_first_in_the_queue(Dialect dialect)
    {
        await using var desk = await ImportDesk.OpenAsync(dialect);
        await desk.ImportAsync(desk.WriteFacilities(ImportDesk.Facility("Sun Counseling Center"), ImportDesk.Facility("Star Clinic", phone: "203-805-5305", street1: "9 Elm Street")));
        var unlisted = (await desk.RowAsync("sun-counseling-center-waterbury-ct")).EntryId;
        await desk.Office.DoAsync(s => desk.Office.Publisher.WithdrawAsync(s, unlisted, Listing.DoNotList, Writer, "Asked.", null, Cancellation));

        // Another phone and another spelling: no identifying key.
        var done = await desk.ImportAsync(desk.WriteFacilities(
            ImportDesk.Facility("Sun Counselling Ctr", phone: "203-805-5309"), ImportDesk.Facility("Star Clinics", phone: "203-805-5305", street1: "9 Elm Street")));

        Assert.Equal((2, 1, 2), (done.New, done.Published, done.Duplicates));
        Assert.Equal(Listing.Unpublished, (await desk.RowAsync("sun-counselling-ctr-waterbury-ct")).Listing);
        var pairs = await ListAsync(desk, PairFilter.All);
        Assert.Equal([true, false], pairs.Select(p => p.HasUnlisted));
        Assert.True(pairs[0].Score < pairs[1].Score);
    }

    private static Task<IReadOnlyList<ListedPair>> ListAsync(ImportDesk desk, PairFilter filter) =>
        desk.Office.DoAsync(s => DuplicateStore.ListAsync(s, filter, 0, 10, Cancellation));
}
