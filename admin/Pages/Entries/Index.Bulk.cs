using System.Globalization;
using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>One of the entries that were to be changed together.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Why">Why it refused; empty where it did not.</param>
public sealed record BulkItem(Guid Id, string Name, string Why);

/// <summary>What came of a change to many entries.</summary>
/// <param name="Done">What was done to those that did not refuse, such as "suspended".</param>
/// <param name="Number">How many those are.</param>
/// <param name="Changed">Those, where they were chosen one by one.</param>
/// <param name="Refused">Those that refused, the first of them where they are many; nothing of them has changed.</param>
/// <param name="Failed">How many refused.</param>
public sealed record BulkOutcome(string Done, int Number, IReadOnlyList<BulkItem> Changed, IReadOnlyList<BulkItem> Refused, int Failed)
{
    /// <summary>"One entry", "12 entries".</summary>
    public static string Counted(int number) => number == 1 ? "One entry" : $"{number:N0} entries";
}

/// <summary>A change to everything that a search finds: asked about first, then made a batch at a time.</summary>
/// <param name="Handler">The handler that makes it.</param>
/// <param name="Verb">What is done, such as "Suspend".</param>
/// <param name="Number">How many entries are found.</param>
/// <param name="Note">What it brings about beside what it says; null for nothing.</param>
/// <param name="After">The last entry that is done; null before the first batch.</param>
/// <param name="Changed">How many were changed so far.</param>
/// <param name="Refused">The first of those that refused so far.</param>
/// <param name="Failed">How many refused so far.</param>
public sealed record BulkQuestion(string Handler, string Verb, int Number, string? Note, Guid? After, int Changed, IReadOnlyList<BulkItem> Refused, int Failed);

/// <summary>Changes to many entries at once: to those chosen on the page, or to all that the search finds.</summary>
public sealed partial class IndexModel
{
    private const int MostAtOnce = 500;

    /// <summary>Entries changed in one request of many: a few seconds' work.</summary>
    private const int Batch = 250;

    /// <summary>Refusals named; the rest are counted.</summary>
    private const int MostNamed = 100;

    /// <summary>A list of refusals travels from batch to batch in the form.</summary>
    private static readonly JsonSerializerOptions Carried = new(JsonSerializerDefaults.Web);

    /// <summary>What came of a change to many entries, where some of them refused it.</summary>
    public BulkOutcome? Outcome { get; private set; }

    /// <summary>The change that waits for a word, or for its next batch.</summary>
    public BulkQuestion? Question { get; private set; }

    public Task<IActionResult> OnPostAssignAsync(List<Guid> chosen, Guid? curator) =>
        ChangeAsync(chosen, new BulkChange("Assign", "Assign", (s, id) => entries.AssignAsync(s, id, curator, Actor, Cancellation), "assigned"));

    public Task<IActionResult> OnPostSuspendAsync(List<Guid> chosen, string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            ModelState.AddModelError("suspend-reason", "Say why you suspend them.");
        }

        return ChangeAsync(chosen, new BulkChange(
            "Suspend",
            "Suspend",
            (s, id) => publisher.WithdrawAsync(s, id, Listing.Suspended, Actor, reason!, mergedInto: null, Cancellation),
            "suspended")
        {
            Narrow = f => f.Listing is null or Listing.Published ? f with { Listing = Listing.Published } : f with { Among = [] },
            Note = _ => Task.FromResult<string?>("They are public now, and the public no longer sees them from then on."),
        });
    }

    public async Task<IActionResult> OnPostTagAsync(List<Guid> chosen, string? tag)
    {
        var vocabularies = await rules.VocabulariesAsync(Cancellation);
        var term = tag is null ? null : vocabularies.Find(VocabularyNames.Tag, tag);
        if (term is not { Retired: false })
        {
            ModelState.AddModelError("new-tag", "Choose a tag.");
        }

        var leftReview = new HashSet<Guid>();
        return await ChangeAsync(chosen, new BulkChange(
            "Tag",
            $"Add the tag “{term?.Label}” to",
            async (s, id) =>
            {
                var row = await EntryStore.ReadAsync(s, id, Cancellation);
                var entry = EntryJson.Read((await EntryStore.ReadRevisionAsync(s, id, row.LatestRevision, Cancellation)).Body);
                if (!entry.Tags.Contains(term!.Code))
                {
                    await entries.SaveAsync(s, id, row.LatestRevision, entry with { Tags = [.. entry.Tags, term.Code] }, Actor, $"Tagged “{term.Label}”.", Cancellation);
                    if (row.DraftState == DraftState.InReview)
                    {
                        leftReview.Add(id);
                    }
                }
            },
            "tagged, as drafts")
        {
            Note = NoteOfTagAsync,
            Aside = () => leftReview.Count == 0 ? "" : $" {BulkOutcome.Counted(leftReview.Count)} of them left review.",
        });
    }

    /// <summary>Hands drafts to the reviewers.</summary>
    public Task<IActionResult> OnPostReviewAsync(List<Guid> chosen) => ChangeAsync(chosen, new BulkChange(
        "Review",
        "Send to review",
        async (s, id) => await reviews.SubmitAsync(s, id, (await EntryStore.ReadAsync(s, id, Cancellation)).LatestRevision, Actor, null, Cancellation),
        "sent to review")
    {
        Narrow = f => f.Draft is null or DraftState.Draft ? f with { Draft = DraftState.Draft } : f with { Among = [] },
        Note = _ => Task.FromResult<string?>("They are drafts. One that breaks a rule is not sent, and is named."),
    });

    /// <summary>After a refusal the same entries are chosen as before, less those that are done.</summary>
    public bool StaysChosen(Guid id) =>
        Outcome?.Refused.Any(i => i.Id == id) ?? (Request.HasFormContentType && Request.Form["chosen"].Contains(id.ToString()));

    private async Task<string?> NoteOfTagAsync(EntryFilter filter)
    {
        var inReview = filter.Draft is null or DraftState.InReview
            ? await ReadAsync(s => EntryFinder.CountAsync(s, filter with { Draft = DraftState.InReview }, Cancellation))
            : 0;
        return "Each gets a new draft, which is to be reviewed before the public sees the tag."
            + (inReview == 0 ? "" : $" {BulkOutcome.Counted(inReview)} in review become drafts again, and leave the reviewers' list.");
    }

    private Task<IActionResult> ChangeAsync(List<Guid> chosen, BulkChange change) =>
        Typed("all") == "true" ? ChangeAllAsync(change) : ChangeChosenAsync(chosen, change);

    private async Task<IActionResult> ChangeChosenAsync(List<Guid> chosen, BulkChange change)
    {
        if (chosen.Count is 0 or > MostAtOnce)
        {
            ModelState.AddModelError("", chosen.Count == 0 ? "Choose at least one entry first." : $"Choose at most {MostAtOnce} entries at once.");
        }

        if (ModelState.ErrorCount > 0)
        {
            await OnGetAsync();
            return Page();
        }

        var (changed, refused) = await EachAsync(chosen.Distinct(), change);
        if (refused.Count == 0)
        {
            Notice = $"{BulkOutcome.Counted(changed.Count)} {change.Done}.{change.Aside()}";
            return LocalRedirect(Request.Path + Search.Query(("number", Number > 1 ? Number.ToString(CultureInfo.InvariantCulture) : null)));
        }

        await OnGetAsync();
        Outcome = new BulkOutcome(change.Done, changed.Count, await NamedAsync(changed), await NamedAsync(refused), refused.Count);
        return Page();
    }

    /// <summary>Asks first; then changes a batch, and asks for the next one. By id, so that what leaves the search on the way leaves no gap.</summary>
    private async Task<IActionResult> ChangeAllAsync(BulkChange change)
    {
        if (ModelState.ErrorCount > 0)
        {
            await OnGetAsync();
            return Page();
        }

        var filter = change.Narrow(await ReadAsync(FilterAsync));
        if (Typed("confirmed") != "true")
        {
            var number = await ReadAsync(s => EntryFinder.CountAsync(s, filter, Cancellation));
            Question = new BulkQuestion(change.Handler, change.Verb, number, await change.Note(filter), null, 0, [], 0);
            await OnGetAsync();
            return Page();
        }

        Guid? after = Guid.TryParse(Typed("after"), out var last) ? last : null;
        var ids = await ReadAsync(s => EntryFinder.BatchAsync(s, filter, after, Batch, Cancellation));
        var (changed, refused) = await EachAsync(ids, change);
        var (sum, failed) = (Counter("changed") + changed.Count, Counter("failed") + refused.Count);
        IReadOnlyList<BulkItem> named = [.. Refusals().Concat(await NamedAsync(refused)).Take(MostNamed)];
        if (ids.Count == Batch)
        {
            Question = new BulkQuestion(change.Handler, change.Verb, Counter("found"), null, ids[^1], sum, named, failed);
            await OnGetAsync();
            return Page();
        }

        if (failed == 0)
        {
            Notice = $"{BulkOutcome.Counted(sum)} {change.Done}.";
            return LocalRedirect(Request.Path + Search.Query());
        }

        await OnGetAsync();
        Outcome = new BulkOutcome(change.Done, sum, [], named, failed);
        return Page();
    }

    private int Counter(string name) => int.TryParse(Typed(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>What is carried along of refusals, as the form carries it.</summary>
    public string Carry(IReadOnlyList<BulkItem> refused) => JsonSerializer.Serialize(refused, Carried);

    private IReadOnlyList<BulkItem> Refusals()
    {
        try
        {
            return JsonSerializer.Deserialize<List<BulkItem>>(Typed("refused") is { Length: > 0 } carried ? carried : "[]", Carried) ?? [];
        }
        catch (JsonException)
        {
            // Nobody but the page itself writes it; who sends something else is told of this batch alone.
            return [];
        }
    }

    /// <summary>Does something to each entry, each in a transaction of its own: one that refuses keeps no other from it.</summary>
    private async Task<(List<BulkItem> Changed, List<BulkItem> Refused)> EachAsync(IEnumerable<Guid> ids, BulkChange change)
    {
        var changed = new List<BulkItem>();
        var refused = new List<BulkItem>();
        foreach (var id in ids)
        {
            try
            {
                await Database.TransactAsync(s => change.Act(s, id), Cancellation);
                changed.Add(new BulkItem(id, "", ""));
            }
            catch (RefusedException refusal)
            {
                refused.Add(new BulkItem(id, "", refusal.Message));
            }
        }

        return (changed, refused);
    }

    private Task<IReadOnlyList<BulkItem>> NamedAsync(List<BulkItem> items) => ReadAsync(async s =>
    {
        var named = new List<BulkItem>();
        foreach (var item in items)
        {
            var row = Rows.FirstOrDefault(r => r.EntryId == item.Id) ?? await EntryStore.FindAsync(s, item.Id, Cancellation);
            named.Add(item with { Name = row?.Name ?? item.Id.ToString() });
        }

        return (IReadOnlyList<BulkItem>)named;
    });

    /// <summary>A change to make to many entries.</summary>
    /// <param name="Handler">The handler that makes it.</param>
    /// <param name="Verb">What is done.</param>
    /// <param name="Act">Does it to one entry.</param>
    /// <param name="Done">What was done, such as "suspended".</param>
    private sealed record BulkChange(string Handler, string Verb, Func<DbSession, Guid, Task> Act, string Done)
    {
        /// <summary>Of everything that is found, what this can be done to.</summary>
        public Func<EntryFilter, EntryFilter> Narrow { get; init; } = filter => filter;

        /// <summary>What is to be said afterwards of those that were chosen.</summary>
        public Func<string> Aside { get; init; } = () => "";

        /// <summary>What else it brings about.</summary>
        public Func<EntryFilter, Task<string?>> Note { get; init; } = _ => Task.FromResult<string?>(null);
    }
}
