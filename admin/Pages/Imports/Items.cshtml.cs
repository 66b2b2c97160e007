using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Imports.Records;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Imports;

/// <summary>An entry in the list, with its first changes.</summary>
/// <param name="Item">The entry.</param>
/// <param name="Changes">The first changes. Conflicts are marked.</param>
/// <param name="More">The number of further changes.</param>
public sealed record ListedItem(ImportItem Item, IReadOnlyList<(ChangeView View, bool Contested)> Changes, int More);

/// <summary>Lists the entries of an import that have the same outcome.</summary>
public sealed class ItemsModel(DirectoryRules rules) : ConsolePage
{
    private const int PageSize = 50;
    private const int ChangesShown = 5;
    private const int MaxTextLength = 400;

    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true), FromQuery]
    public int Number { get; set; } = 1;

    public Import Import { get; private set; } = null!;

    public ImportOutcome Outcome { get; private set; }

    public IReadOnlyList<ListedItem> Items { get; private set; } = [];

    public bool HasMore { get; private set; }

    public async Task<IActionResult> OnGetAsync(string outcome)
    {
        if (Enum.GetValues<ImportOutcome>().Where(o => o.Code() == outcome).ToList() is not [var known])
        {
            return NotFound();
        }

        Outcome = known;
        Number = Math.Clamp(Number, 1, int.MaxValue / PageSize);
        var vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        Import = await ImportStore.ReadAsync(session, Id, Cancellation);
        var items = await ImportItems.ListAsync(session, Id, known, null, (Number - 1) * PageSize, PageSize + 1, Cancellation);
        HasMore = items.Count > PageSize;
        var kinds = await ImportItems.KindsAsync(session, items, Cancellation);
        Items = [.. items.Take(PageSize).Select(i => Listed(i, i.EntryId is { } entry && kinds.TryGetValue(entry, out var kind) ? kind : EntryKind.Organization, vocabularies))];
        return Page();
    }

    private static ListedItem Listed(ImportItem item, EntryKind kind, VocabularySet vocabularies)
    {
        var changes = item.ChangeList().Where(c => c.Path != "kind").ToList();
        var shown = changes.Take(ChangesShown).Select(c => (ImportLabels.Change(kind, c, vocabularies, MaxTextLength), c.Contested));
        return new ListedItem(item, [.. shown], Math.Max(0, changes.Count - ChangesShown));
    }
}
