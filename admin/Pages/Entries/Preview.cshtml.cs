using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Entries;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>Previews an entry as the public will see it.</summary>
public sealed class PreviewModel(DirectoryRules rules) : ConsolePage
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    public EntryRow Row { get; private set; } = null!;

    public PreviewView View { get; private set; } = null!;

    public async Task OnGetAsync(string? language)
    {
        var vocabularies = await rules.VocabulariesAsync(Cancellation);
        (Row, View) = await ReadAsync(async s =>
        {
            var row = await EntryStore.ReadAsync(s, Id, Cancellation);
            var latest = await EntryStore.ReadRevisionAsync(s, Id, row.LatestRevision, Cancellation);
            var entry = EntryJson.Read(latest.Body);
            var outdated = language is null ? null : await TranslationHistory.OutdatedAsync(s, Id, entry, Cancellation);
            return (row, PreviewView.Of(entry, vocabularies, language, outdated));
        });
    }
}
