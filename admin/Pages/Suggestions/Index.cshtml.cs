using HealthEquity.Admin.Access;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Suggestions;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Suggestions;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Suggestions;

/// <summary>Lists reports from the public by entry, danger and papers first. A value is accepted and spam is dismissed here.</summary>
[AtLeast(CuratorRole.Curator)]
public sealed class IndexModel(
    EntryStore entries, ReviewStore reviews, Publisher publisher, DuplicateStore duplicates, SuggestionStore suggestions, DirectoryRules rules) : ConsolePage
{
    private const int PageSize = 50;
    private const int EntriesPerPage = 25;

    /// <summary>"open", "settled", or "dismissed".</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string State { get; set; } = "open";

    [BindProperty(SupportsGet = true), FromQuery]
    public int Number { get; set; } = 1;

    /// <summary>Closed reports.</summary>
    public IReadOnlyList<Suggestion> Items { get; private set; } = [];

    /// <summary>Open reports by entry.</summary>
    public IReadOnlyList<ReportedEntry> Reported { get; private set; } = [];

    /// <summary>The values that can be accepted, by report.</summary>
    public IReadOnlyDictionary<Guid, ReportedValue> Values { get; private set; } = new Dictionary<Guid, ReportedValue>();

    /// <summary>The reported entries, by id.</summary>
    public IReadOnlyDictionary<Guid, EntryRow> Rows { get; private set; } = new Dictionary<Guid, EntryRow>();

    public bool HasMore { get; private set; }

    /// <summary>Returns the label of a field from any kind that has it; null for a field that does not exist.</summary>
    public static string? LabelOf(string field) =>
        EntryKinds.All.Select(kind => ChangeView.Describe(kind, field)).FirstOrDefault(c => c.Field is not null).Label;

    /// <summary>Returns a posted value; empty for none.</summary>
    public string Typed(string name) => Request.HasFormContentType ? Request.Form[name].ToString() : "";

    public async Task OnGetAsync()
    {
        State = State is "settled" or "dismissed" ? State : "open";
        Number = Math.Clamp(Number, 1, int.MaxValue / PageSize);
        await using var session = await Database.OpenAsync(Cancellation);
        if (State != "open")
        {
            var found = await SuggestionStore.ListAsync(session, State, (Number - 1) * PageSize, PageSize + 1, Cancellation);
            (HasMore, Items) = (found.Count > PageSize, [.. found.Take(PageSize)]);
            return;
        }

        var all = ReportGroups.Of(await SuggestionStore.ListOpenAsync(session, Cancellation));
        HasMore = all.Count > Number * EntriesPerPage;
        Reported = [.. all.Skip((Number - 1) * EntriesPerPage).Take(EntriesPerPage)];
        await LoadValuesAsync(session);
    }

    /// <summary>Puts the value of a report into a draft, sends it to review, and settles the report and those that say the same.</summary>
    public async Task<IActionResult> OnPostAcceptAsync(Guid id)
    {
        await rules.VocabulariesAsync(Cancellation);
        var label = "";
        var done = await TryAsync(async session => label = await AcceptAsync(session, id));
        if (done)
        {
            Notice = $"{label} The report is settled.";
            return RedirectToPage(new { State, Number });
        }

        await OnGetAsync();
        return Page();
    }

    /// <summary>Suspends a reported entry at once. The reports stay open.</summary>
    public async Task<IActionResult> OnPostSuspendAsync(Guid id)
    {
        string? name = null;
        var done = await TryAsync(async session =>
        {
            var report = await SuggestionStore.ReadAsync(session, id, Cancellation);
            name = report.EntryName;
            await publisher.WithdrawAsync(
                session, report.EntryId ?? throw new RefusedException("This report is about an entry that is missing."), Listing.Suspended, Actor, "The public reported a problem.", mergedInto: null, Cancellation);
        });
        if (done)
        {
            Notice = $"{name}: suspended. Settle the reports, then publish it again.";
            return RedirectToPage(new { State, Number });
        }

        await OnGetAsync();
        return Page();
    }

    /// <summary>Dismisses the selected reports.</summary>
    public async Task<IActionResult> OnPostDismissAsync(List<string> chosen, string? reason)
    {
        var ids = chosen.SelectMany(c => c.Split(',')).Select(c => Guid.TryParse(c, out var id) ? id : Guid.Empty).Distinct().ToList();
        var dismissed = 0;
        var done = await TryAsync(async session =>
        {
            foreach (var id in ids.Count == 0 ? throw new RefusedException("Select at least one report.") : ids)
            {
                await suggestions.DismissAsync(session, id, Actor, reason ?? "", Cancellation);
                dismissed++;
            }
        });
        if (done)
        {
            Notice = dismissed == 1 ? "1 report dismissed." : $"{dismissed} reports dismissed.";
            return RedirectToPage(new { State, Number });
        }

        await OnGetAsync();
        return Page();
    }

    private async Task<string> AcceptAsync(DbSession session, Guid id)
    {
        var report = await SuggestionStore.ReadAsync(session, id, Cancellation);
        var row = await EntryStore.ReadAsync(session, report.EntryId ?? throw new RefusedException("This report is about an entry that is missing."), Cancellation);
        var entry = EntryJson.Read((await EntryStore.ReadRevisionAsync(session, row.EntryId, row.LatestRevision, Cancellation)).Body);
        var value = ReportedValue.Find(report, entry) ?? throw new RefusedException("This report contains no value that can be accepted. Open it to correct the entry.");
        var revision = await entries.SaveAsync(
            session, row.EntryId, row.LatestRevision, value.ApplyTo(entry), Actor, $"{value.Label}: accepted from a report.", Cancellation);
        await duplicates.DetectAsync(session, [row.EntryId], Cancellation);
        // An unfinished draft of somebody else is not sent to review.
        var inReview = row.DraftState is DraftState.None or DraftState.InReview;
        if (inReview)
        {
            await reviews.SubmitAsync(session, row.EntryId, revision, Actor, null, Cancellation);
        }

        foreach (var same in (await SuggestionStore.ListOpenAsync(session, row.EntryId, Cancellation)).Where(s => s.SuggestionId == id || ReportedValue.Find(s, entry) == value))
        {
            await suggestions.SettleAsync(session, same.SuggestionId, Actor, "Accepted.", Cancellation);
        }

        return inReview ? $"{row.Name}: {value.Shown} was sent to review." : $"{row.Name}: {value.Shown} was added to the unfinished draft.";
    }

    private async Task LoadValuesAsync(DbSession session)
    {
        var (values, rows) = (new Dictionary<Guid, ReportedValue>(), new Dictionary<Guid, EntryRow>());
        foreach (var reported in Reported.Where(r => r.EntryId is not null))
        {
            if (await EntryStore.FindAsync(session, reported.EntryId!.Value, Cancellation) is not { } row)
            {
                continue;
            }

            rows[row.EntryId] = row;
            var entry = EntryJson.Read((await EntryStore.ReadRevisionAsync(session, row.EntryId, row.LatestRevision, Cancellation)).Body);
            foreach (var report in reported.Reports.Select(r => r.First))
            {
                if (ReportedValue.Find(report, entry) is { } value)
                {
                    values[report.SuggestionId] = value;
                }
            }
        }

        (Values, Rows) = (values, rows);
    }
}
