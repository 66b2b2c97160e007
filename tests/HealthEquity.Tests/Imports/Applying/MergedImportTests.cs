using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Applying;
using HealthEquity.Imports.Records;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Tests.Imports.Running;
using HealthEquity.Tests.Store.Databases;
using HealthEquity.Tests.Store.Duplicates;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Imports.Applying;

/// <summary>A source that is imported again after a curator merged two of its entries.</summary>
public sealed class MergedImportTests
{
    private const string Sun = "sun-clinic-waterbury-ct";
    private const string Moon = "moon-clinic-waterbury-ct";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory, MemberData(nameof(Dialects))]
    public async Task The_same_file_again_changes_nothing_and_refuses_nothing(Dialect dialect)
    {
        await using var desk = await MergedAsync(dialect);
        var done = await desk.ImportAsync(File());
        Assert.Equal((2, 0, 0, 0, 0), (done.Same, done.New, done.Changed, done.Conflicting, done.Refused));
        Assert.Equal(2, (await desk.RowAsync(Sun)).LatestRevision);

        string File() => desk.WriteFacilities(Facility("Sun Clinic"), Facility("Moon Clinic", "203-805-5301"));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Changes_of_either_row_are_taken_and_curator_decisions_stay(Dialect dialect)
    {
        await using var desk = await MergedAsync(dialect);

        var done = await desk.ImportAsync(desk.WriteFacilities(
            Facility("Sun Clinic", website: "https://sun.example.org"), Facility("Moon Clinic", "203-805-5399", "https://moon.example.org")));

        Assert.Equal((0, 0), (done.New, done.Refused));
        var entry = await desk.EntryAsync<Provider>(Sun);
        Assert.Equal(["+18602763000", "+12038055399"], entry.Phones.Select(p => p.Number));
        Assert.Equal(("Sun Clinic", "https://sun.example.org"), (entry.Name, entry.Website));
        // A person must decide which website is right.
        var conflict = Assert.Single(await desk.Office.DoAsync(s => ImportConflicts.ListAsync(s, null, 0, 10, Cancellation)));
        Assert.Equal(("website", "\"https://moon.example.org\""), (conflict.Path, conflict.Theirs));
        Assert.Equal(1, (await desk.RowAsync(Moon)).LatestRevision);
        var again = await desk.ImportAsync(desk.WriteFacilities(Facility("Sun Clinic"), Facility("Moon Clinic", "203-805-5399", "https://moon.example.org")));
        Assert.Equal((1, 1, null), (again.Same, again.Changed, (await desk.EntryAsync<Provider>(Sun)).Website));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task After_undoing_a_merge_each_row_updates_its_own_entry(Dialect dialect)
    {
        await using var desk = await MergedAsync(dialect);
        await desk.Office.DoAsync(async s => await desk.Office.Stores.Merges.UndoAsync(s, (await EntryStore.FindBySlugAsync(s, Moon, Cancellation))!.EntryId, Writer, Cancellation));

        await desk.ImportAsync(desk.WriteFacilities(Facility("Sun Clinic"), Facility("Moon Clinic", "203-805-5399")));

        Assert.Equal("+12038055399", Assert.Single((await desk.EntryAsync<Provider>(Moon)).Phones).Number);
        Assert.Equal(2, (await desk.RowAsync(Sun)).LatestRevision);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Undoing_the_import_keeps_merged_entries(Dialect dialect)
    {
        await using var desk = await MergedAsync(dialect);
        var import = Assert.Single(await desk.Office.DoAsync(s => ImportStore.ListAsync(s, 0, 10, Cancellation)));

        var undone = await desk.Importer.UndoAsync(import.ImportId, null, null, Cancellation);

        Assert.Equal(2, undone.Left);
        Assert.Equal(Listing.Published, (await desk.RowAsync(Sun)).Listing);
        var left = await desk.Office.DoAsync(s => ImportItems.ListLeftAsync(s, import.ImportId, Cancellation));
        Assert.All(left, item => Assert.Contains("merged", item.Note, StringComparison.Ordinal));
    }

    private static string Facility(string name, string phone = "860-276-3000", string website = "http://") => ImportDesk.Facility(name1: name, phone: phone, website: website);

    private static async Task<ImportDesk> MergedAsync(Dialect dialect)
    {
        var desk = await ImportDesk.OpenAsync(dialect);
        await desk.ImportAsync(desk.WriteFacilities(Facility("Sun Clinic"), Facility("Moon Clinic", "203-805-5301")));
        await MergeStoreTests.MergeAsync(desk.Office, (await desk.RowAsync(Sun)).EntryId, (await desk.RowAsync(Moon)).EntryId);
        return desk;
    }
}
