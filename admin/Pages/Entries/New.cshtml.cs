using HealthEquity.Admin.Access;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Suggestions;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>Creates an entry.</summary>
[AtLeast(CuratorRole.Curator)]
public sealed class NewModel(
    EntryStore entries, ReviewStore reviews, DuplicateStore duplicates, DirectoryRules rules, SuggestionStore suggestions, TimeProvider clock)
    : EntryFormPage(rules, suggestions, clock)
{
    /// <summary>The code of the kind of entry. Without it, the page asks for it.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? Kind { get; set; }

    /// <summary>Distinguishes the drafts of several new entries.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public Guid? Key { get; set; }

    /// <summary>The suggestion for the new entry. Saving the entry settles it, unless the curator clears it.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public Guid? Suggestion { get; set; }

    /// <summary>The curator's unsaved drafts of new entries.</summary>
    public IReadOnlyList<AutosavedDraft> UnsavedDrafts { get; private set; } = [];

    public bool HasKind => EntryKinds.TryParse(Kind, out _);

    public override string Action(string? handler = null) =>
        $"{Request.PathBase}{Request.Path}?kind={FormKind.Code()}&key={Key:D}{(Suggestion is null ? "" : $"&suggestion={Suggestion:D}")}{(handler is null ? "" : $"&handler={handler}")}";

    protected override Guid EntryId => Guid.Empty;

    protected override string DraftKey => $"new:{Key:D}";

    protected override EntryKind FormKind => EntryKinds.TryParse(Kind, out var kind) ? kind : throw new NotFoundException("such kind of entry");

    protected override async Task LoadAsync() =>
        Suggestions = Suggestion is { } id ? [await ReadAsync(s => SuggestionStore.ReadAsync(s, id, Cancellation))] : [];

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        if (!HasKind)
        {
            UnsavedDrafts = [.. (await ReadAsync(s => AutosavedDrafts.ListAsync(s, User.CuratorId(), Cancellation)))
                .Where(d => d.DraftKey.StartsWith("new:", StringComparison.Ordinal))];
            return Page();
        }

        var kept = Key is null ? null : await ReadAsync(s => AutosavedDrafts.FindAsync(s, User.CuratorId(), DraftKey, Cancellation));
        Key ??= Guid.CreateVersion7(Clock.GetUtcNow());
        Settles = [.. Suggestions.Select(s => s.SuggestionId)];
        var form = kept is null ? (await DefaultsAsync()).CreateForm(FormKind) : ResumeDraft(kept);
        return await ShowAsync(form, focus: null);
    }

    /// <summary>Returns the entry name in an unsaved draft.</summary>
    public static string NameOf(AutosavedDraft draft) =>
        FormValues.FromJson(draft.Body).First("name") is { Length: > 0 } name ? name : "Unnamed entry";

    /// <summary>Returns the URL that resumes an unsaved draft.</summary>
    public static string AddressOf(AutosavedDraft draft)
    {
        var suggestion = ReadSettles(FormValues.FromJson(draft.Body)).Select(id => $"&suggestion={id}").FirstOrDefault();
        return $"?kind={draft.Kind}&key={draft.DraftKey["new:".Length..]}{suggestion}";
    }

    protected override async Task<IActionResult?> SaveAsync(Entry entry, bool submit)
    {
        var note = string.IsNullOrWhiteSpace(Note) ? null : Note.Trim();
        var id = Guid.Empty;
        var saved = await TryAsync(async s =>
        {
            id = await entries.CreateAsync(s, entry, Actor, note, slug: null, Cancellation);
            await duplicates.DetectAsync(s, [id], Cancellation);
            if (submit)
            {
                await reviews.SubmitAsync(s, id, 1, Actor, note, Cancellation);
            }

            await SettleAsync(s, "Created a new entry.");
            await AutosavedDrafts.DeleteAsync(s, User.CuratorId(), DraftKey, Kept, Cancellation);
        });
        if (!saved)
        {
            return null;
        }

        Notice = submit ? "Saved and sent to review." : "Saved as a draft.";
        return RedirectToPage("Show", new { id });
    }
}
