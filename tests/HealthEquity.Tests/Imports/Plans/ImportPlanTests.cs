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

/// <summary>Imports that lose nothing: planned first, put together with what curators wrote, undone as one.</summary>
public sealed class ImportPlanTests
{
    private const string Sun = "sun-clinic-waterbury-ct";
    private const string Moon = "moon-clinic-waterbury-ct";

    private static readonly string[] Two = [ImportDesk.Facility(), ImportDesk.Facility(name1: "Moon Clinic", phone: "203-805-5301")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_dry_run_says_what_would_happen_and_writes_nothing_to_entries(Dialect dialect)
    {
        await using var desk = await ImportDesk.OpenAsync(dialect);
        await desk.ImportAsync(desk.WriteFacilities(Two));
        var file = desk.WriteFacilities(
            ImportDesk.Facility(phone: "203-573-6500"), Two[1], ImportDesk.Facility(name1: "Star Clinic", phone: "203-805-5302"), ImportDesk.Facility(name1: "Bad", phone: "12"));

        var plan = await desk.PlanAsync(file);

        Assert.Equal((1, 1, 1, 1, 0), (plan.New, plan.Changed, plan.Same, plan.Refused, plan.Published));
        Assert.Equal((2, 1), (await desk.CountAsync(), (await desk.RowAsync(Sun)).LatestRevision));
        var changed = Assert.Single(await ItemsAsync(desk, plan.ImportId, ImportOutcome.Changed));
        Assert.Equal(
            [("+18602763000", "+12035736500")],
            changed.ChangeList().Where(c => c.Path == "phones[0].number").Select(c => (c.Before, c.After)));
        Assert.Equal("Star Clinic", Assert.Single(await ItemsAsync(desk, plan.ImportId, ImportOutcome.New)).Name);
        var refused = Assert.Single(await desk.Office.DoAsync(s => ImportRefusals.ListAsync(s, plan.ImportId, 0, 10, Cancellation)));
        Assert.Equal(("phone", "12", "5"), (refused.Field, refused.Value, refused.Place));

        File.Delete(file);
        var done = await desk.Importer.ApplyAsync(plan.ImportId, new ImportChoice { Publish = true }, null, null, Cancellation);

        Assert.Equal((1, 1, 1, 2), (done.New, done.Changed, done.Same, done.Published));
        Assert.Equal((3, 2), (await desk.CountAsync(), (await desk.RowAsync(Sun)).PublishedRevision));
        Assert.Null(await desk.Office.DoAsync(s => AuditLog.FindBreakAsync(s, Cancellation)));
        await Assert.ThrowsAsync<RefusedException>(() => desk.Importer.ApplyAsync(plan.ImportId, new ImportChoice(), null, null, Cancellation));
    }

    [Fact]
    public async Task An_import_whose_process_crashed_says_so_and_how_long_to_wait_and_then_continues()
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
    public async Task Pieces_of_a_file_whose_upload_was_killed_are_deleted_once_no_more_come()
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
    public async Task What_a_curator_changes_between_plan_and_apply_is_not_overwritten()
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
    public async Task What_only_the_source_changed_is_taken_and_what_both_changed_waits_for_a_person()
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
    public async Task What_the_source_says_later_takes_the_place_of_a_conflict_that_waits()
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
    public async Task What_vanished_from_the_source_becomes_a_check_that_is_due_and_says_why()
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
    [InlineData("Star Clinic", "12", "")]
    [InlineData("Star Clinic", "203-805-5302", ",more")]
    [InlineData("", "203-805-5302", "")]
    [InlineData("Star Clinic", "203-805-5302", "", "67x")]
    public async Task A_row_that_is_refused_has_not_vanished(string name, string phone, string behind, string zip = "6708")
    {
        await using var desk = await ImportDesk.OpenAsync();
        string[] kept = [.. Two, ImportDesk.Facility(name1: "Dawn Clinic", phone: "203-805-5303")];
        await desk.ImportAsync(desk.WriteFacilities(kept.Append(ImportDesk.Facility(name1: "Star Clinic", phone: "203-805-5302"))));

        var done = await desk.ImportAsync(desk.WriteFacilities(kept.Append(ImportDesk.Facility(name1: name, phone: phone, zip: zip) + behind)));

        Assert.Equal((1, 0), (done.Refused, done.Vanished));
    }

    [Theory]
    [InlineData("1,Sun,x", 1)]
    [InlineData("1,Sun,x;9,Gone,ok", 0)]
    [InlineData("1,Sun,ok;Total,2", 1)]
    public async Task A_row_that_a_rule_refuses_has_not_vanished_and_a_row_of_sums_hides_nothing(string rows, int vanished)
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
    public async Task What_is_refused_has_arrived_all_the_same()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await desk.ImportAsync(desk.WriteFacilities(Two));
        var done = await desk.ImportAsync(desk.WriteFacilities(Two[0], ImportDesk.Facility(name1: "Moon Clinic", phone: "12")));
        Assert.Equal((1, 1, 0), (done.Same, done.Refused, done.Vanished));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_somebody_took_down_after_its_import_was_undone_stays_down_if_the_import_comes_back(bool wasPublicAgain)
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
    public async Task If_far_fewer_come_than_last_time_the_import_stops_and_asks()
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
    public async Task An_import_is_undone_as_one_and_can_be_made_again(Dialect dialect)
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
        Assert.Null(await desk.Office.DoAsync(s => AuditLog.FindBreakAsync(s, Cancellation)));
    }

    [Fact]
    public async Task Undoing_leaves_and_lists_what_somebody_has_worked_on_since()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var done = await desk.ImportAsync(desk.WriteFacilities(Two));
        await EditAsync(desk, Moon, p => p with { Summary = "By hand." });

        var undone = await desk.Importer.UndoAsync(done.ImportId, null, null, Cancellation);

        Assert.Equal(1, undone.Left);
        var left = Assert.Single(await desk.Office.DoAsync(s => ImportItems.ListLeftAsync(s, done.ImportId, Cancellation)));
        Assert.Equal(("Moon Clinic", "Somebody has edited it since."), (left.Name, left.Note));
        Assert.Equal((Listing.Published, Listing.Retired), ((await desk.RowAsync(Moon)).Listing, (await desk.RowAsync(Sun)).Listing));
    }

    [Fact]
    public async Task Who_asked_not_to_be_listed_comes_back_neither_by_plan_nor_by_undoing()
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
