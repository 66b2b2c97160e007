using HealthEquity.Admin.Access;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Suggestions;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Suggestions;

/// <summary>Lists suggestions from the public.</summary>
[AtLeast(CuratorRole.Curator)]
public sealed class IndexModel : ConsolePage
{
    private const int PageSize = 50;

    /// <summary>"open", "settled", or "dismissed".</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string State { get; set; } = "open";

    [BindProperty(SupportsGet = true), FromQuery]
    public int Number { get; set; } = 1;

    public IReadOnlyList<Suggestion> Items { get; private set; } = [];

    public bool HasMore { get; private set; }

    /// <summary>Returns the label of a field from any kind that has it.</summary>
    public static string LabelOf(string field) =>
        EntryKinds.All.Select(kind => ChangeView.Describe(kind, field)).FirstOrDefault(c => c.Field is not null).Label ?? field;

    public async Task OnGetAsync()
    {
        State = State is "settled" or "dismissed" ? State : "open";
        Number = Math.Max(1, Number);
        var found = await ReadAsync(s => SuggestionStore.ListAsync(s, State, (Number - 1) * PageSize, PageSize + 1, Cancellation));
        HasMore = found.Count > PageSize;
        Items = [.. found.Take(PageSize)];
    }
}
