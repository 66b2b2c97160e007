using HealthEquity.Imports.Records;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Tests.Imports.Running;
using HealthEquity.Tests.Store.Databases;

namespace HealthEquity.Tests.Imports.Applying;

/// <summary>What becomes of many entries that were imported at once.</summary>
public sealed class ImportedDueDateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory, MemberData(nameof(Dialects))]
    public async Task Due_dates_of_an_import_are_spread_over_the_verification_interval(Dialect dialect)
    {
        await using var desk = await ImportDesk.OpenAsync(dialect);
        await desk.ImportAsync(desk.WriteFacilities(Enumerable.Range(0, 180).Select(n => ImportDesk.Facility($"Clinic {n}", street1: $"{n} Main Street", phone: $"860-276-3{n:000}"))));

        var today = new DateOnly(2026, 3, 1);
        var rows = await desk.Office.DoAsync(s => EntryFinder.FindAsync(s, new EntryFilter(), EntrySort.Due, 0, 1_000, Cancellation));
        Assert.Equal(180, rows.Count);
        Assert.All(rows, r => Assert.InRange(r.CheckDueOn!.Value, today.AddDays(1), today.AddDays(90)));
        // Two a day on average: three weeks have about 42 each, and none has half of all.
        Assert.All(rows.GroupBy(r => (r.CheckDueOn!.Value.DayNumber - today.DayNumber - 1) / 30), month => Assert.InRange(month.Count(), 30, 90));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Undoing_an_import_is_a_bulk_change_that_is_undone_as_one(Dialect dialect)
    {
        await using var desk = await ImportDesk.OpenAsync(dialect);
        await desk.ImportAsync(desk.WriteFacilities(Enumerable.Range(0, 3).Select(n => ImportDesk.Facility($"Clinic {n}", street1: $"{n} Main Street", phone: $"860-276-300{n}"))));
        var import = Assert.Single(await desk.Office.DoAsync(s => ImportStore.ListAsync(s, 0, 10, Cancellation)));
        Assert.Equal(3, (await desk.Office.DoAsync(s => ImportItems.ListWithdrawnAsync(s, import.ImportId, Cancellation))).Count);

        await desk.Importer.UndoAsync(import.ImportId, null, null, Cancellation);

        var change = Assert.Single(await desk.Office.DoAsync(s => BulkChangeStore.ListAsync(s, 0, 10, Cancellation)));
        Assert.Equal((BulkState.Done, "undoImport", 3, 0), (change.State, change.Action, change.Changed, change.Refused));
        var bulk = desk.Office.Stores.BulkChanges;
        await desk.Office.DoAsync(s => bulk.RequestUndoAsync(s, change.BulkChangeId, EditorialOffice.Reviewer, null, Cancellation));
        Assert.Equal(3, (await bulk.FinishAsync(desk.Office.Database, change.BulkChangeId, Cancellation)).Restored);
        Assert.Equal(3, await desk.Office.DoAsync(s => EntryFinder.CountAsync(s, new EntryFilter { Listing = HealthEquity.Directory.Entries.Listing.Published }, Cancellation)));
    }
}
