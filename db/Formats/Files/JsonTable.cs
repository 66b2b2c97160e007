using System.Text.Json;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Files;

/// <summary>
/// A JSON file as a table: one row per item, one column per member. Nested members are named by their path ("address.city", "phones.1.number"); a
/// list of strings is one cell, joined with "; ".
/// </summary>
public sealed class JsonTable : SourceTable
{
    private readonly JsonSourceFile _file;
    private readonly SourceLimits _limits;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);

    private JsonTable(string path, SourceLimits limits)
        : base(path)
    {
        _limits = limits;
        _file = JsonSourceFile.Open(path, limits);
        foreach (var item in _file.Items())
        {
            Flatten(item.Value, "", (name, _) => AddColumn(name));
        }

        Columns = _columns.Count > 0 ? [.. _columns.Keys] : throw new ImportFileException($"The file '{path}' has no items with members. Write [ {{ \"name\": … }}, … ].");
    }

    /// <inheritdoc/>
    public override string Description => _file.IsLines ? "ND-JSON, one item per line" : "a list of items in JSON";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <summary>Opens a file and reads it once to collect the names of its members.</summary>
    /// <exception cref="ImportFileException">The file can't be read or exceeds a limit.</exception>
    public static JsonTable Open(string path, SourceLimits limits) => new(path, limits);

    /// <inheritdoc/>
    public override IEnumerable<TableRow> Rows()
    {
        foreach (var item in _file.Items())
        {
            var cells = new string[_columns.Count];
            Array.Fill(cells, "");
            var row = new TableRow(item.Line, cells) { Place = item.Place };
            if (item.Fault is { } fault)
            {
                yield return row with { Damage = (fault, "Correct the line in the file.") };
            }
            else if (item.Value.ValueKind != JsonValueKind.Object)
            {
                yield return row with { Damage = ("The item is not an object.", "Write it as { \"name\": … }.") };
            }
            else
            {
                Flatten(item.Value, "", (name, text) => cells[_columns[name]] = text);
                if (cells.Any(c => !string.IsNullOrWhiteSpace(c)))
                {
                    yield return row;
                }
            }
        }
    }

    private void AddColumn(string name)
    {
        if (_columns.TryAdd(name, _columns.Count) && _columns.Count > _limits.MaximumColumns)
        {
            throw TooManyColumns(Path, _limits);
        }
    }

    private static void Flatten(JsonElement value, string path, Action<string, string> add)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Flatten(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}", add);
                }

                break;
            case JsonValueKind.Array when path.Length > 0 && value.EnumerateArray().Any(i => i.ValueKind is JsonValueKind.Object or JsonValueKind.Array):
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    Flatten(item, $"{path}.{index + 1}", add);
                }

                break;
            case JsonValueKind.Array when path.Length > 0:
                add(path, string.Join("; ", value.EnumerateArray().Where(i => i.ValueKind != JsonValueKind.Null).Select(Text)));
                break;
            case JsonValueKind.Undefined or JsonValueKind.Null:
                break;
            default:
                if (path.Length > 0)
                {
                    add(path, Text(value));
                }

                break;
        }
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };
}
