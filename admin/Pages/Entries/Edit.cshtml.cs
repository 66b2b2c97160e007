using System.Text.Json.Nodes;
using FluentValidation.Results;
using HealthEquity.Admin.Access;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Translations;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Suggestions;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>Edits an entry, or one section of it.</summary>
[AtLeast(CuratorRole.Curator)]
public sealed class EditModel(
    EntryStore entries, ReviewStore reviews, DuplicateStore duplicates, DirectoryRules rules, SuggestionStore suggestions, TimeProvider clock)
    : EntryFormPage(rules, suggestions, clock)
{
    private (int Revision, Entry? Entry) _saved;

    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    /// <summary>The code of the section to edit, or one of its fields; null for the whole entry.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? Section { get; set; }

    public EntryRow Row { get; private set; } = null!;

    public override string? Heading => FieldLabels.HeadingOf(Section) is { } heading && EntryForm.Fields(Row.Kind).Fields.Any(f => FieldLabels.GroupOf(f.Name) == heading) ? heading : null;

    /// <summary>The headings of the other sections with unsaved changes, which saving this section saves too.</summary>
    public IReadOnlyList<string> UnsavedElsewhere { get; private set; } = [];

    protected override Guid EntryId => Id;

    protected override string DraftKey => AutosavedDrafts.KeyOf(Id);

    protected override EntryKind FormKind => Row.Kind;

    /// <summary>The review that returned the draft; null for none.</summary>
    public Review? Returned { get; private set; }

    /// <summary>The name of that reviewer.</summary>
    public string ReturnedBy { get; private set; } = "";

    /// <summary>Whether someone has saved the entry since the form's content was typed.</summary>
    public bool IsOutdated => BasedOn < Row.LatestRevision;

    /// <summary>Shows the curator's unsaved draft, if there is one. A fresh form would overwrite it through autosave.</summary>
    /// <param name="suggestion">The suggestion that saving settles, unless the curator clears it.</param>
    public async Task<IActionResult> OnGetAsync(Guid? suggestion)
    {
        await LoadAsync();
        var (latest, kept) = await ReadAsync(async s => (
            await EntryStore.ReadRevisionAsync(s, Id, Row.LatestRevision, Cancellation),
            await AutosavedDrafts.FindAsync(s, User.CuratorId(), DraftKey, Cancellation)));
        BasedOn = kept?.BasedOn ?? latest.Number;
        var form = kept is not null ? ResumeDraft(kept) : EntryForm.Of(EntryJson.Read(latest.Body)).WithCurrentTerms(await Rules.VocabulariesAsync(Cancellation));
        if (Heading is { } heading)
        {
            var saved = await SavedAsync();
            UnsavedElsewhere = kept is null ? [] : await ChangedElsewhereAsync(form, saved, heading);
            form.LimitTo(heading, saved);
        }

        Settles = suggestion is { } id ? [.. Settles, id] : Settles;
        return await ShowAsync(form, focus: null);
    }

    public override EntryRow Saved => Row;

    public override string CancelAddress => $"{Request.PathBase}/entries/show/{Id}{(Heading is null ? "" : $"#s-{FieldLabels.SectionOf(Heading)}")}";

    public override string Action(string? handler = null)
    {
        string?[] query = [Heading is null ? null : $"section={FieldLabels.SectionOf(Heading)}", handler is null ? null : $"handler={handler}"];
        var parts = string.Join('&', query.OfType<string>());
        return Request.PathBase + Request.Path + (parts.Length == 0 ? "" : "?" + parts);
    }

    /// <summary>A section posts only its own fields. All others come from the unsaved draft that it was opened with, or from the saved entry.</summary>
    protected override async Task<EntryForm> FormOfAsync(FormValues posted)
    {
        var saved = await SavedAsync();
        posted = ClosedItems.Complete(posted, saved);
        if (Heading is not { } heading)
        {
            return await base.FormOfAsync(posted);
        }

        var kept = await ReadAsync(s => AutosavedDrafts.FindAsync(s, User.CuratorId(), DraftKey, Cancellation));
        var others = kept is not null && kept.Stamp == Kept ? FormValues.FromJson(kept.Body) : saved.Values();
        return EntryForm.Of(FormKind, others.With(posted, field => FieldLabels.GroupOf(field) == heading)).LimitTo(heading, saved);
    }

    protected override async Task CloseItemsAsync(EntryForm form) =>
        ClosedItems.Close(form, await SavedAsync(), Request.HasFormContentType ? FormValues.From(Request.Form) : null);

    protected override async Task LoadAsync()
    {
        await using var session = await Database.OpenAsync(Cancellation);
        Row = await EntryStore.ReadAsync(session, Id, Cancellation);
        Suggestions = await SuggestionStore.ListOpenAsync(session, Id, Cancellation);
        Returned = await ReviewStore.FindReturnAsync(session, Row, Cancellation);
        ReturnedBy = Returned is null ? "" : (await ActorNames.ReadAsync(session, Cancellation)).Of(Returned.DecidedBy);
    }

    protected override async Task<ILookup<string, string>?> OutdatedTextsAsync(Entry entry)
    {
        if (entry.Translations.Count == 0)
        {
            return null;
        }

        var saved = await SavedEntryAsync();
        var outdated = await ReadAsync(s => TranslationHistory.OutdatedAsync(s, Id, MovedTexts.Follow(saved, entry), Cancellation));
        // In the places that the form shows: translations follow their texts when the form is saved.
        var moved = MovedTexts.Between(saved, entry);
        string[] own = [TranslatableTexts.Name, TranslatableTexts.Summary, TranslatableTexts.Description];
        return entry.Translations
            .SelectMany(t => own.Where(outdated[t.Language].Contains)
                .Concat(t.Texts.Where(x => outdated[t.Language].Contains(moved.PlaceOf(TranslatableTexts.Find(saved, t.Language), x))).Select(x => x.Path))
                .Select(path => (t.Language, Path: path)))
            .ToLookup(t => t.Language, t => t.Path);
    }

    protected override async Task<Entry> FollowedAsync(Entry entry) => MovedTexts.Follow(await SavedEntryAsync(), entry);

    /// <summary>Translations follow their texts, so they are judged in the places where they are saved.</summary>
    protected override async Task<Func<Entry, ValidationResult>> ValidatorAsync()
    {
        var saved = await SavedEntryAsync();
        return entry => Rules.Validate(MovedTexts.Follow(saved, entry));
    }

    protected override async Task<IActionResult?> SaveAsync(Entry entry, bool submit)
    {
        var note = string.IsNullOrWhiteSpace(Note) ? null : Note.Trim();
        try
        {
            await Database.TransactAsync(
                async s =>
                {
                    var number = await entries.SaveAsync(s, Id, BasedOn, entry, Actor, note, Cancellation);
                    await duplicates.DetectAsync(s, [Id], Cancellation);
                    if (submit)
                    {
                        await reviews.SubmitAsync(s, Id, number, Actor, note, Cancellation);
                    }

                    await SettleAsync(s, "Added to a draft.");
                    await AutosavedDrafts.DeleteAsync(s, User.CuratorId(), DraftKey, Kept, Cancellation);
                },
                Cancellation);
        }
        catch (ConflictException)
        {
            if (await KeepAsync(EntryForm.Of(entry)))
            {
                return RedirectToPage("Conflict", new { id = Id });
            }

            ModelState.AddModelError("", $"Someone else saved this entry. {OtherWindow} Finish the other window first, then save this one again.");
            return null;
        }
        catch (RefusedException refused) when (refused is not NotFoundException)
        {
            ModelState.AddModelError("", refused.Message);
            return null;
        }

        Notice = submit ? "Saved and sent to review." : "Saved as a draft. The public reads it after a review.";
        return RedirectToPage("Show", null, new { id = Id }, Heading is null ? null : "s-" + FieldLabels.SectionOf(Heading));
    }

    /// <summary>The saved entry that the form is based on.</summary>
    private async Task<EntryForm> SavedAsync() => (await DefaultsAsync()).SetDefaults(EntryForm.Of(await SavedEntryAsync()));

    private async Task<Entry> SavedEntryAsync()
    {
        if (_saved.Entry is null || _saved.Revision != BasedOn)
        {
            var number = BasedOn > 0 ? BasedOn : Row.LatestRevision;
            _saved = (BasedOn, EntryJson.Read((await ReadAsync(s => EntryStore.ReadRevisionAsync(s, Id, number, Cancellation))).Body));
        }

        return _saved.Entry;
    }

    private async Task<IReadOnlyList<string>> ChangedElsewhereAsync(EntryForm form, EntryForm saved, string heading)
    {
        var (mine, before) = (Json(await CopyAsync(form)), Json(await CopyAsync(saved)));
        return [.. EntryForm.Fields(FormKind).Fields.Where(f => !JsonNode.DeepEquals(mine[f.Name], before[f.Name])).Select(f => FieldLabels.GroupOf(f.Name)).Where(g => g != heading).Distinct()];

        static JsonNode Json(Entry entry) => JsonNode.Parse(EntryJson.Write(entry))!;
    }
}
