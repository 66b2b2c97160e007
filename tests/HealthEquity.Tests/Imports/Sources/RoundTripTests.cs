using System.Text;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Exports;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Sources;
using HealthEquity.Store.Exports;
using HealthEquity.Store.Starter;
using HealthEquity.Tests.Imports.Running;

namespace HealthEquity.Tests.Imports.Sources;

/// <summary>Exporting a directory and importing it into an empty one restores it.</summary>
public sealed class RoundTripTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ExportFormat.Csv, "directory.csv")]
    [InlineData(ExportFormat.Xlsx, "directory.xlsx")]
    [InlineData(ExportFormat.Json, "directory.json")]
    [InlineData(ExportFormat.NdJson, "directory.ndjson")]
    public async Task An_exported_directory_is_restored_with_its_ids_slugs_and_texts(ExportFormat format, string name)
    {
        await using var here = await ImportDesk.OpenAsync();
        await using var there = await ImportDesk.OpenAsync();
        // The starter directory has dates in 2026.
        here.Office.Clock.SetUtcNow(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        there.Office.Clock.SetUtcNow(here.Office.Clock.GetUtcNow());
        await DirectorySetup.PrepareAsync(here.Office.Database, here.Office.Clock, StarterContent.Samples, Cancellation);
        var path = await ExportAsync(here, format, name);

        var summary = await ImportAsync(there, path);

        var entries = await EntriesAsync(here);
        Assert.Equal((0, entries.Count), (summary.Refused, summary.New));
        Assert.Equal(entries, await EntriesAsync(there));

        var again = await ImportAsync(there, path);
        Assert.Equal((0, 0, entries.Count), (again.New, again.Changed, again.Same));
    }

    [Fact]
    public async Task An_invalid_row_is_reported_and_the_others_are_loaded()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var path = desk.Write(
            "list.ndjson",
            """{"kind":"organization","name":"Casa"}""",
            """{"kind":"organization","name":"Refuge","website":"nowhere"}""",
            """{"kind":"organization","nam":"Typo"}""",
            "{ torn");

        var summary = await ImportAsync(desk, path);

        Assert.Equal((1, 3), (summary.New, summary.Refused));
        var refused = await File.ReadAllTextAsync(Assert.Single(summary.RefusedFiles), Cancellation);
        Assert.Contains("website", refused, StringComparison.Ordinal);
        var corrected = refused.Replace("nowhere", "https://refuge.example.org", StringComparison.Ordinal);
        var back = await ImportAsync(desk, desk.Write("corrected.csv", corrected));
        Assert.Equal((1, 2), (back.New, back.Refused));
    }

    [Fact]
    public async Task A_third_party_table_needs_a_mapping()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var fault = await Assert.ThrowsAsync<ImportFileException>(() => ImportAsync(desk, desk.Write("list.csv", "clinic,phone", "Sun,305-555-0100")));
        Assert.Contains("--mapping", fault.Message, StringComparison.Ordinal);
    }

    private static Task<ImportSummary> ImportAsync(ImportDesk desk, string path) =>
        desk.Importer.ImportAsync(new ImportRequest { Path = path }, progress: null, Cancellation);

    private static async Task<string> ExportAsync(ImportDesk desk, ExportFormat format, string name)
    {
        var path = Path.Combine(desk.Folder, name);
        await using var file = File.Create(path);
        await ExportFile.WriteAsync(file, format, ExportView.Editorial, EntryKinds.All, EditorialEntries.AllAsync(desk.Office.Database, null, Cancellation), Cancellation);
        return path;
    }

    private static async Task<IReadOnlyList<(Guid? Id, string? Slug, string Text)>> EntriesAsync(ImportDesk desk)
    {
        var entries = new List<(Guid? Id, string? Slug, string Text)>();
        await foreach (var exported in EditorialEntries.AllAsync(desk.Office.Database, null, Cancellation))
        {
            Assert.True(ExportedText.TryRead(Encoding.UTF8.GetString(exported.Document.Span), out var entry, out _));
            entries.Add((entry!.Id, entry.Slug, EntryJson.Write(entry)));
        }

        return [.. entries.OrderBy(e => e.Id)];
    }
}
