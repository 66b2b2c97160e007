using HealthEquity.Admin.Access;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Entries;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>Opens the list of entries with a view's search.</summary>
public sealed class ViewModel : ConsolePage
{
    public async Task<IActionResult> OnGetAsync(string slug)
    {
        var query = EntryViews.QueryOf(slug) ?? (await ReadAsync(s => SavedViews.FindAsync(s, slug, User.CuratorId(), Cancellation)))?.Query
            ?? throw new NotFoundException($"view {slug}");
        return LocalRedirect($"{Request.PathBase}/entries{query}");
    }
}
