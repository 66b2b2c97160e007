using System.Globalization;
using HealthEquity.Admin.Access;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>One entry of a bulk change.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="Name">The entry's name.</param>
/// <param name="Why">Why the change failed; empty if it succeeded.</param>
public sealed record ChangedEntry(Guid Id, string Name, string Why);

/// <summary>The result of a bulk change.</summary>
/// <param name="Done">The past participle, such as "suspended".</param>
/// <param name="Number">The number of changed entries.</param>
/// <param name="Changed">The changed entries, if they were selected individually.</param>
/// <param name="Refused">The first entries that could not be changed.</param>
/// <param name="Failed">The number of entries that could not be changed.</param>
public sealed record BulkOutcome(string Done, int Number, IReadOnlyList<ChangedEntry> Changed, IReadOnlyList<ChangedEntry> Refused, int Failed)
{
    /// <summary>Formats a number of entries: "1 entry", "12 entries".</summary>
    public static string Counted(int number) => number == 1 ? "1 entry" : $"{number:N0} entries";
}

/// <summary>A bulk change to the selected entries or to all search results that waits for confirmation.</summary>
/// <param name="Handler">The page handler that makes the change.</param>
/// <param name="Action">The action, with "{entries}" in place of the number of entries.</param>
/// <param name="Number">The number of matching entries.</param>
/// <param name="Names">The names of the first entries.</param>
/// <param name="Note">An explanation of the consequences; null for none.</param>
public sealed record BulkQuestion(string Handler, string Action, int Number, IReadOnlyList<string> Names, string? Note)
{
    /// <summary>Whether it changes only the entries that were selected one by one.</summary>
    public bool IsSelection { get; init; }

    /// <summary>The action with the number of entries, such as "Suspend 66 entries".</summary>
    public string Title => Action.Replace("{entries}", BulkOutcome.Counted(Number), StringComparison.Ordinal);
}

/// <summary>Bulk changes to the selected entries or to all search results. Each is one unit that can be undone.</summary>
public sealed partial class IndexModel
{
    private const int MaxSelected = 500;

    /// <summary>The number of entries per request, limited to a few seconds of work.</summary>
    private const int BatchSize = 250;

    /// <summary>The maximum number of failed entries to list.</summary>
    private const int MaxNamed = 100;

    /// <summary>The number of entries named before a change of all search results.</summary>
    private const int NamedBefore = 10;

    /// <summary>What to type to take an assignment away.</summary>
    public const string NoOne = "No one";

    /// <summary>The result of a bulk change that failed for some entries; null otherwise.</summary>
    public BulkOutcome? Outcome { get; private set; }

    /// <summary>The bulk change that waits for confirmation; null for none.</summary>
    public BulkQuestion? Question { get; private set; }

    /// <summary>Assigns entries to a curator, by name or id, or to no one.</summary>
    public async Task<IActionResult> OnPostAssignAsync(List<Guid> chosen, string? curator)
    {
        var text = curator?.Trim() ?? "";
        Guid? to = null;
        if (!string.Equals(text, NoOne, StringComparison.OrdinalIgnoreCase))
        {
            var names = await ReadAsync(s => ActorNames.ReadAsync(s, Cancellation));
            (to, var problem) = text.Length == 0 ? (null, $"Enter a curator's name, or “{NoOne}”.") : ActorNames.Find(text, names.Editors);
            if (problem is not null)
            {
                ModelState.AddModelError("to-curator", Guid.TryParse(text, out _) ? "Choose a curator who can edit entries." : problem);
            }
        }

        return await ChangeAsync(chosen, new WantedChange("Assign", AssignEntries.Name, "Assign {entries}", "assigned") { Parameter = to?.ToString() });
    }

    public Task<IActionResult> OnPostSuspendAsync(List<Guid> chosen, string? reason, int? typed)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            ModelState.AddModelError("suspend-reason", "Enter a reason for the suspension.");
        }

        return ChangeAsync(chosen, new WantedChange("Suspend", SuspendEntries.Name, "Suspend {entries}", "suspended")
        {
            Reason = reason,
            Typed = typed,
            Narrow = f => f.Listing is null or Listing.Published ? f with { Listing = Listing.Published } : f with { Among = [] },
            Note = _ => Task.FromResult<string?>("These entries are public. They will no longer be visible to the public."),
        });
    }

    /// <summary>Publishes suspended entries again.</summary>
    public Task<IActionResult> OnPostResumeAsync(List<Guid> chosen) =>
        ChangeAsync(chosen, new WantedChange("Resume", ResumeEntries.Name, "Publish {entries} again", "published again")
        {
            Narrow = f => f.Listing is null or Listing.Suspended ? f with { Listing = Listing.Suspended } : f with { Among = [] },
            Note = _ => Task.FromResult<string?>("These entries are suspended. They will be visible to the public again."),
        });

    public async Task<IActionResult> OnPostTagAsync(List<Guid> chosen, string? tag)
    {
        var (edit, problem) = BulkEdits.Read(BulkEdits.AddTag, tag, await rules.VocabulariesAsync(Cancellation));
        if (problem is not null)
        {
            ModelState.AddModelError("new-tag", problem);
        }

        return await EditAsync(chosen, "Tag", edit);
    }

    /// <summary>Sets, adds or removes a value of a simple field.</summary>
    public async Task<IActionResult> OnPostEditAsync(List<Guid> chosen, string? edit, string? named, string? evidence)
    {
        var (wanted, problem) = BulkEdits.Read(edit, named, await rules.VocabulariesAsync(Cancellation));
        if (problem is not null)
        {
            ModelState.AddModelError("bulk-value", problem);
        }
        else if (wanted is { Field: FieldEdit.Immigration, Value: not "unknown" } && string.IsNullOrWhiteSpace(evidence))
        {
            ModelState.AddModelError("bulk-evidence", "Write how this is known: a policy, a call, a law.");
        }

        return await EditAsync(chosen, "Edit", wanted with { Evidence = string.IsNullOrWhiteSpace(evidence) ? null : evidence.Trim() });
    }

    /// <summary>Sends drafts to review.</summary>
    public Task<IActionResult> OnPostReviewAsync(List<Guid> chosen) => ChangeAsync(chosen, new WantedChange("Review", SubmitEntries.Name, "Send {entries} to review", "sent to review")
    {
        Narrow = f => f.Draft is null or DraftState.Draft ? f with { Draft = DraftState.Draft } : f with { Among = [] },
        Note = _ => Task.FromResult<string?>("Drafts with validation errors are not sent. They are listed at the end."),
    });

    /// <summary>Approves and publishes drafts in review.</summary>
    [AtLeast(CuratorRole.Reviewer)]
    public Task<IActionResult> OnPostPublishAsync(List<Guid> chosen) => ChangeAsync(chosen, new WantedChange("Publish", ApproveEntries.Name, "Approve and publish {entries}", "approved and published")
    {
        Narrow = f => f.Draft is null or DraftState.InReview ? f with { Draft = DraftState.InReview } : f with { Among = [] },
        Note = _ => Task.FromResult<string?>("These drafts are in review. Those that you edited are left out and listed at the end."),
    });

    /// <summary>Returns whether an entry stays selected: after a partial failure, only the failed entries do.</summary>
    public bool StaysChosen(Guid id) =>
        Outcome?.Refused.Any(i => i.Id == id) ?? (Request.HasFormContentType && Request.Form["chosen"].Contains(id.ToString()));

    private Task<IActionResult> EditAsync(List<Guid> chosen, string handler, FieldEdit edit) =>
        ChangeAsync(chosen, new WantedChange(handler, EditEntries.Name, edit.Label + ": {entries}", "changed")
        {
            Parameter = edit.Write(),
            Note = NoteOfEditAsync,
        });

    private async Task<string?> NoteOfEditAsync(EntryFilter filter)
    {
        var drafts = filter.Draft is null or DraftState.Draft
            ? await ReadAsync(s => EntryFinder.CountAsync(s, filter with { Draft = DraftState.Draft }, Cancellation))
            : 0;
        return "Each entry gets a new draft, which goes to review. The public sees the change after review."
            + (drafts == 0 ? "" : $" Drafts that are not finished get the change and stay drafts: {drafts:N0}.");
    }

    /// <summary>
    /// Changes entries as one bulk change, which can be undone as a unit. More than one entry is confirmed first. A large withdrawal waits for
    /// a second person; a change of many entries goes on, batch by batch, on the change's page.
    /// </summary>
    private async Task<IActionResult> ChangeAsync(List<Guid> chosen, WantedChange wanted)
    {
        await rules.VocabulariesAsync(Cancellation);
        var all = Typed("all") == "true";
        if (!all && chosen.Count is 0 or > MaxSelected)
        {
            ModelState.AddModelError("", chosen.Count == 0 ? "Select at least one entry." : $"Select at most {MaxSelected} entries.");
        }

        IReadOnlyList<Guid> ids = chosen;
        var isConfirmed = Typed("confirmed") == "true";
        if (ModelState.ErrorCount == 0 && (all || chosen.Count > 1 && !isConfirmed))
        {
            var filter = wanted.Narrow(all ? await ReadAsync(FilterAsync) : new EntryFilter { Among = [.. chosen.Distinct()] });
            var order = all ? Search.Order : new EntryOrder(EntrySort.Name, Descending: false);
            ids = await ReadAsync(s => EntryFinder.FindIdsAsync(s, filter, order, Cancellation));
            if (!isConfirmed || ids.Count == 0)
            {
                await AskAsync(wanted, filter, ids, all);
                return Page();
            }
        }

        BulkChange? change = null;
        var request = new BulkRequest(wanted.Action, ids) { Parameter = wanted.Parameter, Reason = wanted.Reason, Typed = wanted.Typed };
        if (ModelState.ErrorCount > 0 || !await TryAsync(async s => change = await changes.BeginAsync(s, request, Actor, Cancellation)))
        {
            await LoadAsync();
            return Page();
        }

        if (change!.State == BulkState.Proposed || ids.Count > BatchSize)
        {
            return RedirectToPage("/BulkChanges/Show", new { id = change.BulkChangeId });
        }

        return await FinishAsync(change, wanted.Done);
    }

    /// <summary>Says what the change will do, with numbers and names.</summary>
    private async Task AskAsync(WantedChange wanted, EntryFilter filter, IReadOnlyList<Guid> ids, bool all)
    {
        var names = await ReadAsync(s => EntryStore.NamesAsync(s, ids.Take(NamedBefore), Cancellation));
        Question = new BulkQuestion(wanted.Handler, wanted.Title, ids.Count, [.. ids.Take(NamedBefore).Select(id => names[id])], await wanted.Note(filter)) { IsSelection = !all };
        await LoadAsync();
    }

    private async Task<IActionResult> FinishAsync(BulkChange change, string done)
    {
        var finished = await changes.FinishAsync(Database, change.BulkChangeId, Cancellation);
        if (finished.Refused == 0)
        {
            Notice = $"{BulkOutcome.Counted(finished.Changed)} {done}.";
            NoticeChange = $"{Request.PathBase}/bulk-changes/{change.BulkChangeId}";
            return LocalRedirect(Request.PathBase + Request.Path + Search.Query(("number", Number > 1 ? Number.ToString(CultureInfo.InvariantCulture) : null)));
        }

        var items = await ReadAsync(s => BulkChangeStore.ListItemsAsync(s, change.BulkChangeId, state: null, 0, MaxSelected, Cancellation));
        await LoadAsync();
        Outcome = new BulkOutcome(done, finished.Changed, [.. Named(items, BulkItemState.Done)], [.. Named(items, BulkItemState.Refused).Take(MaxNamed)], finished.Refused);
        return Page();
    }

    private static IEnumerable<ChangedEntry> Named(IEnumerable<BulkItem> items, BulkItemState state) =>
        items.Where(i => i.State == state).Select(i => new ChangedEntry(i.EntryId, i.Name, i.Note ?? ""));

    /// <summary>A change of many entries.</summary>
    /// <param name="Handler">The page handler that makes the change.</param>
    /// <param name="Action">The code of the bulk action.</param>
    /// <param name="Title">The question, with "{entries}" in place of the number of entries.</param>
    /// <param name="Done">The past participle, such as "suspended".</param>
    private sealed record WantedChange(string Handler, string Action, string Title, string Done)
    {
        /// <summary>What the action needs to know.</summary>
        public string? Parameter { get; init; }

        /// <summary>The reason, if any.</summary>
        public string? Reason { get; init; }

        /// <summary>The number of public entries as the person typed it.</summary>
        public int? Typed { get; init; }

        /// <summary>Returns an explanation of the consequences; null for none.</summary>
        public Func<EntryFilter, Task<string?>> Note { get; init; } = _ => Task.FromResult<string?>(null);

        /// <summary>Narrows the search to entries that can be changed.</summary>
        public Func<EntryFilter, EntryFilter> Narrow { get; init; } = filter => filter;
    }
}
