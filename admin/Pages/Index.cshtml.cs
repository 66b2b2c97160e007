using HealthEquity.Admin.Access;
using HealthEquity.Admin.Branding;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Records;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Verification;

namespace HealthEquity.Admin.Pages;

/// <summary>What a curator opens the day with: what to check next, what waits, and how well the directory is kept.</summary>
public sealed class IndexModel(DirectoryHealth health) : ConsolePage
{
    private const int NextShown = 12;
    private const int UnreachedShown = 6;
    private const int MonthsShown = 12;

    public WorkCounts Counts { get; private set; } = null!;

    public IReadOnlyList<EntryRow> Next { get; private set; } = [];

    /// <summary>Why an entry is to be checked next, where somebody asked for it or nobody can be reached.</summary>
    public IReadOnlyDictionary<Guid, string> Reasons { get; private set; } = new Dictionary<Guid, string>();

    public IReadOnlyList<AutosavedDraft> Unsaved { get; private set; } = [];

    public Chart Freshness { get; private set; } = null!;

    public Chart InTime { get; private set; } = null!;

    public Chart Languages { get; private set; } = null!;

    public Chart Counties { get; private set; } = null!;

    /// <summary>The day that it is where the department is.</summary>
    public DateOnly Today { get; private set; }

    /// <summary>Pairs of entries that may be one.</summary>
    public int Alike { get; private set; }

    /// <summary>Imports that are planned, and conflicts to settle.</summary>
    public ImportsWaiting Imports { get; private set; } = null!;

    public int CapacityDays { get; private set; }

    public int CredentialDays { get; private set; }

    public async Task OnGetAsync()
    {
        Today = await Department.TodayAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        var settings = await SettingStore.ReadAsync(session, Cancellation);
        (CapacityDays, CredentialDays) = (settings.CapacityDays, settings.CredentialDays);
        Counts = await WorkQueue.CountAsync(session, User.CuratorId(), Today, Cancellation);
        Alike = await DuplicateStore.CountAsync(session, PairFilter.All, Cancellation);
        Imports = await ImportStore.WaitingAsync(session, Cancellation);
        var unreached = await WorkQueue.UnreachedAsync(session, settings, Cancellation);
        Next = await NextAsync(session, unreached);
        Reasons = await ReasonsAsync(session, unreached);
        Unsaved = await AutosavedDrafts.ListAsync(session, User.CuratorId(), Cancellation);
        var counted = await health.ReadAsync(Cancellation);
        var fresh = counted.Freshness;
        Freshness = ByMonth(fresh);
        InTime = Chart.Of("Verified in time, percent by kind", "Kind", ["Percent"], EntryKinds.All.Select(k => (EntryWords.Kind(k), new[] { Percent(fresh, k) })));
        Languages = Covered("Entries that help people, by language", "Language", counted.Languages, EntryFormView.LanguageName);
        Counties = Covered("Entries that help people, by county", "County", counted.Counties, code => HealthEquity.Directory.Geography.Counties.Parse(code)?.FullName ?? code);
    }

    private async Task<Dictionary<Guid, string>> ReasonsAsync(DbSession session, IReadOnlyList<UnreachedEntry> unreached)
    {
        var asked = await CheckRequests.FindAsync(session, Next.Select(n => n.EntryId), Cancellation);
        var reasons = asked.ToDictionary(a => a.EntryId, a => a.Reason);
        foreach (var entry in unreached)
        {
            reasons[entry.EntryId] = $"Nobody was reached the last {entry.Tries} times: suspend it?";
        }

        return reasons;
    }

    /// <summary>First what is to be suspended, then the curator's own; whoever has none of their own sees everybody's.</summary>
    private async Task<IReadOnlyList<EntryRow>> NextAsync(DbSession session, IReadOnlyList<UnreachedEntry> unreached)
    {
        var next = new List<EntryRow>();
        foreach (var entry in unreached.Take(UnreachedShown))
        {
            next.Add(await EntryStore.ReadAsync(session, entry.EntryId, Cancellation));
        }

        next.AddRange((await DueAsync(session)).Where(d => next.All(n => n.EntryId != d.EntryId)));
        return [.. next.Take(NextShown)];
    }

    private async Task<IReadOnlyList<EntryRow>> DueAsync(DbSession session)
    {
        var soon = new EntryFilter { DueBefore = Today.AddDays(30) };
        var mine = await EntryFinder.FindAsync(session, soon with { AssignedTo = User.CuratorId() }, EntrySort.Due, 0, NextShown, Cancellation);
        return mine.Count > 0 ? mine : await EntryFinder.FindAsync(session, soon, EntrySort.Due, 0, NextShown, Cancellation);
    }

    private Chart ByMonth(IReadOnlyList<HealthCount> counts)
    {
        var months = Enumerable.Range(0, MonthsShown).Select(n => Today.AddMonths(n - MonthsShown + 1).ToString("yyyy-MM", null)).ToList();
        var kinds = EntryKinds.All.Where(k => counts.Any(c => c.Kind == k.Code())).ToList();
        int Number(EntryKind kind, Func<string?, bool> month) => counts.Where(c => c.Kind == kind.Code() && month(c.Heading)).Sum(c => c.Number);
        var rows = months.Select(m => (m, kinds.Select(k => Number(k, h => h == m)).ToArray()))
            .Prepend(("earlier", [.. kinds.Select(k => Number(k, h => h is not null && string.CompareOrdinal(h, months[0]) < 0))]))
            .Prepend(("never", [.. kinds.Select(k => Number(k, h => h is null))]));
        return Chart.Of("Public entries by the month in which they were last confirmed", "Month", [.. kinds.Select(EntryWords.Kind)], rows);
    }

    private static Chart Covered(string title, string heading, IReadOnlyList<HealthCount> counts, Func<string, string> nameOf) =>
        Chart.Of(title, heading, ["Entries"], counts.Select(c => (nameOf(c.Heading ?? ""), new[] { c.Number })));

    private static int Percent(IReadOnlyList<HealthCount> counts, EntryKind kind)
    {
        var ofKind = counts.Where(c => c.Kind == kind.Code()).ToList();
        var all = ofKind.Sum(c => c.Number);
        return all == 0 ? 0 : (int)Math.Round(100.0 * ofKind.Sum(c => c.InTime) / all);
    }
}
