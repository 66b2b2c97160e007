using HealthEquity.Admin.Access;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Suggestions;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>Edits an entry.</summary>
[AtLeast(CuratorRole.Curator)]
public sealed class EditModel(
    EntryStore entries, ReviewStore reviews, DuplicateStore duplicates, DirectoryRules rules, SuggestionStore suggestions, TimeProvider clock)
    : EntryFormPage(rules, suggestions, clock)
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    public EntryRow Row { get; private set; } = null!;

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
        Settles = suggestion is { } id ? [.. Settles, id] : Settles;
        return await ShowAsync(form, focus: null);
    }

    protected override async Task LoadAsync()
    {
        await using var session = await Database.OpenAsync(Cancellation);
        Row = await EntryStore.ReadAsync(session, Id, Cancellation);
        Suggestions = await SuggestionStore.ListOpenAsync(session, Id, Cancellation);
        Returned = await ReviewStore.FindReturnAsync(session, Row, Cancellation);
        ReturnedBy = Returned is null ? "" : (await ActorNames.ReadAsync(session, Cancellation)).Of(Returned.DecidedBy);
    }

    protected override async Task<ILookup<string, string>?> OutdatedTextsAsync(Entry entry) => entry.Translations.Count == 0
        ? null
        : await ReadAsync(s => TranslationHistory.OutdatedAsync(s, Id, entry, Cancellation));

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

        Notice = submit ? "Saved and sent to review." : "Saved.";
        return RedirectToPage("Show", new { id = Id });
    }
}
