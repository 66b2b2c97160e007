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

/// <summary>One entry's form.</summary>
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

    /// <summary>Why a reviewer sent the draft back.</summary>
    public Review? Returned { get; private set; }

    /// <summary>Who did.</summary>
    public string ReturnedBy { get; private set; } = "";

    /// <summary>Somebody has saved since what the form shows was typed.</summary>
    public bool IsOverTaken => BasedOn < Row.LatestRevision;

    /// <summary>Shows what the curator typed and did not save, where there is something: a fresh form would be kept in its place.</summary>
    /// <param name="suggestion">The suggestion for which the curator came: saving settles it, unless they say otherwise.</param>
    public async Task<IActionResult> OnGetAsync(Guid? suggestion)
    {
        await LoadAsync();
        var (latest, kept) = await ReadAsync(async s => (
            await EntryStore.ReadRevisionAsync(s, Id, Row.LatestRevision, Cancellation),
            await AutosavedDrafts.FindAsync(s, User.CuratorId(), DraftKey, Cancellation)));
        BasedOn = kept?.BasedOn ?? latest.Number;
        var form = kept is not null ? TakeUp(kept) : EntryForm.Of(EntryJson.Read(latest.Body)).WithTermsOfToday(await Rules.VocabulariesAsync(Cancellation));
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

                    await SettleAsync(s, "Put into a draft.");
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

            ModelState.AddModelError("", $"Somebody saved meanwhile. {OtherWindow} Settle that one in another window, then save this one again.");
            return null;
        }
        catch (RefusedException refused) when (refused is not NotFoundException)
        {
            ModelState.AddModelError("", refused.Message);
            return null;
        }

        Notice = submit ? "Saved, and handed to the reviewers." : "Saved.";
        return RedirectToPage("Show", new { id = Id });
    }
}
