using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.OpeningHours;

namespace HealthEquity.Formats.Exports;

/// <summary>
/// Converts an entry to the cells of one row and back without loss: <c>Read(Write(entry))</c> equals the entry. The columns are those of <see
/// cref="EntryColumns"/>; reading accepts any path, so a row may have a column <c>phones.7.number</c>.
/// </summary>
public static partial class EntryCells
{
    /// <summary>The cell for a record that exists but is empty.</summary>
    internal const string EmptyRecord = "{}";

    // A spreadsheet cell holds 32,767 characters.
    private const int MaxCellLength = 32_000;

    private static readonly JsonSerializerOptions MoreJson = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The cells that are not empty, by column.</summary>
    public static IReadOnlyDictionary<string, string> Write(Entry entry) =>
        Write(entry.Kind, JsonSerializer.SerializeToElement(entry, EntryJson.Full));

    /// <summary>The cells that are not empty, by column.</summary>
    /// <param name="kind">The entry's kind.</param>
    /// <param name="document">The entry in any of its JSON forms; other members than those of an entry and its facts are ignored.</param>
    public static IReadOnlyDictionary<string, string> Write(EntryKind kind, JsonElement document)
    {
        var row = new Row();
        row.Cells[EntryColumns.Kind] = kind.Code();
        Write(row, CellPaths.Kinds[kind], document, "", depth: 0, inColumns: true);
        foreach (var fact in CellPaths.Facts)
        {
            Write(row, fact, document, "", depth: 0, inColumns: true);
        }

        AddMore(row);
        return row.Cells;
    }

    /// <summary>Reads the entry of a row.</summary>
    /// <param name="cells">The cells by column; empty cells may be omitted.</param>
    /// <param name="faults">Receives an error for each cell that can't be read.</param>
    /// <returns>
    /// The entry, with its facts (<see cref="Entry.Id"/>, <see cref="Entry.Slug"/>…) if the row has them; null if an error was added. Validation
    /// rules are not checked.
    /// </returns>
    public static Entry? Read(IReadOnlyDictionary<string, string> cells, ICollection<CellFault> faults) => new RowReading(faults).Read(cells);

    private static bool Write(Row row, Type record, JsonElement value, string prefix, int depth, bool inColumns)
    {
        var any = false;
        foreach (var member in CellPaths.Of(record))
        {
            any |= Write(row, member, value, prefix, depth, inColumns);
        }

        return any;
    }

    private static bool Write(Row row, CellMember member, JsonElement holder, string prefix, int depth, bool inColumns)
    {
        if (!holder.TryGetProperty(member.Name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return false;
        }

        var path = prefix + member.Name;
        switch (member.Form)
        {
            case CellLayout.Value:
                return Put(row, path, value.ValueKind == JsonValueKind.String ? Text(member, value.GetString()!) : value.GetRawText(), inColumns);
            case CellLayout.List:
                return Put(row, path, CellText.Join(value.EnumerateArray().Select(i => i.GetString()).OfType<string>()), inColumns);
            case CellLayout.OpeningTimes:
                return Put(row, path, CellText.Join(value.EnumerateArray().Select(OpeningTimes.Write)), inColumns);
            case CellLayout.Record:
                return Write(row, member.Type, value, path + ".", depth, inColumns) || Put(row, path, EmptyRecord, inColumns: false);
            default:
                var number = 0;
                var width = EntryColumns.Width(member.Name, depth);
                foreach (var item in value.EnumerateArray().Where(i => i.ValueKind != JsonValueKind.Null))
                {
                    var itemPath = $"{path}.{++number}";
                    _ = Write(row, member.Type, item, itemPath + ".", depth + 1, inColumns && number <= width) || Put(row, itemPath, EmptyRecord, inColumns: false);
                }

                return number > 0;
        }
    }

    private static string Text(CellMember member, string text) => member.Type == typeof(string) ? CellText.Of(text) : text;

    private static bool Put(Row row, string path, string cell, bool inColumns)
    {
        if (cell.Length == 0)
        {
            return false;
        }

        (inColumns && Fits(cell) ? row.Cells : row.More)[path] = cell;
        return true;
    }

    /// <summary>Whether every spreadsheet program returns the cell unchanged.</summary>
    private static bool Fits(string cell) => cell.Length <= MaxCellLength && !Fragile().IsMatch(cell);

    private static void AddMore(Row row)
    {
        if (row.More.Count == 0)
        {
            return;
        }

        // In XLSX cells, "_x" would be read as the start of an encoded character.
        var rest = JsonSerializer.Serialize(row.More, MoreJson).Replace("_x", @"\u005fx", StringComparison.Ordinal);
        for (var column = 1; rest.Length > 0; column++)
        {
            var length = column == EntryColumns.MoreColumns ? rest.Length : Math.Min(MaxCellLength, rest.Length);
            row.Cells[EntryColumns.More + column.ToString(CultureInfo.InvariantCulture)] = CellText.Of(rest[..length]);
            rest = rest[length..];
        }
    }

    /// <summary>Control characters and carriage returns, which XML drops or changes, and text that XLSX reads as an encoded character.</summary>
    [GeneratedRegex(@"[\u0000-\u0008\u000B-\u001F\u007F\uFFFE\uFFFF]|_x[0-9A-Fa-f]{4}_")]
    private static partial Regex Fragile();

    private sealed class Row
    {
        /// <summary>Cells by column.</summary>
        public Dictionary<string, string> Cells { get; } = new(StringComparer.Ordinal);

        /// <summary>Cells without a column of their own, by path.</summary>
        public Dictionary<string, string> More { get; } = new(StringComparer.Ordinal);
    }
}
