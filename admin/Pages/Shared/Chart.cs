namespace HealthEquity.Admin.Pages.Shared;

/// <summary>A bar of a chart: its label and the values of its segments.</summary>
public sealed record ChartRow(string Label, IReadOnlyList<int> Values)
{
    public int Total => Values.Sum();
}

/// <summary>A bar chart with a table of its numbers. The chart shows only the first rows if there are many; the table shows all.</summary>
public sealed record Chart(string Title, string Heading, IReadOnlyList<string> Series, IReadOnlyList<ChartRow> Rows)
{
    private const int MaxDrawn = 14;

    /// <summary>The rows shown as bars.</summary>
    public IReadOnlyList<ChartRow> Drawn => Rows.Count <= MaxDrawn ? Rows : [.. Rows.Take(MaxDrawn)];

    /// <summary>The length of the longest bar; 1 if all are empty.</summary>
    public int Largest => Math.Max(1, Rows.Count == 0 ? 1 : Rows.Max(r => r.Total));

    public bool IsEmpty => Rows.All(r => r.Total == 0);

    public static Chart Of(string title, string heading, IReadOnlyList<string> series, IEnumerable<(string Label, int[] Values)> rows) =>
        new(title, heading, series, [.. rows.Select(r => new ChartRow(r.Label, r.Values))]);
}
