using HealthEquity.Admin.Access;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Comparison;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Suggestions;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>Resolves an edit conflict: shows both versions field by field and saves the chosen values.</summary>
[AtLeast(CuratorRole.Curator)]
public sealed class ConflictModel(EntryStore entries, ReviewStore reviews, DuplicateStore duplicates, TimeProvider clock, DirectoryRules rules, SuggestionStore suggestions) : ConsolePage
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    public EntryRow Row { get; private set; } = null!;

    /// <summary>The other curator's saved revision.</summary>
    public Revision Theirs { get; private set; } = null!;

    public string TheirName { get; private set; } = "";

    public VocabularySet Vocabularies { get; private set; } = null!;

    public IReadOnlyList<MergeView> Fields { get; private set; } = [];

    /// <summary>The time of the user's autosaved draft, to detect later changes to it.</summary>
    public DateTimeOffset KeptAt { get; private set; }

    private string? Note { get; set; }

    /// <summary>The suggestions that saving settles.</summary>
    private IReadOnlyList<Guid> Settles { get; set; } = [];

    private Entry Mine { get; set; } = null!;

    private Entry Original { get; set; } = null!;

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : RedirectToPage("Edit", new { id = Id });

    /// <summary>Merges the chosen values into the saved revision.</summary>
    /// <param name="winner">The other revision that the user saw.</param>
    /// <param name="kept">The time of the autosaved draft that the user saw, in ticks.</param>
    /// <param name="intent">"submit" to also send the entry to review.</param>
    public async Task<IActionResult> OnPostAsync(int winner, long kept, [FromForm(Name = "_intent")] string? intent)
    {
        if (!await LoadAsync())
        {
            return RedirectToPage("Edit", new { id = Id });
        }

        if (winner != Theirs.Number)
        {
            ModelState.AddModelError("", "Someone saved the entry again. Check the changes again.");
            return Page();
        }

        if (kept != KeptAt.UtcTicks)
        {
            ModelState.AddModelError("", "You made more changes in another window. Check the changes again.");
            return Page();
        }

        var merged = EntryMerge.Merge(Original, Mine, EntryJson.Read(Theirs.Body), Takes());
        if (rules.Validate(merged) is { IsValid: false })
        {
            // Fix the remaining errors in the form, based on the other revision.
            await KeepAsync(EntryForm.Of(merged), winner);
            return RedirectToPage("Edit", new { id = Id });
        }

        var submit = intent == "submit";
        try
        {
            await Database.TransactAsync(
                async s =>
                {
                    var number = await entries.SaveAsync(s, Id, winner, merged, Actor, Note ?? $"Merged with revision {winner}.", Cancellation);
                    await duplicates.DetectAsync(s, [Id], Cancellation);
                    if (submit)
                    {
                        await reviews.SubmitAsync(s, Id, number, Actor, Note, Cancellation);
                    }

                    foreach (var suggestion in (await SuggestionStore.ListOpenAsync(s, Id, Cancellation)).Where(o => Settles.Contains(o.SuggestionId)))
                    {
                        await suggestions.SettleAsync(s, suggestion.SuggestionId, Actor, "Added to a draft.", Cancellation);
                    }

                    await AutosavedDrafts.DeleteAsync(s, User.CuratorId(), AutosavedDrafts.KeyOf(Id), Cancellation);
                },
                Cancellation);
        }
        catch (ConflictException)
        {
            await LoadAsync();
            ModelState.AddModelError("", "Someone saved the entry again. Check the changes again.");
            return Page();
        }
        catch (RefusedException refused) when (refused is not NotFoundException)
        {
            ModelState.AddModelError("", refused.Message);
            return Page();
        }

        Notice = $"Your merged changes were saved{(submit ? " and sent to review" : "")}.";
        return RedirectToPage("Show", new { id = Id });
    }

    private Dictionary<string, Take> Takes() => Request.Form
        .Where(f => f.Key.StartsWith("take:", StringComparison.Ordinal) && Enum.TryParse<Take>(f.Value, ignoreCase: true, out _))
        .ToDictionary(f => f.Key[5..], f => Enum.Parse<Take>(f.Value.ToString(), ignoreCase: true), StringComparer.Ordinal);

    /// <summary>Loads both versions.</summary>
    /// <returns>False if there is no conflict.</returns>
    private async Task<bool> LoadAsync()
    {
        Vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        Row = await EntryStore.ReadAsync(session, Id, Cancellation);
        var kept = await AutosavedDrafts.FindAsync(session, User.CuratorId(), AutosavedDrafts.KeyOf(Id), Cancellation);
        if (kept?.BasedOn is not { } basedOn || basedOn >= Row.LatestRevision || basedOn < 1)
        {
            return false;
        }

        Theirs = await EntryStore.ReadRevisionAsync(session, Id, Row.LatestRevision, Cancellation);
        TheirName = (await ActorNames.ReadAsync(session, Cancellation)).Of(Theirs.Author);
        Original = EntryJson.Read((await EntryStore.ReadRevisionAsync(session, Id, basedOn, Cancellation)).Body);
        var values = FormValues.FromJson(kept.Body);
        KeptAt = kept.SavedAt;
        Note = values.First(EntryFormPage.NoteName) is { Length: > 0 } note ? note.Trim() : null;
        Settles = EntryFormPage.ReadSettles(values);
        Mine = EntryForm.Of(Row.Kind, values).Read(_ => new(), out _);
        Fields = [.. EntryMerge.Compare(Original, Mine, EntryJson.Read(Theirs.Body)).Select(f => MergeView.Of(Row.Kind, f, Vocabularies))];
        return true;
    }

    private Task KeepAsync(EntryForm form, int basedOn)
    {
        var values = form.Values();
        values.Set(EntryFormPage.NoteName, Note ?? "");
        EntryFormPage.KeepSettles(values, Settles);
        var draft = new AutosavedDraft
        {
            DraftKey = AutosavedDrafts.KeyOf(Id),
            Kind = Row.Kind.Code(),
            Body = values.ToJson(),
            BasedOn = basedOn,
            SavedAt = clock.GetUtcNow(),
        };
        return Database.TransactAsync(s => AutosavedDrafts.SaveAsync(s, User.CuratorId(), draft, Cancellation), Cancellation);
    }
}
