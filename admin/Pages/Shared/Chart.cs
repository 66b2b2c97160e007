namespace HealthEquity.Admin.Pages.Shared;

/// <summary>A bar of a chart: what it stands for, and its parts.</summary>
public sealed record ChartRow(string Label, IReadOnlyList<int> Values)
{
    public int Total => Values.Sum();
}

/// <summary>Numbers drawn as bars, with a table of the same numbers: bars only of the first rows where there are many, the table of all.</summary>
public sealed record Chart(string Title, string Heading, IReadOnlyList<string> Series, IReadOnlyList<ChartRow> Rows)
{
    private const int MostDrawn = 14;

    /// <summary>The rows that are drawn.</summary>
    public IReadOnlyList<ChartRow> Drawn => Rows.Count <= MostDrawn ? Rows : [.. Rows.Take(MostDrawn)];

    /// <summary>The longest bar; 1 when all are empty.</summary>
    public int Largest => Math.Max(1, Rows.Count == 0 ? 1 : Rows.Max(r => r.Total));

    public bool IsEmpty => Rows.All(r => r.Total == 0);

    public static Chart Of(string title, string heading, IReadOnlyList<string> series, IEnumerable<(string Label, int[] Values)> rows) =>
        new(title, heading, series, [.. rows.Select(r => new ChartRow(r.Label, r.Values))]);
}
