using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Applying;
using HealthEquity.Imports.Mappings;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Uploads;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Verification;
using HealthEquity.Tests.Imports.Running;
using HealthEquity.Tests.Store.Databases;

namespace HealthEquity.Tests.Imports.Plans;

/// <summary>Imports without loss: planned first, merged with edits by curators, undone as a whole.</summary>
public sealed class ImportPlanTests
{
    private const string Sun = "sun-clinic-waterbury-ct";
    private const string Moon = "moon-clinic-waterbury-ct";

    private static readonly string[] Two = [ImportDesk.Facility(), ImportDesk.Facility(name1: "Moon Clinic", phone: "203-805-5301")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_dry_run_shows_the_changes_without_changing_entries(Dialect dialect)
    {
        await using var desk = await ImportDesk.OpenAsync(dialect);
        await desk.ImportAsync(desk.WriteFacilities(Two));
        var file = desk.WriteFacilities(
            ImportDesk.Facility(phone: "203-573-6500"), Two[1], ImportDesk.Facility(name1: "Star Clinic", phone: "203-805-5302"), ImportDesk.Facility(name1: "Bad", latitude: "north"));

        var plan = await desk.PlanAsync(file);

        Assert.Equal((1, 1, 1, 1, 0), (plan.New, plan.Changed, plan.Same, plan.Refused, plan.Published));
        Assert.Equal((2, 1), (await desk.CountAsync(), (await desk.RowAsync(Sun)).LatestRevision));
        var changed = Assert.Single(await ItemsAsync(desk, plan.ImportId, ImportOutcome.Changed));
        Assert.Equal(
            [("+18602763000", "+12035736500")],
            changed.ChangeList().Where(c => c.Path == "phones[0].number").Select(c => (c.Before, c.After)));
        Assert.Equal("Star Clinic", Assert.Single(await ItemsAsync(desk, plan.ImportId, ImportOutcome.New)).Name);
        var refused = Assert.Single(await desk.Office.DoAsync(s => ImportRefusals.ListAsync(s, plan.ImportId, 0, 10, Cancellation)));
        Assert.Equal(("latitude", "north", "5"), (refused.Field, refused.Value, refused.Place));

        File.Delete(file);
        var done = await desk.Importer.ApplyAsync(plan.ImportId, new ImportChoice { Publish = true }, null, null, Cancellation);

        Assert.Equal((1, 1, 1, 2), (done.New, done.Changed, done.Same, done.Published));
        Assert.Equal((3, 2), (await desk.CountAsync(), (await desk.RowAsync(Sun)).PublishedRevision));
        Assert.Equal(new AuditCheck(null, 0), await desk.Office.DoAsync(s => AuditLog.CheckAsync(s, Cancellation)));
        await Assert.ThrowsAsync<RefusedException>(() => desk.Importer.ApplyAsync(plan.ImportId, new ImportChoice(), null, null, Cancellation));
    }

    [Fact]
    public async Task A_crashed_import_reports_the_wait_and_can_be_resumed()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var plan = await desk.PlanAsync(desk.WriteFacilities(Two));
        // As a process leaves it that is killed while it applies.
        Assert.True(await desk.Office.DoAsync(s => ImportStore.RunAsync(
            s, plan.ImportId, ImportState.Planned, ImportState.Applying, total: 2, desk.Office.Clock.GetUtcNow(), Cancellation)));
        desk.Office.Clock.Advance(TimeSpan.FromSeconds(35));

        var refused = await Assert.ThrowsAsync<RefusedException>(() => desk.Importer.ApplyAsync(plan.ImportId, new ImportChoice(), null, null, Cancellation));
        Assert.Contains("crashed", refused.Message, StringComparison.Ordinal);
        Assert.Contains("in 85 seconds", refused.Message, StringComparison.Ordinal);

        desk.Office.Clock.Advance(TimeSpan.FromSeconds(86));
        Assert.Equal(2, (await desk.Importer.ApplyAsync(plan.ImportId, new ImportChoice(), null, null, Cancellation)).New);
    }

    [Fact]
    public async Task An_import_of_a_node_whose_clock_was_ahead_goes_on_without_a_wait()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var plan = await desk.PlanAsync(desk.WriteFacilities(Two));
        var (now, future) = (desk.Office.Clock.GetUtcNow(), desk.Office.Clock.GetUtcNow().AddDays(500));
        Assert.True(await desk.Office.DoAsync(s => ImportStore.RunAsync(s, plan.ImportId, ImportState.Planned, ImportState.Applying, total: 2, future, Cancellation)));
        await desk.Office.DoAsync(s => ImportTasks.AskAsync(s, plan.ImportId, new ImportTask { Work = ImportWork.Apply, AskedBy = "system:test" }, future, Cancellation));
        Assert.NotNull(await desk.Office.DoAsync(s => ImportTasks.TakeAsync(s, future, Cancellation)));
        var torn = Guid.NewGuid();
        await ImportUploads.WriteAsync(desk.Office.Database, torn, new MemoryStream([1, 2, 3]), new Microsoft.Extensions.Time.Testing.FakeTimeProvider(future), Cancellation);

        Assert.Equal(2, (await desk.Importer.ApplyAsync(plan.ImportId, new ImportChoice(), null, null, Cancellation)).New);
        await desk.Office.DoAsync(s => ImportTasks.DropAbandonedAsync(s, now, Cancellation));
        Assert.Null(await desk.Office.DoAsync(s => ImportTasks.FindAsync(s, plan.ImportId, Cancellation)));
        await desk.Office.DoAsync(s => ImportUploads.DeleteIncompleteAsync(s, now, Cancellation));
        Assert.False(await desk.Office.DoAsync(s => ImportUploads.ExistsAsync(s, torn, Cancellation)));
    }

    [Fact]
    public async Task Pieces_of_an_incomplete_upload_are_deleted()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var (torn, whole) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var id in new[] { torn, whole })
        {
            await ImportUploads.WriteAsync(desk.Office.Database, id, new MemoryStream([1, 2, 3]), desk.Office.Clock, Cancellation);
        }

        var now = desk.Office.Clock.GetUtcNow();
        await desk.Office.DoAsync(s => ImportStore.AddAsync(s, whole, "whole.csv", Actor.System("test"), now, Cancellation));
        await desk.Office.DoAsync(s => ImportUploads.DeleteIncompleteAsync(s, now.AddMinutes(1), Cancellation));
        Assert.True(await desk.Office.DoAsync(s => ImportUploads.ExistsAsync(s, torn, Cancellation)));

        await desk.Office.DoAsync(s => ImportUploads.DeleteIncompleteAsync(s, now.AddMinutes(3), Cancellation));
        Assert.False(await desk.Office.DoAsync(s => ImportUploads.ExistsAsync(s, torn, Cancellation)));
        Assert.True(await desk.Office.DoAsync(s => ImportUploads.ExistsAsync(s, whole, Cancellation)));
    }

    [Fact]
    public async Task Edits_between_plan_and_apply_are_not_overwritten()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await desk.ImportAsync(desk.WriteFacilities(Two));
        var plan = await desk.PlanAsync(desk.WriteFacilities(ImportDesk.Facility(phone: "203-573-6500"), Two[1]));
        await EditAsync(desk, Sun, p => p with { Phones = [p.Phones[0] with { Number = "+12035550100" }], Summary = "By hand." });

        var done = await desk.Importer.ApplyAsync(plan.ImportId, new ImportChoice { Publish = true }, null, null, Cancellation);

        Assert.Equal((0, 1), (done.Changed, done.Conflicting));
        var entry = await desk.EntryAsync<Provider>(Sun);
        Assert.Equal(("+12035550100", "By hand."), (entry.Phones[0].Number, entry.Summary));
    }

    [Fact]
    public async Task Changes_of_the_source_are_taken_and_changes_on_both_sides_become_conflicts()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await desk.ImportAsync(desk.WriteFacilities(Two));
        await EditAsync(desk, Sun, p => p with { Summary = "By hand.", Website = "https://ours.example.org" });

        var done = await desk.ImportAsync(desk.WriteFacilities(ImportDesk.Facility(phone: "203-573-6500", website: "https://theirs.example.org"), Two[1]));

        Assert.Equal((1, 0), (done.Conflicting, done.Published));
        var entry = await desk.EntryAsync<Provider>(Sun);
        Assert.Equal(("+12035736500", "By hand.", "https://ours.example.org"), (entry.Phones[0].Number, entry.Summary, entry.Website));
        Assert.Equal(1, (await desk.RowAsync(Sun)).PublishedRevision);

        var conflict = Assert.Single(await ConflictsAsync(desk));
        Assert.Equal(("website", "\"https://ours.example.org\"", "\"https://theirs.example.org\""), (conflict.Path, conflict.Ours, conflict.Theirs));
        await desk.Office.DoAsync(s => desk.Conflicts.SettleAsync(s, conflict.ConflictId, takeTheirs: true, EditorialOffice.Writer, Cancellation));
        Assert.Equal("https://theirs.example.org", (await desk.EntryAsync<Provider>(Sun)).Website);
        Assert.Empty(await ConflictsAsync(desk));
        await Assert.ThrowsAsync<RefusedException>(() => desk.Office.DoAsync(
            s => desk.Conflicts.SettleAsync(s, conflict.ConflictId, takeTheirs: false, EditorialOffice.Writer, Cancellation)));
    }

    [Fact]
    public async Task A_later_change_of_the_source_replaces_an_open_conflict()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await desk.ImportAsync(desk.WriteFacilities(ImportDesk.Facility(website: "https://one.example.org")));
        await EditAsync(desk, Sun, p => p with { Website = "https://ours.example.org" });
        await desk.ImportAsync(desk.WriteFacilities(ImportDesk.Facility(website: "https://two.example.org")));
        await desk.ImportAsync(desk.WriteFacilities(ImportDesk.Facility(website: "https://three.example.org")));
        Assert.Equal("\"https://three.example.org\"", Assert.Single(await ConflictsAsync(desk)).Theirs);

        await desk.ImportAsync(desk.WriteFacilities(ImportDesk.Facility(website: "https://ours.example.org")));
        Assert.Empty(await ConflictsAsync(desk));
    }

    [Fact]
    public async Task An_entry_missing_from_the_source_gets_a_check_with_the_reason()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var rows = Enumerable.Range(0, 10).Select(n => ImportDesk.Facility(name1: $"Clinic {(char)('A' + n)}", phone: $"203-805-53{n:00}")).ToList();
        await desk.ImportAsync(desk.WriteFacilities(rows));
        var today = DateOnly.FromDateTime(desk.Office.Clock.GetUtcNow().UtcDateTime);

        var done = await desk.ImportAsync(desk.WriteFacilities(rows.Skip(1)));
        var again = await desk.ImportAsync(desk.WriteFacilities(rows.Skip(1)));

        Assert.Equal((1, 0), (done.Vanished, again.Vanished));
        var gone = await desk.RowAsync("clinic-a-waterbury-ct");
        Assert.Equal((Listing.Published, today), (gone.Listing, gone.CheckDueOn));
        Assert.Contains("Missing from", Assert.Single(await RequestsAsync(desk, gone.EntryId)).Reason, StringComparison.Ordinal);

        await desk.ImportAsync(desk.WriteFacilities(rows));
        Assert.Empty(await RequestsAsync(desk, gone.EntryId));
    }

    [Theory]
    [InlineData("Star Clinic", "203-805-5302", "", "6708", "north")]
    [InlineData("Star Clinic", "203-805-5302", ",more")]
    [InlineData("", "203-805-5302", "")]
    [InlineData("Star Clinic", "203-805-5302", "", "67x")]
    public async Task A_refused_row_is_not_missing(string name, string phone, string behind, string zip = "6708", string latitude = "41.5613412")
    {
        await using var desk = await ImportDesk.OpenAsync();
        string[] kept = [.. Two, ImportDesk.Facility(name1: "Dawn Clinic", phone: "203-805-5303")];
        await desk.ImportAsync(desk.WriteFacilities(kept.Append(ImportDesk.Facility(name1: "Star Clinic", phone: "203-805-5302"))));

        var done = await desk.ImportAsync(desk.WriteFacilities(kept.Append(ImportDesk.Facility(name1: name, phone: phone, zip: zip, latitude: latitude) + behind)));

        Assert.Equal((1, 0), (done.Refused, done.Vanished));
    }

    [Theory]
    [InlineData("1,Sun,x", 1)]
    [InlineData("1,Sun,x;9,Gone,ok", 0)]
    [InlineData("1,Sun,ok;Total,2", 1)]
    public async Task A_row_refused_by_a_rule_is_not_missing_and_a_total_hides_nothing(string rows, int vanished)
    {
        await using var desk = await ImportDesk.OpenAsync();
        var mapping = MappingReader.Read(
            """
            { "name": "ours", "source": { "name": "Ours" }, "kind": "organization", "id": { "column": "Id" }, "fields": { "name": { "column": "Name" } },
              "files": [ { "name": "rows", "refuse": [ { "column": "State", "when": { "column": "State", "is": "x" }, "reason": "It can't be.", "remedy": "Correct it." } ] } ] }
            """);
        await desk.Importer.ImportAsync(desk.Request(desk.Write("a.csv", "Id,Name,State", "1,Sun,ok", "9,Gone,ok"), mapping), null, Cancellation);

        var done = await desk.Importer.ImportAsync(
            desk.Request(desk.Write("b.csv", rows.Split(';').Prepend("Id,Name,State")), mapping) with { AllowFewer = true }, null, Cancellation);

        Assert.Equal((1, vanished), (done.Refused, done.Vanished));
    }

    [Fact]
    public async Task Refused_rows_count_toward_completeness()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await desk.ImportAsync(desk.WriteFacilities(Two));
        var done = await desk.ImportAsync(desk.WriteFacilities(Two[0], ImportDesk.Facility(name1: "Moon Clinic", latitude: "north")));
        Assert.Equal((1, 1, 0), (done.Same, done.Refused, done.Vanished));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_entry_unpublished_after_undoing_its_import_stays_unpublished_when_imported_again(bool wasPublicAgain)
    {
        await using var desk = await ImportDesk.OpenAsync();
        var file = desk.WriteFacilities(Two);
        var done = await desk.ImportAsync(file);
        await desk.Importer.UndoAsync(done.ImportId, null, null, Cancellation);
        var sun = (await desk.RowAsync(Sun)).EntryId;
        if (wasPublicAgain)
        {
            await desk.Office.DoAsync(async s => await desk.Office.Publisher.ResumeAsync(s, sun, EditorialOffice.Reviewer, null, Cancellation));
        }

        await desk.Office.DoAsync(async s => await desk.Office.Publisher.WithdrawAsync(s, sun, Listing.Retired, EditorialOffice.Reviewer, "It is closed.", null, Cancellation));

        var again = await desk.ImportAsync(file);

        Assert.Equal((1, 1), (again.New, again.Published));
        Assert.Equal((Listing.Retired, Listing.Published, 1), ((await desk.RowAsync(Sun)).Listing, (await desk.RowAsync(Moon)).Listing, (await desk.RowAsync(Sun)).LatestRevision));
    }

    [Fact]
    public async Task An_import_with_far_fewer_entries_needs_confirmation()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await desk.ImportAsync(desk.WriteFacilities(Two));
        var file = desk.WriteFacilities(ImportDesk.Facility(phone: "203-573-6500"));

        var fault = await Assert.ThrowsAsync<RefusedException>(() => desk.ImportAsync(file));

        Assert.Contains("only 1 entries, but the last one had 2", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await desk.RowAsync(Sun)).LatestRevision);
        var waiting = (await desk.Office.DoAsync(s => ImportStore.ListAsync(s, 0, 10, Cancellation))).Single(i => i.State == ImportState.Planned);
        var done = await desk.Importer.ApplyAsync(waiting.ImportId, new ImportChoice { AllowFewer = true }, null, null, Cancellation);
        Assert.Equal((1, 1), (done.Changed, done.Vanished));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task An_import_is_undone_as_a_whole_and_can_be_repeated(Dialect dialect)
    {
        await using var desk = await ImportDesk.OpenAsync(dialect);
        await desk.ImportAsync(desk.WriteFacilities(Two));
        var file = desk.WriteFacilities(ImportDesk.Facility(phone: "203-573-6500"), Two[1], ImportDesk.Facility(name1: "Star Clinic", phone: "203-805-5302"));
        var done = await desk.ImportAsync(file);
        var star = await desk.RowAsync("star-clinic-waterbury-ct");

        var undone = await desk.Importer.UndoAsync(done.ImportId, null, null, Cancellation);

        Assert.Equal(0, undone.Left);
        var sun = await desk.RowAsync(Sun);
        Assert.Equal((Listing.Published, 3, 3), (sun.Listing, sun.LatestRevision, sun.PublishedRevision));
        Assert.Equal("+18602763000", (await desk.EntryAsync<Provider>(Sun)).Phones[0].Number);
        Assert.Equal(Listing.Retired, (await desk.Office.ReadAsync(star.EntryId)).Listing);
        await Assert.ThrowsAsync<RefusedException>(() => desk.Importer.UndoAsync(done.ImportId, null, null, Cancellation));

        var again = await desk.ImportAsync(file);

        Assert.Equal((1, 1, 1, 2), (again.New, again.Changed, again.Same, again.Published));
        Assert.Equal((3, Listing.Published), (await desk.CountAsync(), (await desk.Office.ReadAsync(star.EntryId)).Listing));
        Assert.Equal("+12035736500", (await desk.EntryAsync<Provider>(Sun)).Phones[0].Number);
        Assert.Equal(new AuditCheck(null, 0), await desk.Office.DoAsync(s => AuditLog.CheckAsync(s, Cancellation)));
    }

    [Fact]
    public async Task Undoing_keeps_and_lists_entries_edited_since()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var done = await desk.ImportAsync(desk.WriteFacilities(Two));
        await EditAsync(desk, Moon, p => p with { Summary = "By hand." });

        var undone = await desk.Importer.UndoAsync(done.ImportId, null, null, Cancellation);

        Assert.Equal(1, undone.Left);
        var left = Assert.Single(await desk.Office.DoAsync(s => ImportItems.ListLeftAsync(s, done.ImportId, Cancellation)));
        Assert.Equal(("Moon Clinic", "It was edited since."), (left.Name, left.Note));
        Assert.Equal((Listing.Published, Listing.Retired), ((await desk.RowAsync(Moon)).Listing, (await desk.RowAsync(Sun)).Listing));
    }

    [Fact]
    public async Task A_do_not_list_entry_is_not_restored_by_a_plan_or_by_undoing()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await desk.ImportAsync(desk.WriteFacilities(Two));
        var done = await desk.ImportAsync(desk.WriteFacilities(ImportDesk.Facility(phone: "203-573-6500"), Two[1]));
        var sun = await desk.RowAsync(Sun);
        var plan = await desk.PlanAsync(desk.WriteFacilities(ImportDesk.Facility(phone: "203-573-6501"), Two[1]));
        await desk.Office.DoAsync(async s => await desk.Office.Publisher.WithdrawAsync(
            s, sun.EntryId, Listing.DoNotList, EditorialOffice.Writer, "asked", null, Cancellation));

        var applied = await desk.Importer.ApplyAsync(plan.ImportId, new ImportChoice { Publish = true }, null, null, Cancellation);
        await desk.Importer.UndoAsync(done.ImportId, null, null, Cancellation);

        Assert.Equal((1, 0), (applied.NotListed, applied.Changed));
        Assert.Equal(Listing.DoNotList, (await desk.RowAsync(Sun)).Listing);
    }

    private static Task<IReadOnlyList<ImportItem>> ItemsAsync(ImportDesk desk, Guid import, ImportOutcome outcome) =>
        desk.Office.DoAsync(s => ImportItems.ListAsync(s, import, outcome, null, 0, 10, Cancellation));

    private static Task<IReadOnlyList<ImportConflict>> ConflictsAsync(ImportDesk desk) =>
        desk.Office.DoAsync(s => ImportConflicts.ListAsync(s, null, 0, 10, Cancellation));

    private static Task<IReadOnlyList<CheckRequest>> RequestsAsync(ImportDesk desk, Guid entry) =>
        desk.Office.DoAsync(s => CheckRequests.FindAsync(s, [entry], Cancellation));

    private static async Task EditAsync(ImportDesk desk, string slug, Func<Provider, Provider> edit)
    {
        var (row, entry) = (await desk.RowAsync(slug), await desk.EntryAsync<Provider>(slug));
        await desk.Office.DoAsync(async s => await desk.Office.Entries.SaveAsync(
            s, row.EntryId, row.LatestRevision, edit(entry), EditorialOffice.Writer, null, Cancellation));
    }
}
