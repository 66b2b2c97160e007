namespace HealthEquity.Admin.Pages.Shared;

/// <summary>A bar of a chart: its label and the values of its segments.</summary>
public sealed record ChartRow(string Label, IReadOnlyList<int> Values)
{
    public int Total => Values.Sum();
}

/// <summary>A bar chart with a table of its numbers. Both show only the first rows if there are many, the table more than the chart.</summary>
public sealed record Chart(string Title, string Heading, IReadOnlyList<string> Series, IReadOnlyList<ChartRow> Rows)
{
    private const int MaxDrawn = 14;
    private const int MaxListed = 200;
    private const int MaxCut = 3;

    /// <summary>The value that fills the width; null for that of the longest bar that is not cut off.</summary>
    public int? Maximum { get; init; }

    /// <summary>The rows shown as bars.</summary>
    public IReadOnlyList<ChartRow> Drawn => Rows.Count <= MaxDrawn ? Rows : [.. Rows.Take(MaxDrawn)];

    /// <summary>The rows of the table.</summary>
    public IReadOnlyList<ChartRow> Listed => Rows.Count <= MaxListed ? Rows : [.. Rows.Take(MaxListed)];

    /// <summary>
    /// The value that fills the width. A few bars that are far longer than all others are cut off there, because the others could not be seen
    /// beside them: as few as it takes for half of the others to fill a hundredth of the width.
    /// </summary>
    public int Largest
    {
        get
        {
            var totals = Drawn.Select(r => r.Total).Where(t => t > 0).OrderDescending().ToList();
            if (Maximum is not null || totals.Count == 0)
            {
                return Maximum ?? 1;
            }

            var cut = Enumerable.Range(0, MaxCut + 1).Where(n => n + 1 < totals.Count).Select(n => totals[n..])
                .FirstOrDefault(rest => rest[rest.Count / 2] * 100 >= rest[0]);
            return cut?[0] ?? totals[0];
        }
    }

    public bool IsEmpty => Maximum is null ? Rows.All(r => r.Total == 0) : Rows.Count == 0;

    /// <summary>Whether a bar is cut off.</summary>
    public bool IsCut(ChartRow row) => row.Total > Largest;

    public static Chart Of(string title, string heading, IReadOnlyList<string> series, IEnumerable<(string Label, int[] Values)> rows) =>
        new(title, heading, series, [.. rows.Select(r => new ChartRow(r.Label, r.Values))]);
}
