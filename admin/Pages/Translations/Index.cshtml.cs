using HealthEquity.Admin.Access;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Imports;
using HealthEquity.Admin.Pages.Entries;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Translations;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Xliff;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Translations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace HealthEquity.Admin.Pages.Translations;

/// <summary>Shows what is unfinished in each language, and takes files from translators.</summary>
[AtLeast(CuratorRole.Translator)]
[TakesImportFile(CuratorRole.Translator, Megabytes = EntryTextFiles.MaxMegabytes, Advice = "Export fewer entries to a file.")]
public sealed class IndexModel(BulkChangeStore changes, ViewCounts counts, DirectoryRules rules) : ConsolePage
{
    private const int MaxRefusedShown = 100;

    /// <summary>The file from a translator.</summary>
    [BindProperty]
    public IFormFile? Upload { get; set; }

    /// <summary>How its texts were made.</summary>
    [BindProperty]
    public string Provenance { get; set; } = TranslationStore.Human;

    /// <summary>The public entries with unfinished texts, by language.</summary>
    public IReadOnlyList<UnfinishedTexts> Unfinished { get; private set; } = [];

    /// <summary>What the file changes; null before one was taken.</summary>
    public TranslationPlan? Plan { get; private set; }

    /// <summary>The bulk change with the new texts; null if there are none.</summary>
    public BulkChange? Change { get; private set; }

    /// <summary>The entries that could not be changed, with the reason.</summary>
    public IReadOnlyList<BulkItem> Refused { get; private set; } = [];

    public IEnumerable<SelectListItem> Provenances { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    /// <summary>Takes the texts of a file over, as drafts that go to review as one bulk change.</summary>
    public async Task<IActionResult> OnPostImportAsync()
    {
        if (Read() is { } file)
        {
            await rules.VocabulariesAsync(Cancellation);
            Plan = await ReadAsync(s => EntryTextFiles.PlanAsync(s, file, Cancellation));
            if (Plan.Values.Count > 0)
            {
                await TakeAsync(file.Language, Plan);
            }
        }

        await LoadAsync();
        return Page();
    }

    /// <summary>The file, if it can be read and the user may write its language.</summary>
    private XliffFile? Read()
    {
        if (!TranslationStore.Provenances.Contains(Provenance))
        {
            ModelState.AddModelError(nameof(Provenance), "Choose how the texts were made.");
        }

        if (Upload is not { Length: > 0 } upload)
        {
            ModelState.AddModelError(nameof(Upload), "Choose the XLIFF file that came back from the translator.");
            return null;
        }

        try
        {
            using var stream = upload.OpenReadStream();
            var file = XliffFile.Read(stream);
            var problem = file.Units.Any(u => u.Part == TranslationUnit.Pages) ? "These are the texts of the public pages. An operator imports them with “texts import”."
                : !User.MayTranslate(file.Language) ? $"You may not write translations in {EntryFormView.LanguageName(file.Language)}."
                : file.Units.Select(u => u.Part).Distinct().Count() > EntryTextFiles.MaxEntries ? $"The file has more than {EntryTextFiles.MaxEntries:N0} entries. Split it, or ask an operator to import it with “texts import”."
                : null;
            if (problem is not null)
            {
                ModelState.AddModelError(nameof(Upload), problem);
            }

            return ModelState.IsValid ? file : null;
        }
        catch (FormatException refused)
        {
            ModelState.AddModelError(nameof(Upload), refused.Message);
            return null;
        }
    }

    private async Task TakeAsync(string language, TranslationPlan plan)
    {
        var request = new BulkRequest(TranslateEntries.Name, [.. plan.Values.Keys])
        {
            Parameter = new TranslationSource(language, Provenance).Write(),
            Values = plan.Values,
            Reason = $"Texts in {EntryFormView.LanguageName(language)} from a file.",
        };
        var begun = await Database.TransactAsync(s => changes.BeginAsync(s, request, Actor, Cancellation), Cancellation);
        Change = await changes.FinishAsync(Database, begun.BulkChangeId, Cancellation);
        Refused = await ReadAsync(s => BulkChangeStore.ListItemsAsync(s, Change.BulkChangeId, BulkItemState.Refused, 0, MaxRefusedShown, Cancellation));
    }

    private async Task LoadAsync()
    {
        var vocabularies = await rules.VocabulariesAsync(Cancellation);
        Provenances = TranslationStore.Provenances.Select(code => new SelectListItem(vocabularies.Find(VocabularyNames.TranslationProvenance, code)?.Label ?? code, code));
        await using var session = await Database.OpenAsync(Cancellation);
        Unfinished = await counts.UnfinishedAsync(session, User.Languages(), await LatestTexts.HeadAsync(session, Cancellation), Cancellation);
    }
}
