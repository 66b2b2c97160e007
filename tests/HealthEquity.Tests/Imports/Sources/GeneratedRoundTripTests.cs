using System.Collections;
using System.Text.Json;
using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Exports;
using HealthEquity.Imports.Sources;
using HealthEquity.Store.Exports;
using HealthEquity.Tests.Formats.Exports;
using HealthEquity.Tests.Imports.Running;
using HealthEquity.Tests.Store;

namespace HealthEquity.Tests.Imports.Sources;

/// <summary>
/// For entries of every kind with any values that their types allow: exporting and importing into an empty directory restores the same
/// directory. Validation rules are disabled, so any content is tested.
/// </summary>
public sealed class GeneratedRoundTripTests
{
    private const int Seeds = 12;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Xlsx)]
    [InlineData(ExportFormat.Json)]
    [InlineData(ExportFormat.NdJson)]
    public async Task Any_directory_can_be_restored_from_its_export(ExportFormat format)
    {
        await using var here = await ImportDesk.OpenAsync();
        await using var there = await ImportDesk.OpenAsync();
        var ids = new List<Guid>();
        foreach (var entry in Generated())
        {
            ids.Add(await here.Office.CreateAsync(entry));
        }

        var path = Path.Combine(there.Folder, $"directory.{format.Extension()}");
        await using (var file = File.Create(path))
        {
            await ExportFile.WriteAsync(file, format, ExportView.Editorial, EntryKinds.All, EditorialEntries.OfAsync(here.Office.Database, ids, Cancellation), Cancellation);
        }

        var summary = await new TestStores(there.Office.Database, there.Office.Clock, _ => new ValidationResult())
            .Importer.ImportAsync(new ImportRequest { Path = path, RefusedFolder = there.Folder }, progress: null, Cancellation);

        Assert.Equal((0, ids.Count), (summary.Refused, summary.New));
        Assert.Equal(await TextsAsync(here, ids), await TextsAsync(there, ids));
    }

    [Fact]
    public void The_generated_entries_fill_every_member_of_every_kind()
    {
        var filled = Generated().SelectMany(EntryMembers.Walk).Where(v => v.Value is not (null or "" or ICollection { Count: 0 })).Select(v => v.Member).ToHashSet();
        Assert.Empty(EntryMembers.Records.SelectMany(EntryMembers.Of).Except(filled).Select(m => $"{m.Property.ReflectedType!.Name}.{m.Name}"));
    }

    private static IEnumerable<Entry> Generated() =>
        Enumerable.Range(1, Seeds).SelectMany(seed => EntryKinds.All.Select(kind => new HostileEntries((seed * 31) + (int)kind).Of(kind)));

    private static async Task<IReadOnlyList<string>> TextsAsync(ImportDesk desk, IReadOnlyList<Guid> ids)
    {
        var texts = new List<string>();
        await foreach (var exported in EditorialEntries.OfAsync(desk.Office.Database, ids, Cancellation))
        {
            using var document = JsonDocument.Parse(exported.Document);
            var slug = document.RootElement.GetProperty("slug").GetString();
            Assert.True(ExportedText.TryRead(document.RootElement.GetRawText(), out var entry, out _));
            texts.Add($"{entry!.Id} {slug} {EntryJson.Write(entry)}");
        }

        return texts;
    }
}
