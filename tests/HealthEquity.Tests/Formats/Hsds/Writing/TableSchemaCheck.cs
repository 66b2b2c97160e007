using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace HealthEquity.Tests.Formats.Hsds.Writing;

/// <summary>
/// Validates a Tabular Data Package by a descriptor (Frictionless Table Schema 1): headings, types, required, enum, unique, primary and
/// foreign keys. It is independent of the code that writes the package.
/// </summary>
internal sealed class TableSchemaCheck
{
    private readonly Dictionary<string, List<Dictionary<string, string>>> _tables = [];
    private readonly List<string> _faults = [];
    private bool _formats;

    /// <summary>The package's own descriptor.</summary>
    public JsonObject Descriptor { get; }

    /// <summary>The rows of each table, by the table's name.</summary>
    public IReadOnlyDictionary<string, List<Dictionary<string, string>>> Tables => _tables;

    /// <summary>All files in it.</summary>
    public IReadOnlyList<string> Files { get; }

    private TableSchemaCheck(JsonObject descriptor, IReadOnlyList<string> files) => (Descriptor, Files) = (descriptor, files);

    public static async Task<TableSchemaCheck> ReadAsync(byte[] package)
    {
        using var zip = new ZipArchive(new MemoryStream(package), ZipArchiveMode.Read);
        await using var text = zip.GetEntry("datapackage.json")!.Open();
        var check = new TableSchemaCheck((await JsonNode.ParseAsync(text))!.AsObject(), [.. zip.Entries.Select(e => e.FullName)]);
        foreach (var resource in check.Descriptor["resources"]!.AsArray())
        {
            await using var file = zip.GetEntry((string)resource!["path"]!)!.Open();
            check._tables[(string)resource["name"]!] = await RowsAsync(file);
        }

        return check;
    }

    /// <summary>The errors in the tables of a descriptor.</summary>
    /// <param name="descriptor">The descriptor, the package's own or another.</param>
    /// <param name="formats">Whether to check the formats of strings, too.</param>
    public IReadOnlyList<string> Faults(JsonObject descriptor, bool formats = true)
    {
        _faults.Clear();
        _formats = formats;
        foreach (var resource in descriptor["resources"]!.AsArray().Select(r => r!.AsObject()).Where(r => _tables.ContainsKey((string)r["name"]!)))
        {
            Check((string)resource["name"]!, resource["schema"]!.AsObject());
        }

        return _faults;
    }

    private void Check(string table, JsonObject schema)
    {
        var rows = _tables[table];
        var fields = schema["fields"]!.AsArray().Select(f => f!.AsObject()).ToList();
        Expect(rows[0].Keys.SequenceEqual(fields.Select(f => (string)f["name"]!)), $"{table}: headings {string.Join(",", rows[0].Keys)}");
        foreach (var field in fields)
        {
            var name = (string)field["name"]!;
            var constraints = field["constraints"];
            var values = rows.Select(r => r.GetValueOrDefault(name, "")).ToList();
            var given = values.Where(v => v.Length > 0).ToList();
            Expect(constraints?["required"] is not { } required || !(bool)required || given.Count == values.Count, $"{table}.{name} is required");
            Expect(constraints?["unique"] is not { } unique || !(bool)unique || given.Distinct().Count() == given.Count, $"{table}.{name} is not unique");
            Expect(constraints?["enum"] is not JsonArray choices || given.All(v => choices.Any(c => (string?)c == v)), $"{table}.{name} is none of its choices");
            Expect(given.All(v => Is((string)field["type"]!, (string?)field["format"], v)), $"{table}.{name}: a value is no {field["type"]} {field["format"]}");
        }

        var keys = rows.Select(r => r.GetValueOrDefault((string)schema["primaryKey"]!, "")).ToList();
        Expect(keys.Distinct().Count() == keys.Count && keys.All(k => k.Length > 0), $"{table}: primary key");
        foreach (var key in schema["foreignKeys"]?.AsArray() ?? [])
        {
            var name = (string)key!["fields"]!;
            var target = (string)key["reference"]!["resource"]!;
            var known = _tables.GetValueOrDefault(target)?.Select(r => r[(string)key["reference"]!["fields"]!]).ToHashSet() ?? [];
            Expect(rows.Select(r => r[name]).Where(v => v.Length > 0).All(known.Contains), $"{table}.{name} points to nothing in {target}");
        }
    }

    private void Expect(bool holds, string fault)
    {
        if (!holds)
        {
            _faults.Add(fault);
        }
    }

    private bool Is(string type, string? format, string value) => type switch
    {
        "number" => decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "time" => TimeOnly.TryParseExact(value, "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "datetime" => DateTime.TryParseExact(value, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "array" => JsonNode.Parse(value) is JsonArray,
        "boolean" => value is "true" or "false",
        "string" => format switch
        {
            "uuid" => Guid.TryParseExact(value, "D", out _),
            "uri" when _formats => Uri.TryCreate(value, UriKind.Absolute, out _),
            "email" when _formats => value.Split('@') is [{ Length: > 0 }, { Length: > 0 }],
            _ => true,
        },
        _ => false,
    };

    private static async Task<List<Dictionary<string, string>>> RowsAsync(Stream file)
    {
        using var reader = new StreamReader(file, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false);
        var records = Records(await reader.ReadToEndAsync()).ToList();
        Assert.All(records, r => Assert.Equal(records[0].Count, r.Count));
        return [.. records.Skip(1).Select(r => records[0].Zip(r).ToDictionary(c => c.First, c => c.Second))];
    }

    /// <summary>Records by RFC 4180.</summary>
    private static IEnumerable<List<string>> Records(string text)
    {
        var (record, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (quoted || (c != ',' && c != '\n' && c != '\r'))
            {
                cell.Append(c);
            }
            else if (c != '\r')
            {
                record.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    yield return record;
                    record = [];
                }
            }
        }
    }
}
