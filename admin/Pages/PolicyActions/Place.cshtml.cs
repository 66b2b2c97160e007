using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Adoptions;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Tables;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.PolicyActions;

/// <summary>Everything that one jurisdiction adopted, drafts included.</summary>
public sealed class PlaceModel(PolicyDrafts drafts, DirectoryRules rules) : ConsolePage
{
    /// <summary>The jurisdiction's slug.</summary>
    [BindProperty(SupportsGet = true), FromRoute]
    public string Slug { get; set; } = "";

    /// <summary>The jurisdiction with its adoptions, newest first.</summary>
    public PolicyPlace Place { get; private set; } = null!;

    /// <summary>The actions that it adopted, with each adoption and its position in the action.</summary>
    public IReadOnlyList<(PolicyDraft Draft, int At, AdoptionRow Row)> Adoptions { get; private set; } = [];

    /// <summary>The actions that it has not adopted.</summary>
    public IReadOnlyList<PolicyDraft> Others { get; private set; } = [];

    public VocabularySet Vocabularies { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : NotFound();

    /// <summary>Its adoptions as a file.</summary>
    public async Task<IActionResult> OnGetCsvAsync() => await LoadAsync()
        ? File(await AdoptionTables.Adoptions(Place.Rows).WriteAsync(Cancellation), CsvTable.ContentType, $"{Place.Slug}.csv")
        : NotFound();

    /// <summary>Returns the label of a term.</summary>
    public string Label(string vocabulary, string code) => Vocabularies.Find(vocabulary, code)?.Label ?? code;

    private async Task<bool> LoadAsync()
    {
        Vocabularies = await rules.VocabulariesAsync(Cancellation);
        var all = await ReadAsync(s => drafts.ReadAsync(s, Cancellation));
        var rows = all.SelectMany(d => AdoptionRow.Of(d.Action).Index().Where(r => PolicyPlace.SlugOf(r.Item.Jurisdiction) == Slug).Select(r => (Draft: d, At: r.Index, Row: r.Item))).ToList();
        Adoptions = [.. rows.OrderByDescending(r => r.Row.Since ?? DateOnly.MinValue)];
        Others = [.. all.Where(d => rows.TrueForAll(r => r.Draft != d))];
        if (PolicyPlace.All(rows.Select(r => r.Row)) is not [var place, ..])
        {
            return false;
        }

        Place = place;
        return true;
    }
}
