namespace HealthEquity.Admin;

/// <summary>Rows of a CSV file (RFC 4180).</summary>
public static class Csv
{
    /// <summary>One row, with its line end.</summary>
    public static string Row(params IEnumerable<string?> cells) => string.Join(',', cells.Select(c => Cell(c ?? ""))) + "\r\n";

    /// <summary>A spreadsheet takes a cell that begins like this for a formula, and would run it; an apostrophe makes it a text.</summary>
    private static string Cell(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
