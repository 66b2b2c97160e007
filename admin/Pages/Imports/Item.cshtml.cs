using System.Text.Json;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Entries;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Records;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Imports;

/// <summary>One entry of an import: what changes in it, and how it reads as the source has it.</summary>
public sealed class ItemModel(DirectoryRules rules) : ConsolePage
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    public Import Import { get; private set; } = null!;

    public ImportItem Item { get; private set; } = null!;

    /// <summary>The fields that change; none for an entry that is new.</summary>
    public IReadOnlyList<ChangeView> Changes { get; private set; } = [];

    /// <summary>Fields that a curator changed too.</summary>
    public IReadOnlyList<ChangeView> Contested { get; private set; } = [];

    /// <summary>Its ids in the source.</summary>
    public string SourceIds { get; private set; } = "";

    /// <summary>As the public would see what the source says; null where the plan keeps no text of it.</summary>
    public PreviewView? View { get; private set; }

    public async Task OnGetAsync(int number)
    {
        var vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        Import = await ImportStore.ReadAsync(session, Id, Cancellation);
        Item = await ImportItems.ReadAsync(session, Id, number, Cancellation);
        SourceIds = string.Join(", ", JsonSerializer.Deserialize<List<string>>(Item.SourceIds)!);
        var said = Item.Body is null ? null : EntryJson.Read(Item.Body);
        var kinds = await ImportItems.KindsAsync(session, [Item], Cancellation);
        var kind = said?.Kind ?? (Item.EntryId is { } entry && kinds.TryGetValue(entry, out var known) ? known : EntryKind.Organization);
        IReadOnlyList<ChangeView> Views(bool contested) =>
            [.. Item.ChangeList().Where(c => c.Contested == contested && c.Path != "kind").Select(c => ImportWords.Change(kind, c, vocabularies))];
        (Changes, Contested) = (Views(contested: false), Views(contested: true));
        View = said is null ? null : PreviewView.Of(said, vocabularies, language: null);
    }
}
