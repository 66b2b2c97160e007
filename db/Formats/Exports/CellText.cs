using System.Text;
using System.Text.RegularExpressions;

namespace HealthEquity.Formats.Exports;

/// <summary>
/// Writes strings to spreadsheet cells and reads them back unchanged. An empty cell is null. A leading apostrophe protects text that a
/// spreadsheet would evaluate (OWASP, CSV injection) or lose: formulas, leading and trailing white space, the empty string. Lists are joined with
/// "; ".
/// </summary>
public static partial class CellText
{
    private const char Guard = '\'';
    private const char Separator = ';';
    private const char Escape = '\\';

    // Marks an empty item, which would otherwise look like a stray separator.
    private const char EmptyItem = '0';

    // Spreadsheets in East Asian languages also treat the full-width forms as formulas.
    private const string FormulaStarts = "=+-@\t\r＝＋－＠";

    /// <summary>The cell for a string.</summary>
    public static string Of(string text) => NeedsGuard(text) ? Guard + text : text;

    /// <summary>The string in a cell; null if it is empty. Trims unprotected white space.</summary>
    public static string? Read(string cell)
    {
        if (cell.Length > 0 && cell[0] == Guard && NeedsGuard(cell[1..]))
        {
            return cell[1..];
        }

        var trimmed = cell.Trim();
        return trimmed.Length == 0 ? null : trimmed;
    }

    /// <summary>The cell for a list; empty for an empty list.</summary>
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
        // Where unprotected trailing white space of the item begins.
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
                if (text[++i] != EmptyItem)
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
            return $"{Escape}{EmptyItem}";
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

    /// <summary>True for text that a spreadsheet would evaluate. Ignores leading apostrophes, so protected text counts, too.</summary>
    public static bool IsFormula(string text)
    {
        var rest = text.AsSpan().TrimStart(Guard);
        return rest.Length > 0 && FormulaStarts.Contains(rest[0], StringComparison.Ordinal) && !PlainNumber().IsMatch(rest);
    }

    /// <summary>
    /// Whether the text, ignoring leading apostrophes, starts like a formula, has leading or trailing white space, or is empty. Because
    /// apostrophes are ignored, protected text needs protection exactly if the original did, so reading reverses writing.
    /// </summary>
    private static bool NeedsGuard(string text)
    {
        var rest = text.AsSpan().TrimStart(Guard);
        return rest.Length == 0
            || char.IsWhiteSpace(rest[0])
            || char.IsWhiteSpace(rest[^1])
            || IsFormula(text);
    }

    /// <summary>A phone number or coordinate, which a spreadsheet shows unchanged.</summary>
    [GeneratedRegex(@"\A[+-]?[0-9]+(\.[0-9]+)?\z")]
    private static partial Regex PlainNumber();
}
