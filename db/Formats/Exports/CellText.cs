using System.Text;
using System.Text.RegularExpressions;

namespace HealthEquity.Formats.Exports;

/// <summary>
/// How a text stands in a cell of a spreadsheet, and how it is read back the same. An empty cell is no text at all. An apostrophe at
/// the head guards what a spreadsheet would otherwise compute (OWASP, CSV injection) or lose: formulas, white space at the ends, the
/// empty text. Several texts in a cell are joined with "; ".
/// </summary>
public static partial class CellText
{
    private const char Guard = '\'';
    private const char Separator = ';';
    private const char Escape = '\\';

    // Stands for an item without a character, which would otherwise look like a stray separator.
    private const char Nothing = '0';

    // The full-width forms are taken for formulas by spreadsheets in East Asian languages.
    private const string FormulaStarts = "=+-@\t\r＝＋－＠";

    /// <summary>The cell of a text.</summary>
    public static string Of(string text) => NeedsGuard(text) ? Guard + text : text;

    /// <summary>The text of a cell; null when it is empty. White space that nothing guards is left out at both ends.</summary>
    public static string? Read(string cell)
    {
        if (cell.Length > 0 && cell[0] == Guard && NeedsGuard(cell[1..]))
        {
            return cell[1..];
        }

        var trimmed = cell.Trim();
        return trimmed.Length == 0 ? null : trimmed;
    }

    /// <summary>The cell of a list; empty for an empty one.</summary>
    public static string Join(IEnumerable<string> items)
    {
        var joined = string.Join("; ", items.Select(Escaped));
        return joined.Length == 0 ? "" : Of(joined);
    }

    /// <summary>The items of a cell.</summary>
    public static IReadOnlyList<string> Split(string cell)
    {
        var items = new List<string>();
        var item = new StringBuilder();
        // Where white space at the end of the item begins that nothing guards.
        var end = 0;
        var written = false;
        var text = Read(cell) ?? "";
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == Separator)
            {
                Add();
            }
            else if (text[i] == Escape && i + 1 < text.Length)
            {
                written = true;
                if (text[++i] != Nothing)
                {
                    item.Append(text[i]);
                }

                end = item.Length;
            }
            else if (!char.IsWhiteSpace(text[i]) || written)
            {
                item.Append(text[i]);
                written = true;
                end = char.IsWhiteSpace(text[i]) ? end : item.Length;
            }
        }

        Add();
        return items;

        void Add()
        {
            if (written)
            {
                items.Add(item.ToString(0, end));
            }

            item.Clear();
            (end, written) = (0, false);
        }
    }

    private static string Escaped(string item)
    {
        if (item.Length == 0)
        {
            return $"{Escape}{Nothing}";
        }

        var text = new StringBuilder(item.Length + 4);
        for (var i = 0; i < item.Length; i++)
        {
            if (item[i] is Separator or Escape || ((i == 0 || i == item.Length - 1) && char.IsWhiteSpace(item[i])))
            {
                text.Append(Escape);
            }

            text.Append(item[i]);
        }

        return text.ToString();
    }

    /// <summary>True for a text that a spreadsheet would compute; apostrophes at its head don't matter, so a guarded one is true too.</summary>
    public static bool IsFormula(string text)
    {
        var rest = text.AsSpan().TrimStart(Guard);
        return rest.Length > 0 && FormulaStarts.Contains(rest[0], StringComparison.Ordinal) && !PlainNumber().IsMatch(rest);
    }

    /// <summary>
    /// Whether the text, apostrophes at its head aside, begins like a formula, has white space at an end or is empty. Because
    /// apostrophes don't matter here, a guarded text needs a guard exactly if the text itself did: so reading undoes writing.
    /// </summary>
    private static bool NeedsGuard(string text)
    {
        var rest = text.AsSpan().TrimStart(Guard);
        return rest.Length == 0
            || char.IsWhiteSpace(rest[0])
            || char.IsWhiteSpace(rest[^1])
            || IsFormula(text);
    }

    /// <summary>A telephone number or a coordinate: a spreadsheet shows it as it is.</summary>
    [GeneratedRegex(@"\A[+-]?[0-9]+(\.[0-9]+)?\z")]
    private static partial Regex PlainNumber();
}
