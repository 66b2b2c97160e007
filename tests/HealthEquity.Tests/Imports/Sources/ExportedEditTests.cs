using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Exports;
using HealthEquity.Imports.Applying;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Sources;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Exports;
using HealthEquity.Tests.Imports.Running;
using HealthEquity.Tests.Store.Databases;

namespace HealthEquity.Tests.Imports.Sources;

/// <summary>Files exported from a directory, edited, and imported again after others continued to work.</summary>
public sealed class ExportedEditTests
{
    private static readonly Organization Casa = new()
    {
        Name = "Casa",
        Website = "https://old.example.org",
        Summary = "Old.",
        InternalNotes = "among us",
        Phones = [new Phone { Number = "+13055550142" }],
        Locations = [new Location { Visibility = Visibility.Public, City = "Miami", StateProvince = "FL" }, new Location { Visibility = Visibility.Private, Address1 = "2 Oak Ave", City = "Tampa", StateProvince = "FL" }],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory]
    [InlineData(ExportView.Editorial)]
    [InlineData(ExportView.Public)]
    public async Task Entries_not_in_a_partial_file_are_not_missing(ExportView view)
    {
        await using var desk = await ImportDesk.OpenAsync();
        foreach (var name in new[] { "Casa", "Refuge", "Harbor", "Bridge" })
        {
            await desk.Office.PublishNewAsync(new Organization { Name = name });
        }

        await ImportAsync(desk, await ExportAsync(desk, ExportFormat.NdJson, ExportView.Editorial));
        var one = (await desk.RowAsync("casa")).EntryId;

        var done = await ImportAsync(desk, await ExportAsync(desk, ExportFormat.NdJson, view, one));

        Assert.Equal((0, 1), (done.Vanished, done.Same + done.Conflicting + done.Changed));
    }

    [Theory]
    [InlineData(ExportFormat.Csv, Dialect.Sqlite)]
    [InlineData(ExportFormat.Xlsx, Dialect.Sqlite)]
    [InlineData(ExportFormat.NdJson, Dialect.Sqlite)]
    [InlineData(ExportFormat.NdJson, Dialect.SqlServer)]
    public async Task Edits_since_the_export_are_kept_where_the_file_was_not_edited(ExportFormat format, Dialect dialect)
    {
        await using var desk = await ImportDesk.OpenAsync(dialect);
        var id = await desk.Office.PublishNewAsync(Casa);
        var file = await ExportAsync(desk, format, ExportView.Editorial);
        await EditAsync(desk, o => o with { Website = "https://new.example.org", Phones = [new Phone { Number = "+13055550143" }] });
        await PublishAsync(desk, id);

        var done = await ImportAsync(desk, file);

        Assert.Equal((1, 0, 0), (done.Same, done.Changed, done.Conflicting));
        Assert.Equal((2, 2), ((await desk.RowAsync("casa")).LatestRevision, (await desk.RowAsync("casa")).PublishedRevision));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Edits_in_the_file_are_taken_and_edits_on_both_sides_become_conflicts(Dialect dialect)
    {
        await using var desk = await ImportDesk.OpenAsync(dialect);
        await desk.Office.PublishNewAsync(Casa);
        var file = await ExportAsync(desk, ExportFormat.NdJson, ExportView.Editorial);
        await EditAsync(desk, o => o with { Website = "https://new.example.org", Phones = [new Phone { Number = "+13055550143" }] });
        await ReplaceAsync(file, ("\"Old.\"", "\"Theirs.\""), ("old.example.org", "theirs.example.org"));

        var done = await ImportAsync(desk, file);

        Assert.Equal((1, 0), (done.Conflicting, done.Published));
        var entry = await desk.EntryAsync<Organization>("casa");
        Assert.Equal(("https://new.example.org", "Theirs.", "+13055550143", 2), (entry.Website, entry.Summary, Assert.Single(entry.Phones).Number, entry.Locations.Count));
        Assert.Equal(("website", "\"https://theirs.example.org\""), await ConflictAsync(desk));
    }

    [Fact]
    public async Task An_older_export_reverts_nothing()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await desk.Office.PublishNewAsync(Casa);
        var old = await ExportAsync(desk, ExportFormat.Csv, ExportView.Editorial);
        await EditAsync(desk, o => o with { Website = "https://new.example.org" });
        await ImportAsync(desk, await ExportAsync(desk, ExportFormat.NdJson, ExportView.Editorial));

        var done = await ImportAsync(desk, old);

        Assert.Equal((1, 0), (done.Same, done.Changed));
        Assert.Equal("https://new.example.org", (await desk.EntryAsync<Organization>("casa")).Website);
    }

    [Theory]
    [InlineData(ExportView.Public)]
    [InlineData(ExportView.Editorial)]
    public async Task Without_a_known_revision_every_different_field_becomes_a_conflict(ExportView view)
    {
        await using var desk = await ImportDesk.OpenAsync();
        var id = await desk.Office.PublishNewAsync(Casa);
        var file = await ExportAsync(desk, ExportFormat.NdJson, view, id);
        var unchanged = await ImportAsync(desk, file);
        // Files without a hash, and of other directories.
        await ReplaceAsync(file, ("\"revisionHash\":\"", "\"revisionHash\":\"0"));
        await EditAsync(desk, o => o with { Website = "https://new.example.org", Summary = null, Phones = [.. o.Phones, new Phone { Number = "+13055550143" }] });
        await PublishAsync(desk, id);

        var done = await desk.Importer.ImportAsync(new ImportRequest { Path = await NudgedAsync(file), Publish = true, RefusedFolder = desk.Folder }, null, Cancellation);

        Assert.Equal((1, 1, 0), (unchanged.Same, done.Conflicting, done.Changed));
        Assert.Equal((2, 2), ((await desk.RowAsync("casa")).LatestRevision, (await desk.RowAsync("casa")).PublishedRevision));
        var conflicts = await desk.Office.DoAsync(s => ImportConflicts.ListAsync(s, null, 0, 10, Cancellation));
        Assert.Equal(["legalStatus", "phones", "summary", "website"], conflicts.Select(c => c.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Importing_the_file_again_after_undoing_overwrites_nothing()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await desk.Office.PublishNewAsync(Casa);
        var file = await ExportAsync(desk, ExportFormat.NdJson, ExportView.Editorial);
        await EditAsync(desk, o => o with { Website = "https://new.example.org" });
        await ReplaceAsync(file, ("\"Old.\"", "\"Theirs.\""));
        var done = await ImportAsync(desk, file);
        await desk.Importer.UndoAsync(done.ImportId, null, null, Cancellation);

        await ImportAsync(desk, file);

        var entry = await desk.EntryAsync<Organization>("casa");
        Assert.Equal(("https://new.example.org", "Theirs."), (entry.Website, entry.Summary));
    }

    [Fact]
    public async Task An_export_of_a_curators_draft_does_not_publish_it()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await desk.Office.PublishNewAsync(Casa);
        await EditAsync(desk, o => o with { Website = "https://draft.example.org" });
        var file = await ExportAsync(desk, ExportFormat.NdJson, ExportView.Editorial);
        await ReplaceAsync(file, ("\"Old.\"", "\"Theirs.\""));

        var done = await ImportAsync(desk, file);

        Assert.Equal((1, 0, 1), (done.Changed, done.Published, (await desk.RowAsync("casa")).PublishedRevision));
    }

    private static Task<ImportSummary> ImportAsync(ImportDesk desk, string path) =>
        desk.Importer.ImportAsync(new ImportRequest { Path = path, Publish = true, RefusedFolder = desk.Folder }, progress: null, Cancellation);

    private static async Task<string> ExportAsync(ImportDesk desk, ExportFormat format, ExportView view, params Guid[] some)
    {
        var path = Path.Combine(desk.Folder, $"{Guid.NewGuid():N}.{format}");
        await using var file = File.Create(path);
        var entries = some.Length == 0 ? EditorialEntries.AllAsync(desk.Office.Database, null, Cancellation)
            : view == ExportView.Public ? EditorialEntries.PublicOfAsync(desk.Office.Database, some, Cancellation)
            : EditorialEntries.OfAsync(desk.Office.Database, some, Cancellation);
        await ExportFile.WriteAsync(file, format, view, EntryKinds.All, entries, Cancellation);
        return path;
    }

    private static async Task ReplaceAsync(string file, params (string Old, string New)[] texts) =>
        await File.WriteAllTextAsync(file, texts.Aggregate(await File.ReadAllTextAsync(file, Cancellation), (all, t) => all.Replace(t.Old, t.New, StringComparison.Ordinal)), Cancellation);

    /// <summary>The file with an additional field, so it changes the entry.</summary>
    private static async Task<string> NudgedAsync(string file)
    {
        await ReplaceAsync(file, ("\"name\":\"Casa\"", "\"legalStatus\":\"501(c)(3)\",\"name\":\"Casa\""));
        return file;
    }

    private static async Task<(string, string?)> ConflictAsync(ImportDesk desk)
    {
        var conflict = Assert.Single(await desk.Office.DoAsync(s => ImportConflicts.ListAsync(s, null, 0, 10, Cancellation)));
        return (conflict.Path, conflict.Theirs);
    }

    private static async Task EditAsync(ImportDesk desk, Func<Organization, Organization> edit)
    {
        var (row, entry) = (await desk.RowAsync("casa"), await desk.EntryAsync<Organization>("casa"));
        await desk.Office.DoAsync(async s => await desk.Office.Entries.SaveAsync(s, row.EntryId, row.LatestRevision, edit(entry), EditorialOffice.Writer, null, Cancellation));
    }

    private static Task PublishAsync(ImportDesk desk, Guid id) => desk.Office.DoAsync(async s =>
        await desk.Office.Publisher.PublishAsync(s, id, (await EntryStore.ReadAsync(s, id, Cancellation)).LatestRevision, "publish", EditorialOffice.Reviewer, null, Cancellation));
}
