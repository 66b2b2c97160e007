using HealthEquity.Admin.Access;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Pages.Entries;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Translations;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Glossary;
using HealthEquity.Directory.Translations;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Translations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace HealthEquity.Admin.Pages.Translations;

/// <summary>Shows the texts of an entry and their translation side by side, and saves the translation as a draft.</summary>
public sealed class EntryModel(TranslationStore translations, DirectoryRules rules, SearchFilters filters) : ConsolePage
{
    private const string SubmitIntent = "submit";

    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    /// <summary>The language, a BCP-47 tag.</summary>
    [BindProperty(SupportsGet = true), FromRoute]
    public string Language { get; set; } = "";

    /// <summary>"unfinished" to show only texts that are missing or outdated.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? Only { get; set; }

    public EntryRow Row { get; private set; } = null!;

    public Entry Entry { get; private set; } = null!;

    public ActorNames Names { get; private set; } = null!;

    public VocabularySet Vocabularies { get; private set; } = null!;

    /// <summary>All texts in the order of the entry.</summary>
    public IReadOnlyList<TextPair> All { get; private set; } = [];

    /// <summary>The texts that are shown.</summary>
    public IReadOnlyList<TextPair> Shown => Only == "unfinished" ? [.. All.Where(t => t.IsUnfinished)] : All;

    /// <summary>The paths of the texts that somebody else changed in the meantime.</summary>
    public IReadOnlyList<string> Conflicts { get; private set; } = [];

    /// <summary>Another public entry with unfinished texts in this language, once this one has none; null if there is none.</summary>
    public EntryRow? Next { get; private set; }

    public string LanguageName => EntryFormView.LanguageName(Language);

    /// <summary>How the changed texts were made.</summary>
    public string Provenance { get; private set; } = TranslationStore.Human;

    public string? Note { get; private set; }

    /// <summary>Whether the user may write these translations.</summary>
    public bool MayWrite => User.MayTranslate(Language) && IsOpen;

    /// <summary>Whether the user may mark these texts as reviewed.</summary>
    public bool MayReview => User.MayReview([Language]) && IsOpen;

    /// <summary>How the changed texts can have been made.</summary>
    public IEnumerable<SelectListItem> Provenances => TranslationStore.Provenances.Select(code => new SelectListItem(ProvenanceLabel(code), code));

    private bool IsOpen => Row.Listing != Listing.DoNotList && Row.MergedInto is null;

    /// <summary>Returns the label of how a text was made.</summary>
    public string ProvenanceLabel(string code) => Vocabularies.Find(VocabularyNames.TranslationProvenance, code)?.Label ?? code;

    /// <summary>Shows the texts. A language typed as a name becomes its code in the address.</summary>
    /// <param name="to">Another language to go to.</param>
    public async Task<IActionResult> OnGetAsync(string? to)
    {
        var tag = LanguageList.TagOf(string.IsNullOrWhiteSpace(to) ? Language : to);
        if (tag != Language)
        {
            return RedirectToPage(new { id = Id, language = tag });
        }

        await LoadAsync();
        return Page();
    }

    /// <summary>The first other entry in the view of what lacks the language.</summary>
    private async Task<EntryRow?> NextAsync(DbSession session)
    {
        var (filter, _) = await filters.ReadAsync(session, EntrySearch.Parse(EntryViews.Lacking(Language)), User.CuratorId(), Cancellation);
        return (await EntryFinder.FindAsync(session, filter, EntrySort.Name, 0, 2, Cancellation)).FirstOrDefault(e => e.EntryId != Id);
    }

    /// <summary>Saves the changed texts as a draft.</summary>
    [AtLeast(CuratorRole.Translator)]
    public async Task<IActionResult> OnPostAsync(int basedOn, string? provenance, string? note, string? intent)
    {
        if (!User.MayTranslate(Language))
        {
            return Forbid();
        }

        (Provenance, Note) = (TranslationStore.Provenances.Contains(provenance) ? provenance! : TranslationStore.Human, note);
        await rules.VocabulariesAsync(Cancellation);
        var edit = new TranslationEdit(Id, Language, basedOn, Typed())
        {
            Provenance = Provenance,
            Note = string.IsNullOrWhiteSpace(note) ? $"Translation: {LanguageName}." : note.Trim(),
            Submit = intent == SubmitIntent,
            MaySubmitOthers = User.IsAtLeast(CuratorRole.Curator),
        };
        SavedTranslation? saved = null;
        if (!RefuseLongTexts() || !await TrySaveAsync(async s => saved = await translations.SaveAsync(s, edit, Actor, Cancellation)))
        {
            await LoadAsync();
            return Page();
        }

        Notice = saved!.IsInReview ? "Saved and sent to review."
            : edit.Submit ? "Saved as a draft. The draft also contains other changes, so a curator must send it to review."
            : "Saved as a draft.";
        return RedirectToPage(new { id = Id, language = Language, only = Only });
    }

    /// <summary>Marks texts as reviewed.</summary>
    [AtLeast(CuratorRole.Reviewer, OrLanguageReviewer = true)]
    public async Task<IActionResult> OnPostReviewAsync(int basedOn, List<string> reviewed)
    {
        if (!User.MayReview([Language]))
        {
            return Forbid();
        }

        await rules.VocabulariesAsync(Cancellation);
        var saved = await TrySaveAsync(async s =>
        {
            var shown = TranslatableTexts.In(EntryJson.Read((await EntryStore.ReadRevisionAsync(s, Id, basedOn, Cancellation)).Body), Language);
            if (Typed().Any(t => TranslatableTexts.Clean(t.Value) != TranslatableTexts.Clean(shown.GetValueOrDefault(t.Key))))
            {
                throw new RefusedException("You changed texts. Save them first; then someone else reviews them.");
            }

            await translations.ReviewAsync(s, Id, basedOn, Language, reviewed, Actor, Cancellation);
        });
        if (!saved)
        {
            await LoadAsync();
            return Page();
        }

        Notice = "Marked as reviewed.";
        return RedirectToPage(new { id = Id, language = Language, only = Only });
    }

    private Dictionary<string, string?> Typed() => !Request.HasFormContentType ? [] : Request.Form
        .Where(f => f.Key.StartsWith(TextPair.FieldPrefix, StringComparison.Ordinal))
        .ToDictionary(f => f.Key[TextPair.FieldPrefix.Length..], f => (string?)f.Value.ToString(), StringComparer.Ordinal);

    private bool RefuseLongTexts()
    {
        foreach (var (path, text) in Typed())
        {
            var length = TranslatableTexts.Clean(text)?.Length ?? 0;
            if (length > TranslatableTexts.MaxLength(path))
            {
                ModelState.AddModelError(TextPair.FieldPrefix + path, $"This text has {length:N0} characters. It must have {TranslatableTexts.MaxLength(path):N0} or fewer.");
            }
        }

        return ModelState.IsValid;
    }

    private Task<bool> TrySaveAsync(Func<DbSession, Task> change) => TryAsync(async s =>
    {
        try
        {
            await change(s);
        }
        catch (TranslationConflictException conflict)
        {
            Conflicts = conflict.Paths;
            throw;
        }
    });

    private async Task LoadAsync()
    {
        Vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        Row = await EntryStore.ReadAsync(session, Id, Cancellation);
        Entry = EntryJson.Read((await EntryStore.ReadRevisionAsync(session, Id, Row.LatestRevision, Cancellation)).Body);
        if (!LanguageTag.IsValid(Language) || Language == Entry.Language)
        {
            throw new NotFoundException("translation");
        }

        Names = await ActorNames.ReadAsync(session, Cancellation);
        var (typed, glossary) = (Typed(), TranslationGlossary.For(Language));
        All =
        [
            .. (await TranslationHistory.ReadAsync(session, Id, Language, Cancellation)).Select(h => new TextPair(
                h,
                TextLabels.Of(Entry, h.Trail.Path),
                MarkedText.Of(h.Trail.Original, Entry.Language, glossary),
                typed.GetValueOrDefault(h.Trail.Path) ?? h.Trail.Text ?? "")),
        ];
        Next = MayWrite && All.All(t => !t.IsUnfinished) ? await NextAsync(session) : null;
    }
}
