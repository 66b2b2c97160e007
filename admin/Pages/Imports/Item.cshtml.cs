using System.Text.Json;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Entries;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Records;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Imports;

/// <summary>Shows one entry of an import: its changes and the source's content.</summary>
public sealed class ItemModel(DirectoryRules rules) : ConsolePage
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    public Import Import { get; private set; } = null!;

    public ImportItem Item { get; private set; } = null!;

    /// <summary>The changed fields; empty for a new entry.</summary>
    public IReadOnlyList<ChangeView> Changes { get; private set; } = [];

    /// <summary>The conflicting fields.</summary>
    public IReadOnlyList<ChangeView> Contested { get; private set; } = [];

    /// <summary>The entry's ids in the source.</summary>
    public string SourceIds { get; private set; } = "";

    /// <summary>The public view of the source's content; null if the plan does not store it.</summary>
    public PreviewView? View { get; private set; }

    public async Task OnGetAsync(int number)
    {
        var vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        Import = await ImportStore.ReadAsync(session, Id, Cancellation);
        Item = await ImportItems.ReadAsync(session, Id, number, Cancellation);
        SourceIds = string.Join(", ", JsonSerializer.Deserialize<List<string>>(Item.SourceIds)!);
        var content = Item.Body is null ? null : EntryJson.Read(Item.Body);
        var kinds = await ImportItems.KindsAsync(session, [Item], Cancellation);
        var kind = content?.Kind ?? (Item.EntryId is { } entry && kinds.TryGetValue(entry, out var known) ? known : EntryKind.Organization);
        IReadOnlyList<ChangeView> Views(bool contested) =>
            [.. Item.ChangeList().Where(c => c.Contested == contested && c.Path != "kind").Select(c => ImportLabels.Change(kind, c, vocabularies))];
        (Changes, Contested) = (Views(contested: false), Views(contested: true));
        View = content is null ? null : PreviewView.Of(content, vocabularies, language: null);
    }
}
