using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsvHelper;
using HealthEquity.Db.Entries;

namespace HealthEquity.Db.Exports;

/// <summary>Writes published entries as files. Everything streams: memory does not grow with the directory.</summary>
public static partial class DirectoryExport
{
    /// <summary>One public document a line (ND-JSON): everything that is public, for machines.</summary>
    public static async Task WriteNdJsonAsync(Stream to, IEnumerable<ReadOnlyMemory<byte>> documents, CancellationToken cancellation)
    {
        foreach (var document in documents)
        {
            await to.WriteAsync(document, cancellation);
            await to.WriteAsync("\n"u8.ToArray(), cancellation);
        }
    }

    /// <summary>One JSON array of public documents.</summary>
    public static async Task WriteJsonAsync(Stream to, IEnumerable<ReadOnlyMemory<byte>> documents, CancellationToken cancellation)
    {
        var separator = "[\n"u8.ToArray();
        foreach (var document in documents)
        {
            await to.WriteAsync(separator, cancellation);
            await to.WriteAsync(document, cancellation);
            separator = ",\n"u8.ToArray();
        }

        await to.WriteAsync(separator[0] == '[' ? "[]\n"u8.ToArray() : "\n]\n"u8.ToArray(), cancellation);
    }

    /// <summary>
    /// One row an entry, the columns of <see cref="ExportColumns"/>, UTF-8 with a byte order mark so that spreadsheets read it rightly.
    /// A cell that a spreadsheet would take for a formula gets an apostrophe at its head.
    /// </summary>
    public static async Task WriteCsvAsync(Stream to, IEnumerable<ReadOnlyMemory<byte>> documents, CancellationToken cancellation)
    {
        await using var csv = CsvWriter.Create(to, new CsvWriterOptions { NewLine = "\r\n", WriteByteOrderMark = true }, true);
        foreach (var column in ExportColumns.All)
        {
            csv.WriteField(column.Name);
        }

        await csv.EndRecordAsync(cancellation);
        foreach (var document in documents)
        {
            cancellation.ThrowIfCancellationRequested();
            var entry = JsonSerializer.Deserialize<Entry>(document.Span, EntryJson.Public)!;
            foreach (var column in ExportColumns.All)
            {
                csv.WriteField(Neutral(column.Read(entry)));
            }

            await csv.EndRecordAsync(cancellation);
        }
    }

    /// <summary>Public places as points (RFC 7946), one feature a place; entries without a public place are left out.</summary>
    public static async Task WriteGeoJsonAsync(Stream to, IEnumerable<ReadOnlyMemory<byte>> documents, CancellationToken cancellation)
    {
        await using var json = new Utf8JsonWriter(to);
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteStartArray("features");
        foreach (var document in documents)
        {
            if (JsonSerializer.Deserialize<Entry>(document.Span, EntryJson.Public) is not ServiceEntry entry)
            {
                continue;
            }

            foreach (var place in entry.Locations.Where(l => l is { Visibility: Visibility.Public, Latitude: not null, Longitude: not null }))
            {
                WriteFeature(json, entry, place);
            }

            if (json.BytesPending > 64 * 1024)
            {
                await json.FlushAsync(cancellation);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The text as a cell that no spreadsheet computes (OWASP, CSV injection); a plain number stays one.</summary>
    public static string? Neutral(string? cell) =>
        cell is { Length: > 0 } && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal) && !PlainNumber().IsMatch(cell) ? "'" + cell : cell;

    private static void WriteFeature(Utf8JsonWriter json, ServiceEntry entry, Location place)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteStartObject("geometry");
        json.WriteString("type", "Point");
        json.WriteStartArray("coordinates");
        json.WriteNumberValue(place.Longitude!.Value);
        json.WriteNumberValue(place.Latitude!.Value);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("id", entry.Id!.Value);
        json.WriteString("kind", entry.Kind.Code());
        json.WriteString("slug", entry.Slug);
        json.WriteString("name", place.Name ?? entry.Name);
        foreach (var (name, value) in new[]
        {
            ("summary", entry.Summary), ("phone", entry.Phones.Count > 0 ? entry.Phones[0].Number : null), ("website", entry.Website),
            ("address", place.Address1), ("city", place.City), ("stateProvince", place.StateProvince), ("postalCode", place.PostalCode),
            ("assuredOn", entry.AssuredOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        })
        {
            if (value is not null)
            {
                json.WriteString(name, value);
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    [GeneratedRegex(@"^[+-]?[0-9]+(\.[0-9]+)?$")]
    private static partial Regex PlainNumber();
}
