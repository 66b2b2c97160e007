using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Exports;

namespace HealthEquity.Formats.Hsds.Writing;

/// <summary>
/// Writes the directory as a Tabular Data Package (Frictionless) with the standard's tables, in a ZIP that is sent while it is written. Entries
/// are read once per table, so memory holds only one of them. Cells are not protected against spreadsheet formulas, because the tables are for
/// programs.
/// </summary>
public static class HsdsPackage
{
    private const int SendEvery = 64;

    // No byte order mark: strict readers would take it for a part of the first heading.
    private static readonly CsvWriterOptions Plain = new() { WriteByteOrderMark = false };

    /// <summary>Writes the package.</summary>
    /// <param name="to">The destination; it is left open.</param>
    /// <param name="entries">The entries; enumerated several times, with the same result each time.</param>
    /// <param name="mapping">The mapping to HSDS.</param>
    /// <param name="vocabularies">The vocabularies that the mapping uses.</param>
    /// <param name="about">Members of the descriptor that identify the publisher.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task WriteAsync(
        Stream to, IEnumerable<ServiceEntry> entries, HsdsMapping mapping, VocabularySet vocabularies, JsonObject about, CancellationToken cancellation)
    {
        await using var zip = new StreamedZip(to);
        var written = new List<HsdsTable>();
        foreach (var table in HsdsTables.All)
        {
            var rows = HsdsTables.RowsOf(table.Name, vocabularies).Concat(entries.SelectMany(e => HsdsTables.RowsOf(table.Name, e, mapping)));
            if (await WriteTableAsync(zip, table, rows, cancellation))
            {
                written.Add(table);
            }
        }

        // Last, because only now it is known which tables exist.
        await using (var file = zip.Begin("datapackage.json"))
        {
            await using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
            Describe(written, about).WriteTo(json);
        }

        await zip.EndAsync(cancellation);
    }

    /// <summary>Writes a table. A table without rows gets no file.</summary>
    private static async Task<bool> WriteTableAsync(StreamedZip zip, HsdsTable table, IEnumerable<object> rows, CancellationToken cancellation)
    {
        using var each = rows.GetEnumerator();
        if (!each.MoveNext())
        {
            return false;
        }

        await using var file = zip.Begin(table.Path);
        await using var csv = CsvWriter.Create(file, Plain, leaveOpen: true);
        await csv.WriteRecordAsync([.. table.Columns.Select(c => c.Name)], cancellation);
        var count = 0;
        do
        {
            await csv.WriteRecordAsync([.. HsdsTables.Cells(table, each.Current).Select(c => c ?? "")], cancellation);
            if (++count % SendEvery == 0)
            {
                await csv.FlushAsync(cancellation);
                await zip.SendAsync(cancellation);
            }
        }
        while (each.MoveNext());

        await csv.FlushAsync(cancellation);
        return true;
    }

    /// <summary>The descriptor of these tables. References to missing tables are omitted, because those have no rows.</summary>
    private static JsonObject Describe(IReadOnlyList<HsdsTable> tables, JsonObject about)
    {
        var names = tables.Select(t => t.Name).ToHashSet();
        var descriptor = HsdsTables.Descriptor();
        foreach (var (name, value) in about)
        {
            descriptor[name] = value?.DeepClone();
        }

        descriptor["resources"] = new JsonArray([.. tables.Select(table =>
        {
            var resource = table.Descriptor.DeepClone();
            var schema = resource["schema"]!.AsObject();
            if (schema["foreignKeys"] is JsonArray keys)
            {
                schema["foreignKeys"] = new JsonArray([.. keys.Where(k => names.Contains((string)k!["reference"]!["resource"]!)).Select(k => k!.DeepClone())]);
            }

            return resource;
        })]);
        return descriptor;
    }
}
