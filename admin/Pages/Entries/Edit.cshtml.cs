using HealthEquity.Admin.Access;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Db;
using HealthEquity.Db.Curators;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Suggestions;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>One entry's form.</summary>
[AtLeast(CuratorRole.Curator)]
public sealed class EditModel(EditorialStores stores, DirectoryRules rules) : EntryFormPage(stores, rules)
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    public EntryRow Row { get; private set; } = null!;

    /// <summary>What the public has to say about this entry.</summary>
    public IReadOnlyList<Suggestion> Suggestions { get; private set; } = [];

    protected override Guid EntryId => Id;

    protected override string DraftKey => AutosavedDrafts.KeyOf(Id);

    protected override EntryKind FormKind => Row.Kind;

    public async Task<IActionResult> OnGetAsync(bool unsaved)
    {
        await LoadAsync();
        var (latest, kept) = await ReadAsync(async s => (
            await EntryStore.ReadRevisionAsync(s, Id, Row.LatestRevision, Cancellation),
            await AutosavedDrafts.FindAsync(s, User.CuratorId(), DraftKey, Cancellation)));
        BasedOn = latest.Number;
        UnsavedAt = kept?.SavedAt;
        if (kept is null || !unsaved)
        {
            return await ShowAsync(EntryForm.Of(EntryJson.Read(latest.Body)), focus: null);
        }

        BasedOn = kept.BasedOn ?? latest.Number;
        return await ShowAsync(TakeUp(kept), focus: null);
    }

    protected override async Task LoadAsync() => (Row, Suggestions) = await ReadAsync(async s => (
        await EntryStore.ReadAsync(s, Id, Cancellation), await SuggestionStore.ListOpenAsync(s, Id, Cancellation)));

    protected override async Task<IActionResult?> SaveAsync(Entry entry, bool submit)
    {
        var note = string.IsNullOrWhiteSpace(Note) ? null : Note.Trim();
        try
        {
            await Database.TransactAsync(
                async s =>
                {
                    var number = await Stores.Entries.SaveAsync(s, Id, BasedOn, entry, Actor, note, Cancellation);
                    await Stores.Duplicates.LookAsync(s, [Id], Cancellation);
                    if (submit)
                    {
                        await Stores.Reviews.SubmitAsync(s, Id, number, Actor, note, Cancellation);
                    }

                    await AutosavedDrafts.DropAsync(s, User.CuratorId(), DraftKey, Cancellation);
                },
                Cancellation);
        }
        catch (ConflictException)
        {
            await KeepAsync(EntryForm.Of(entry));
            return RedirectToPage("Conflict", new { id = Id });
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
