using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Duplicates;

/// <summary>Lists groups of entries that may be duplicates, most likely first, and the merges that curators propose.</summary>
public sealed class IndexModel(DuplicateStore duplicates) : ConsolePage
{
    private const int PageSize = 25;

    /// <summary>The code of a kind of entry; empty for all.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? Kind { get; set; }

    /// <summary>Only pairs with an entry that this import created or changed.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public Guid? Import { get; set; }

    [BindProperty(SupportsGet = true), FromQuery]
    public int Number { get; set; } = 1;

    public IReadOnlyList<DuplicateGroup> Groups { get; private set; } = [];

    /// <summary>The number of groups on all pages.</summary>
    public int Count { get; private set; }

    /// <summary>The number of pairs on all pages.</summary>
    public int Pairs { get; private set; }

    /// <summary>The latest content of the entries on the page.</summary>
    public IReadOnlyDictionary<Guid, Entry> Contents { get; private set; } = new Dictionary<Guid, Entry>();

    /// <summary>Merges that wait for a reviewer.</summary>
    public IReadOnlyList<MergeProposal> Proposals { get; private set; } = [];

    public ActorNames Names { get; private set; } = null!;

    /// <summary>The entries that were selected when a form was refused.</summary>
    public IReadOnlyList<Guid> Chosen { get; private set; } = [];

    public bool HasMore => Count > Number * PageSize;

    public async Task OnGetAsync()
    {
        Number = Math.Clamp(Number, 1, int.MaxValue / PageSize);
        var filter = new PairFilter { Kind = EntryKinds.TryParse(Kind, out var kind) ? kind : null, ImportId = Import };
        await using var session = await Database.OpenAsync(Cancellation);
        (Groups, Count) = await DuplicateGroup.PageAsync(session, filter, (Number - 1) * PageSize, PageSize, Cancellation);
        Pairs = await DuplicateStore.CountAsync(session, filter, Cancellation);
        Contents = await EntryContents.ReadAsync(session, Groups.SelectMany(g => g.Ids).Distinct(), Cancellation);
        Proposals = await MergeProposals.ListAsync(session, Cancellation);
        Names = await ActorNames.ReadAsync(session, Cancellation);
    }

    /// <summary>Marks entries of a group as different: all of them, or the selected ones from all others.</summary>
    /// <param name="group">The entries of the group.</param>
    /// <param name="chosen">The selected entries.</param>
    /// <param name="which">all, or chosen.</param>
    public async Task<IActionResult> OnPostNotSameAsync(Guid[] group, Guid[] chosen, string? which)
    {
        Chosen = chosen;
        var entries = which == "all" ? group : chosen;
        if (entries.Length == 0)
        {
            ModelState.AddModelError("", "Select the entries that are not the same as any other.");
        }
        else
        {
            var pairs = 0;
            if (await TryAsync(async s => pairs = await duplicates.NotSameAsync(s, entries, group, Actor, Cancellation)))
            {
                Notice = pairs == 1 ? "Marked as not duplicates. This pair will not be suggested again." : $"Marked {pairs:N0} pairs as not duplicates. They will not be suggested again.";
                return Redirect(PageAt(Number));
            }
        }

        await OnGetAsync();
        return Page();
    }

    /// <summary>Returns the URL of another page of the list.</summary>
    public string PageAt(int number) => Url.Page("Index", new { kind = Kind, import = Import, number })!;
}
