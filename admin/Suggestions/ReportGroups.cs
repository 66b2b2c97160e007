using HealthEquity.Store.Suggestions;

namespace HealthEquity.Admin.Suggestions;

/// <summary>Reports that say nearly the same about an entry.</summary>
/// <param name="Reports">The reports, oldest first.</param>
/// <param name="Urgency">The urgency of the most urgent.</param>
public sealed record SameReports(IReadOnlyList<Suggestion> Reports, ReportUrgency Urgency)
{
    /// <summary>The report to show.</summary>
    public Suggestion First => Reports[0];
}

/// <summary>The open reports about one entry, or about entries that are missing.</summary>
/// <param name="EntryId">The entry; null for missing entries.</param>
/// <param name="Name">The entry's name; null for missing entries.</param>
/// <param name="Reports">The reports, most urgent first, nearly the same ones together.</param>
public sealed record ReportedEntry(Guid? EntryId, string? Name, IReadOnlyList<SameReports> Reports)
{
    /// <summary>The urgency of the most urgent report.</summary>
    public ReportUrgency Urgency => Reports.Max(r => r.Urgency);

    /// <summary>The number of reports.</summary>
    public int Count => Reports.Sum(r => r.Reports.Count);
}

/// <summary>Sorts open reports for curators: danger and papers first, by entry.</summary>
public static class ReportGroups
{
    /// <summary>The most reports of an entry that are compared with each other.</summary>
    private const int MostCompared = 200;

    /// <summary>Returns the reported entries, most urgent first, then those with most reports, then the oldest.</summary>
    public static IReadOnlyList<ReportedEntry> Of(IReadOnlyList<Suggestion> open) =>
    [
        .. open.GroupBy(s => s.EntryId).SelectMany(g => g.Key is null
                // Missing entries have nothing in common, unless they say nearly the same.
                ? Same([.. g]).Select(same => new ReportedEntry(null, null, [same]))
                : [new ReportedEntry(g.Key, g.First().EntryName, [.. Same([.. g]).OrderByDescending(s => s.Urgency).ThenBy(s => s.First.ReceivedAt)])])
            .OrderByDescending(e => e.Urgency).ThenByDescending(e => e.Count).ThenBy(e => e.Reports.Min(r => r.First.ReceivedAt)),
    ];

    private static IEnumerable<SameReports> Same(IReadOnlyList<Suggestion> reports)
    {
        var groups = new List<List<Suggestion>>();
        foreach (var report in reports)
        {
            var found = groups.Count > MostCompared ? null : groups.Find(g => g[0].Field == report.Field && ReportTriage.IsNearlySame(g[0].Message, report.Message));
            if (found is null)
            {
                groups.Add([report]);
            }
            else
            {
                found.Add(report);
            }
        }

        return groups.Select(g => new SameReports(g, g.Max(r => ReportTriage.Of(r.Message))));
    }
}
