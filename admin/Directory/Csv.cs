using System.Text;

namespace HealthEquity.Admin.Directory;

/// <summary>Writes tables as CSV (RFC 4180), UTF-8 with a byte order mark, so that spreadsheets read every script.</summary>
public static class Csv
{
    /// <summary>The file's content.</summary>
    public static byte[] Write(IEnumerable<string> head, IEnumerable<IEnumerable<string?>> rows)
    {
        var text = new StringBuilder("\ufeff");
        foreach (var row in rows.Prepend(head))
        {
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A cell; one that a spreadsheet would take for a formula is marked as text.</summary>
    private static string Cell(string? text)
    {
        var safe = text is { Length: > 0 } && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text ?? "";
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
