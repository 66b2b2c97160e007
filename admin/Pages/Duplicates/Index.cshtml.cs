using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Duplicates;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Duplicates;

/// <summary>Lists possible duplicates, most likely first.</summary>
public sealed class IndexModel : ConsolePage
{
    private const int PageSize = 50;

    /// <summary>The code of a kind of entry; empty for all.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? Kind { get; set; }

    /// <summary>Only pairs with an entry that this import created or changed.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public Guid? Import { get; set; }

    [BindProperty(SupportsGet = true), FromQuery]
    public int Number { get; set; } = 1;

    public IReadOnlyList<ListedPair> Items { get; private set; } = [];

    public int Count { get; private set; }

    public bool HasMore => Count > Number * PageSize;

    public async Task OnGetAsync()
    {
        Number = Math.Clamp(Number, 1, int.MaxValue / PageSize);
        var filter = new PairFilter { Kind = EntryKinds.TryParse(Kind, out var kind) ? kind : null, ImportId = Import };
        (Items, Count) = await ReadAsync(async s => (
            await DuplicateStore.ListAsync(s, filter, (Number - 1) * PageSize, PageSize, Cancellation),
            await DuplicateStore.CountAsync(s, filter, Cancellation)));
    }

    /// <summary>Returns the URL of another page of the list.</summary>
    public string PageAt(int number) => Url.Page("Index", new { Kind, Import, Number = number })!;
}
