using HealthEquity.Admin.Access;
using HealthEquity.Admin.Branding;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Verification;

namespace HealthEquity.Admin.Pages.Reviews;

/// <summary>Lists the entries in review.</summary>
public sealed class IndexModel : ConsolePage
{
    public IReadOnlyList<EntryRow> Mine { get; private set; } = [];

    public IReadOnlyList<EntryRow> Others { get; private set; } = [];

    public ActorNames Names { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        var mine = WorkQueue.ReviewableBy(User.CuratorId(), await Department.SettingsAsync(Cancellation));
        await using var session = await Database.OpenAsync(Cancellation);
        Names = await ActorNames.ReadAsync(session, Cancellation);
        Mine = await EntryFinder.FindAsync(session, mine, EntrySort.Changed, 0, 200, Cancellation);
        var all = await EntryFinder.FindAsync(session, new EntryFilter { Draft = DraftState.InReview }, EntrySort.Changed, 0, 200, Cancellation);
        Others = [.. all.Where(a => Mine.All(m => m.EntryId != a.EntryId))];
    }
}
