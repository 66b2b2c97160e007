namespace HealthEquity.Admin.Pages;

/// <summary>A bar of a chart: what it stands for, and its parts.</summary>
public sealed record ChartRow(string Label, IReadOnlyList<int> Values)
{
    public int Total => Values.Sum();
}

/// <summary>Numbers drawn as bars, with a table of the same numbers.</summary>
public sealed record Chart(string Title, string Heading, IReadOnlyList<string> Series, IReadOnlyList<ChartRow> Rows)
{
    /// <summary>The longest bar; 1 when all are empty.</summary>
    public int Largest => Math.Max(1, Rows.Count == 0 ? 1 : Rows.Max(r => r.Total));

    public bool IsEmpty => Rows.All(r => r.Total == 0);

    public static Chart Of(string title, string heading, IReadOnlyList<string> series, IEnumerable<(string Label, int[] Values)> rows) =>
        new(title, heading, series, [.. rows.Select(r => new ChartRow(r.Label, r.Values))]);
}
