using System.Globalization;
using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
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

/// <summary>A bulk change to all search results: confirmed first, then run in batches.</summary>
/// <param name="Handler">The page handler that makes the change.</param>
/// <param name="Action">The action, with "{entries}" in place of the number of entries.</param>
/// <param name="Number">The number of matching entries.</param>
/// <param name="Note">An explanation of the consequences; null for none.</param>
/// <param name="After">The last processed entry; null before the first batch.</param>
/// <param name="Changed">The number of entries changed so far.</param>
/// <param name="Refused">The first entries that could not be changed so far.</param>
/// <param name="Failed">The number of entries that could not be changed so far.</param>
public sealed record BulkQuestion(string Handler, string Action, int Number, string? Note, Guid? After, int Changed, IReadOnlyList<ChangedEntry> Refused, int Failed)
{
    /// <summary>The action with the number of entries, such as "Suspend 66 entries".</summary>
    public string Title => Action.Replace("{entries}", BulkOutcome.Counted(Number), StringComparison.Ordinal);
}

/// <summary>Bulk changes to the selected entries or to all search results.</summary>
public sealed partial class IndexModel
{
    private const int MaxSelected = 500;

    /// <summary>The number of entries per request, limited to a few seconds of work.</summary>
    private const int BatchSize = 250;

    /// <summary>The maximum number of failed entries to list.</summary>
    private const int MaxNamed = 100;

    /// <summary>The JSON format for passing failures between batches in the form.</summary>
    private static readonly JsonSerializerOptions FormJson = new(JsonSerializerDefaults.Web);

    /// <summary>The result of a bulk change that failed for some entries; null otherwise.</summary>
    public BulkOutcome? Outcome { get; private set; }

    /// <summary>The bulk change that waits for confirmation or its next batch; null for none.</summary>
    public BulkQuestion? Question { get; private set; }

    public Task<IActionResult> OnPostAssignAsync(List<Guid> chosen, Guid? curator) =>
        ChangeAsync(chosen, new EachChange("Assign", "Assign {entries}", (s, id) => entries.AssignAsync(s, id, curator, Actor, Cancellation), "assigned"));

    public Task<IActionResult> OnPostSuspendAsync(List<Guid> chosen, string? reason, int? typed)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            ModelState.AddModelError("suspend-reason", "Enter a reason for the suspension.");
        }

        return ChangeListingAsync(chosen, new ListingChange("Suspend", SuspendEntries.Name, "Suspend {entries}", "suspended")
        {
            Reason = reason,
            Typed = typed,
            Narrow = f => f.Listing is null or Listing.Published ? f with { Listing = Listing.Published } : f with { Among = [] },
            Note = "These entries are public. They will no longer be visible to the public.",
        });
    }

    /// <summary>Publishes suspended entries again.</summary>
    public Task<IActionResult> OnPostResumeAsync(List<Guid> chosen) =>
        ChangeListingAsync(chosen, new ListingChange("Resume", ResumeEntries.Name, "Publish {entries} again", "published again")
        {
            Narrow = f => f.Listing is null or Listing.Suspended ? f with { Listing = Listing.Suspended } : f with { Among = [] },
            Note = "These entries are suspended. They will be visible to the public again.",
        });

    public async Task<IActionResult> OnPostTagAsync(List<Guid> chosen, string? tag)
    {
        var vocabularies = await rules.VocabulariesAsync(Cancellation);
        var term = tag is null ? null : vocabularies.Find(VocabularyNames.Tag, tag);
        if (term is not { Retired: false })
        {
            ModelState.AddModelError("new-tag", "Choose a tag.");
        }

        var leftReview = new HashSet<Guid>();
        return await ChangeAsync(chosen, new EachChange(
            "Tag",
            $"Add tag “{term?.Label}” to {{entries}}",
            async (s, id) =>
            {
                var row = await EntryStore.ReadAsync(s, id, Cancellation);
                var entry = EntryJson.Read((await EntryStore.ReadRevisionAsync(s, id, row.LatestRevision, Cancellation)).Body);
                if (!entry.Tags.Contains(term!.Code))
                {
                    await entries.SaveAsync(s, id, row.LatestRevision, entry with { Tags = [.. entry.Tags, term.Code] }, Actor, $"Added tag “{term.Label}”.", Cancellation);
                    if (row.DraftState == DraftState.InReview)
                    {
                        leftReview.Add(id);
                    }
                }
            },
            "tagged as drafts")
        {
            Note = NoteOfTagAsync,
            Aside = () => leftReview.Count == 0 ? "" : $" {BulkOutcome.Counted(leftReview.Count)} left review.",
        });
    }

    /// <summary>Sends drafts to review.</summary>
    public Task<IActionResult> OnPostReviewAsync(List<Guid> chosen) => ChangeAsync(chosen, new EachChange(
        "Review",
        "Send {entries} to review",
        async (s, id) => await reviews.SubmitAsync(s, id, (await EntryStore.ReadAsync(s, id, Cancellation)).LatestRevision, Actor, null, Cancellation),
        "sent to review")
    {
        Narrow = f => f.Draft is null or DraftState.Draft ? f with { Draft = DraftState.Draft } : f with { Among = [] },
        Note = _ => Task.FromResult<string?>("Drafts with validation errors are not sent. They are listed at the end."),
    });

    /// <summary>Returns whether an entry stays selected: after a partial failure, only the failed entries do.</summary>
    public bool StaysChosen(Guid id) =>
        Outcome?.Refused.Any(i => i.Id == id) ?? (Request.HasFormContentType && Request.Form["chosen"].Contains(id.ToString()));

    private async Task<string?> NoteOfTagAsync(EntryFilter filter)
    {
        var inReview = filter.Draft is null or DraftState.InReview
            ? await ReadAsync(s => EntryFinder.CountAsync(s, filter with { Draft = DraftState.InReview }, Cancellation))
            : 0;
        return "Each entry gets a new draft. The public sees the tag after review."
            + (inReview == 0 ? "" : $" Entries in review that become drafts again: {inReview:N0}.");
    }

    private Task<IActionResult> ChangeAsync(List<Guid> chosen, EachChange change) =>
        Typed("all") == "true" ? ChangeAllAsync(change) : ChangeChosenAsync(chosen, change);

    private async Task<IActionResult> ChangeChosenAsync(List<Guid> chosen, EachChange change)
    {
        if (chosen.Count is 0 or > MaxSelected)
        {
            ModelState.AddModelError("", chosen.Count == 0 ? "Select at least one entry." : $"Select at most {MaxSelected} entries.");
        }

        if (ModelState.ErrorCount > 0)
        {
            await LoadAsync();
            return Page();
        }

        var (changed, refused) = await EachAsync(chosen.Distinct(), change);
        if (refused.Count == 0)
        {
            Notice = $"{BulkOutcome.Counted(changed.Count)} {change.Done}.{change.Aside()}";
            return LocalRedirect(Request.PathBase + Request.Path + Search.Query(("number", Number > 1 ? Number.ToString(CultureInfo.InvariantCulture) : null)));
        }

        await LoadAsync();
        Outcome = new BulkOutcome(change.Done, changed.Count, await NamedAsync(changed), await NamedAsync(refused), refused.Count);
        return Page();
    }

    /// <summary>Asks for confirmation, then changes one batch and requests the next. Pages by id, because changed entries can leave the search results.</summary>
    private async Task<IActionResult> ChangeAllAsync(EachChange change)
    {
        if (ModelState.ErrorCount > 0)
        {
            await LoadAsync();
            return Page();
        }

        var filter = change.Narrow(await ReadAsync(FilterAsync));
        if (Typed("confirmed") != "true")
        {
            var number = await ReadAsync(s => EntryFinder.CountAsync(s, filter, Cancellation));
            Question = new BulkQuestion(change.Handler, change.Action, number, await change.Note(filter), null, 0, [], 0);
            await LoadAsync();
            return Page();
        }

        Guid? after = Guid.TryParse(Typed("after"), out var last) ? last : null;
        var ids = await ReadAsync(s => EntryFinder.BatchAsync(s, filter, after, BatchSize, Cancellation));
        var (changed, refused) = await EachAsync(ids, change);
        var (sum, failed) = (Counter("changed") + changed.Count, Counter("failed") + refused.Count);
        IReadOnlyList<ChangedEntry> named = [.. Refusals().Concat(await NamedAsync(refused)).Take(MaxNamed)];
        if (ids.Count == BatchSize)
        {
            Question = new BulkQuestion(change.Handler, change.Action, Counter("found"), null, ids[^1], sum, named, failed);
            await LoadAsync();
            return Page();
        }

        if (failed == 0)
        {
            Notice = $"{BulkOutcome.Counted(sum)} {change.Done}.";
            return LocalRedirect(Request.PathBase + Request.Path + Search.Query());
        }

        await LoadAsync();
        Outcome = new BulkOutcome(change.Done, sum, [], named, failed);
        return Page();
    }

    private int Counter(string name) => int.TryParse(Typed(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>Serializes the failures for the next batch's form.</summary>
    public string Carry(IReadOnlyList<ChangedEntry> refused) => JsonSerializer.Serialize(refused, FormJson);

    private IReadOnlyList<ChangedEntry> Refusals()
    {
        try
        {
            return JsonSerializer.Deserialize<List<ChangedEntry>>(Typed("refused") is { Length: > 0 } carried ? carried : "[]", FormJson) ?? [];
        }
        catch (JsonException)
        {
            // Only this page writes the field. Ignore invalid input.
            return [];
        }
    }

    /// <summary>
    /// Takes entries down or publishes them again as one bulk change, which can be undone as a unit. A large withdrawal waits for a second
    /// person; a change of many entries goes on, batch by batch, on the change's page.
    /// </summary>
    private async Task<IActionResult> ChangeListingAsync(List<Guid> chosen, ListingChange wanted)
    {
        var all = Typed("all") == "true";
        if (!all && chosen.Count is 0 or > MaxSelected)
        {
            ModelState.AddModelError("", chosen.Count == 0 ? "Select at least one entry." : $"Select at most {MaxSelected} entries.");
        }

        IReadOnlyList<Guid> ids = chosen;
        if (all && ModelState.ErrorCount == 0)
        {
            var filter = wanted.Narrow(await ReadAsync(FilterAsync));
            ids = await ReadAsync(s => EntryFinder.FindIdsAsync(s, filter, Search.Order, Cancellation));
            if (Typed("confirmed") != "true" || ids.Count == 0)
            {
                Question = new BulkQuestion(wanted.Handler, wanted.Title, ids.Count, wanted.Note, null, 0, [], 0);
                await LoadAsync();
                return Page();
            }
        }

        BulkChange? change = null;
        var request = new BulkRequest(wanted.Action, ids) { Reason = wanted.Reason, Typed = wanted.Typed };
        if (ModelState.ErrorCount > 0 || !await TryAsync(async s => change = await changes.BeginAsync(s, request, Actor, Cancellation)))
        {
            await LoadAsync();
            return Page();
        }

        if (change!.State == BulkState.Proposed || ids.Count > BatchSize)
        {
            return RedirectToPage("/BulkChanges/Show", new { id = change.BulkChangeId });
        }

        return await FinishListingAsync(change, wanted.Done);
    }

    private async Task<IActionResult> FinishListingAsync(BulkChange change, string done)
    {
        var finished = await changes.FinishAsync(Database, change.BulkChangeId, Cancellation);
        if (finished.Refused == 0)
        {
            Notice = $"{BulkOutcome.Counted(finished.Changed)} {done}.";
            return LocalRedirect(Request.PathBase + Request.Path + Search.Query(("number", Number > 1 ? Number.ToString(CultureInfo.InvariantCulture) : null)));
        }

        var items = await ReadAsync(s => BulkChangeStore.ListItemsAsync(s, change.BulkChangeId, state: null, 0, MaxSelected, Cancellation));
        await LoadAsync();
        Outcome = new BulkOutcome(done, finished.Changed, [.. Named(items, BulkItemState.Done)], [.. Named(items, BulkItemState.Refused).Take(MaxNamed)], finished.Refused);
        return Page();
    }

    private static IEnumerable<ChangedEntry> Named(IEnumerable<BulkItem> items, BulkItemState state) =>
        items.Where(i => i.State == state).Select(i => new ChangedEntry(i.EntryId, i.Name, i.Note ?? ""));

    /// <summary>Changes each entry in its own transaction, so that one failure does not affect the others.</summary>
    private async Task<(List<ChangedEntry> Changed, List<ChangedEntry> Refused)> EachAsync(IEnumerable<Guid> ids, EachChange change)
    {
        var changed = new List<ChangedEntry>();
        var refused = new List<ChangedEntry>();
        foreach (var id in ids)
        {
            try
            {
                await Database.TransactAsync(s => change.Act(s, id), Cancellation);
                changed.Add(new ChangedEntry(id, "", ""));
            }
            catch (RefusedException refusal)
            {
                refused.Add(new ChangedEntry(id, "", refusal.Message));
            }
        }

        return (changed, refused);
    }

    private Task<IReadOnlyList<ChangedEntry>> NamedAsync(List<ChangedEntry> items) => ReadAsync(async s =>
    {
        var named = new List<ChangedEntry>();
        foreach (var item in items)
        {
            var row = Rows.FirstOrDefault(r => r.EntryId == item.Id) ?? await EntryStore.FindAsync(s, item.Id, Cancellation);
            named.Add(item with { Name = row?.Name ?? item.Id.ToString() });
        }

        return (IReadOnlyList<ChangedEntry>)named;
    });

    /// <summary>A bulk change.</summary>
    /// <param name="Handler">The page handler that makes the change.</param>
    /// <param name="Action">The action, with "{entries}" in place of the number of entries.</param>
    /// <param name="Act">Changes one entry.</param>
    /// <param name="Done">The past participle, such as "suspended".</param>
    private sealed record EachChange(string Handler, string Action, Func<DbSession, Guid, Task> Act, string Done)
    {
        /// <summary>Narrows the search to entries that can be changed.</summary>
        public Func<EntryFilter, EntryFilter> Narrow { get; init; } = filter => filter;

        /// <summary>Returns an additional sentence for the success notice.</summary>
        public Func<string> Aside { get; init; } = () => "";

        /// <summary>Returns an explanation of the consequences; null for none.</summary>
        public Func<EntryFilter, Task<string?>> Note { get; init; } = _ => Task.FromResult<string?>(null);
    }

    /// <summary>A change of the listing of many entries.</summary>
    /// <param name="Handler">The page handler that makes the change.</param>
    /// <param name="Action">The code of the bulk action.</param>
    /// <param name="Title">The question, with "{entries}" in place of the number of entries.</param>
    /// <param name="Done">The past participle, such as "suspended".</param>
    private sealed record ListingChange(string Handler, string Action, string Title, string Done)
    {
        /// <summary>The reason, if any.</summary>
        public string? Reason { get; init; }

        /// <summary>The number of public entries as the person typed it.</summary>
        public int? Typed { get; init; }

        /// <summary>An explanation of the consequences.</summary>
        public required string Note { get; init; }

        /// <summary>Narrows the search to entries that can be changed.</summary>
        public required Func<EntryFilter, EntryFilter> Narrow { get; init; }
    }
}
