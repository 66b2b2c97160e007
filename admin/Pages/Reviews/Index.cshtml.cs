using HealthEquity.Admin.Access;
using HealthEquity.Admin.Branding;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Verification;

namespace HealthEquity.Admin.Pages.Reviews;

/// <summary>Lists the entries in review.</summary>
public sealed class IndexModel : ConsolePage
{
    public IReadOnlyList<EntryRow> Mine { get; private set; } = [];

    public IReadOnlyList<EntryRow> Others { get; private set; } = [];

    /// <summary>Bulk changes whose drafts are reviewed as one, with the number of drafts that wait.</summary>
    public IReadOnlyList<(BulkChange Change, int Waiting)> Bulk { get; private set; } = [];

    public ActorNames Names { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        var mine = WorkQueue.ReviewableBy(User.CuratorId(), await Department.SettingsAsync(Cancellation));
        await using var session = await Database.OpenAsync(Cancellation);
        Names = await ActorNames.ReadAsync(session, Cancellation);
        Mine = await EntryFinder.FindAsync(session, mine, EntrySort.Changed, 0, 200, Cancellation);
        var all = await EntryFinder.FindAsync(session, new EntryFilter { Draft = DraftState.InReview }, EntrySort.Changed, 0, 200, Cancellation);
        Others = [.. all.Where(a => Mine.All(m => m.EntryId != a.EntryId))];
        await GroupAsync(session);
    }

    /// <summary>Takes the drafts of bulk changes out of the lists. A change of a single entry stays there.</summary>
    private async Task GroupAsync(DbSession session)
    {
        var groups = (await BulkReview.WaitingAsync(session, change: null, Cancellation)).GroupBy(w => w.BulkChangeId).Where(g => g.Count() > 1).ToList();
        var bulk = new List<(BulkChange, int)>();
        foreach (var group in groups)
        {
            bulk.Add((await BulkChangeStore.ReadAsync(session, group.Key, Cancellation), group.Count()));
        }

        var grouped = groups.SelectMany(g => g).Select(w => w.EntryId).ToHashSet();
        Bulk = bulk;
        Mine = [.. Mine.Where(m => !grouped.Contains(m.EntryId))];
        Others = [.. Others.Where(o => !grouped.Contains(o.EntryId))];
    }
}
