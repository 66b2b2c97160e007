using HealthEquity.Admin.Access;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.BulkChanges;

/// <summary>Lists changes of many entries at once, latest first.</summary>
[AtLeast(CuratorRole.Curator)]
public sealed class IndexModel : ConsolePage
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true), FromQuery]
    public int Number { get; set; } = 1;

    public IReadOnlyList<BulkChange> Changes { get; private set; } = [];

    public ActorNames Names { get; private set; } = null!;

    public bool HasMore { get; private set; }

    public async Task OnGetAsync()
    {
        Number = Math.Clamp(Number, 1, int.MaxValue / PageSize);
        await using var session = await Database.OpenAsync(Cancellation);
        var found = await BulkChangeStore.ListAsync(session, (Number - 1) * PageSize, PageSize + 1, Cancellation);
        (HasMore, Changes) = (found.Count > PageSize, [.. found.Take(PageSize)]);
        Names = await ActorNames.ReadAsync(session, Cancellation);
    }
}
