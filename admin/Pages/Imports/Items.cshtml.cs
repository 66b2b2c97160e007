using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Imports.Records;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Imports;

/// <summary>An entry of an import in a list, with the first of its changes.</summary>
/// <param name="Item">The entry.</param>
/// <param name="Changes">Its first changes; a field that a curator changed too is marked.</param>
/// <param name="More">How many there are besides.</param>
public sealed record ListedItem(ImportItem Item, IReadOnlyList<(ChangeView View, bool Contested)> Changes, int More);

/// <summary>The entries of an import of which the same becomes, a page at a time.</summary>
public sealed class ItemsModel(DirectoryRules rules) : ConsolePage
{
    private const int PageSize = 50;
    private const int ChangesShown = 5;
    private const int LongestText = 400;

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
        var shown = changes.Take(ChangesShown).Select(c => (ImportWords.Change(kind, c, vocabularies, LongestText), c.Contested));
        return new ListedItem(item, [.. shown], Math.Max(0, changes.Count - ChangesShown));
    }
}
