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

/// <summary>Somebody saved meanwhile: both texts field by field; what is right is taken and saved on top.</summary>
[AtLeast(CuratorRole.Curator)]
public sealed class ConflictModel(EntryStore entries, ReviewStore reviews, DuplicateStore duplicates, TimeProvider clock, DirectoryRules rules, SuggestionStore suggestions) : ConsolePage
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    public EntryRow Row { get; private set; } = null!;

    /// <summary>What the other one saved.</summary>
    public Revision Theirs { get; private set; } = null!;

    public string TheirName { get; private set; } = "";

    public VocabularySet Vocabularies { get; private set; } = null!;

    public IReadOnlyList<MergeView> Fields { get; private set; } = [];

    /// <summary>When mine was kept; it tells whether it is still what the choice was made on.</summary>
    public DateTimeOffset KeptAt { get; private set; }

    private string? Note { get; set; }

    /// <summary>The suggestions that mine settles.</summary>
    private IReadOnlyList<Guid> Settles { get; set; } = [];

    private Entry Mine { get; set; } = null!;

    private Entry Original { get; set; } = null!;

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : RedirectToPage("Edit", new { id = Id });

    /// <summary>Saves their text with what is taken of mine.</summary>
    /// <param name="winner">The revision that the choice was made against.</param>
    /// <param name="kept">When mine was kept on which the choice was made, in ticks.</param>
    /// <param name="intent">"submit" to hand it to the reviewers as well.</param>
    public async Task<IActionResult> OnPostAsync(int winner, long kept, [FromForm(Name = "_intent")] string? intent)
    {
        if (!await LoadAsync())
        {
            return RedirectToPage("Edit", new { id = Id });
        }

        if (winner != Theirs.Number)
        {
            ModelState.AddModelError("", "Somebody saved once more. Look at it again.");
            return Page();
        }

        if (kept != KeptAt.UtcTicks)
        {
            ModelState.AddModelError("", "You have typed something more in another window. Look at it again.");
            return Page();
        }

        var merged = EntryMerge.Merge(Original, Mine, EntryJson.Read(Theirs.Body), Takes());
        if (rules.Validate(merged) is { IsValid: false })
        {
            // What is left to mend is mended in the form, on top of theirs.
            await KeepAsync(EntryForm.Of(merged), winner);
            return RedirectToPage("Edit", new { id = Id });
        }

        var submit = intent == "submit";
        try
        {
            await Database.TransactAsync(
                async s =>
                {
                    var number = await entries.SaveAsync(s, Id, winner, merged, Actor, Note ?? $"Put together with revision {winner}.", Cancellation);
                    await duplicates.DetectAsync(s, [Id], Cancellation);
                    if (submit)
                    {
                        await reviews.SubmitAsync(s, Id, number, Actor, Note, Cancellation);
                    }

                    foreach (var suggestion in (await SuggestionStore.ListOpenAsync(s, Id, Cancellation)).Where(o => Settles.Contains(o.SuggestionId)))
                    {
                        await suggestions.SettleAsync(s, suggestion.SuggestionId, Actor, "Put into a draft.", Cancellation);
                    }

                    await AutosavedDrafts.DeleteAsync(s, User.CuratorId(), AutosavedDrafts.KeyOf(Id), Cancellation);
                },
                Cancellation);
        }
        catch (ConflictException)
        {
            await LoadAsync();
            ModelState.AddModelError("", "Somebody saved once more. Look at it again.");
            return Page();
        }
        catch (RefusedException refused) when (refused is not NotFoundException)
        {
            ModelState.AddModelError("", refused.Message);
            return Page();
        }

        Notice = $"Saved, with what you took of both{(submit ? ", and handed to the reviewers" : "")}.";
        return RedirectToPage("Show", new { id = Id });
    }

    private Dictionary<string, Take> Takes() => Request.Form
        .Where(f => f.Key.StartsWith("take:", StringComparison.Ordinal) && Enum.TryParse<Take>(f.Value, ignoreCase: true, out _))
        .ToDictionary(f => f.Key[5..], f => Enum.Parse<Take>(f.Value.ToString(), ignoreCase: true), StringComparer.Ordinal);

    /// <summary>Reads both texts.</summary>
    /// <returns>False when there is nothing to put together.</returns>
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
