using HealthEquity.Admin.Access;
using HealthEquity.Admin.Branding;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Forms;
using HealthEquity.Admin.Pages.Entries;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Records;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Calls;
using HealthEquity.Store.Comments;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Verification;

namespace HealthEquity.Admin.Pages;

/// <summary>The curator's home page: open tasks, next checks, and directory health.</summary>
public sealed class IndexModel(DirectoryHealth health, EntryViews views, CallQueue queue, TimeProvider clock) : ConsolePage
{
    private const int NextShown = 12;
    private const int UnreachedShown = 6;
    private const int MonthsShown = 12;
    private const int SuspensionsShown = 5;
    private const int MentionsShown = 10;
    private const int MaxLanguages = 3;

    public WorkCounts Counts { get; private set; } = null!;

    public IReadOnlyList<EntryRow> Next { get; private set; } = [];

    /// <summary>The number of calls to make now.</summary>
    public int Calls { get; private set; }

    /// <summary>How many of them are assigned to the curator.</summary>
    public int MyCalls { get; private set; }

    /// <summary>Comments that mention the curator, who has not read them yet, latest first.</summary>
    public IReadOnlyList<EntryComment> Mentions { get; private set; } = [];

    /// <summary>The number of all such comments.</summary>
    public int MentionCount { get; private set; }

    public ActorNames Names { get; private set; } = null!;

    /// <summary>Whether nothing waits: no task, no mention, no unsaved change, no announced suspension, no bulk change.</summary>
    public bool IsDone => Tasks().All(g => g.Tasks.Count == 0) && MentionCount == 0 && Unsaved.Count == 0
        && Suspensions.Number == 0 && BulkChanges.Count == 0;

    /// <summary>Reasons for the next checks: a request, or failed contact attempts.</summary>
    public IReadOnlyDictionary<Guid, string> Reasons { get; private set; } = new Dictionary<Guid, string>();

    public IReadOnlyList<AutosavedDraft> Unsaved { get; private set; } = [];

    public Chart Freshness { get; private set; } = null!;

    public Chart InTime { get; private set; } = null!;

    public Chart Languages { get; private set; } = null!;

    public Chart Counties { get; private set; } = null!;

    /// <summary>The current date in the department's time zone.</summary>
    public DateOnly Today { get; private set; }

    /// <summary>The number of possible duplicates.</summary>
    public int PossibleDuplicates { get; private set; }

    /// <summary>The number of merges that curators propose.</summary>
    public int Merges { get; private set; }

    /// <summary>The number of planned imports and open conflicts.</summary>
    public ImportsWaiting Imports { get; private set; } = null!;

    /// <summary>Entries that will be suspended within a week unless someone checks them.</summary>
    public SuspensionNotices Suspensions { get; private set; } = new(0, []);

    /// <summary>Why the automatic suspension refused to act; null if it did act.</summary>
    public string? SuspensionRefusal { get; private set; }

    /// <summary>The automatic suspensions of the last week that can be undone.</summary>
    public IReadOnlyList<BulkChange> SuspensionRuns { get; private set; } = [];

    /// <summary>Bulk changes that wait for a second person or for their next batch.</summary>
    public IReadOnlyList<BulkChange> BulkChanges { get; private set; } = [];

    /// <summary>Saved views of the list of entries, with their counts.</summary>
    public IReadOnlyList<CountedView> Views { get; private set; } = [];

    /// <summary>Whether the person works in a list of languages, and not on everything else.</summary>
    public bool IsTranslator => User.Languages().Count > 0;

    public int CapacityDays { get; private set; }

    public int CredentialDays { get; private set; }

    public async Task OnGetAsync()
    {
        Today = await Department.TodayAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        var settings = await SettingStore.ReadAsync(session, Cancellation);
        (CapacityDays, CredentialDays) = (settings.CapacityDays, settings.CredentialDays);
        Counts = await WorkQueue.CountAsync(session, User.CuratorId(), Today, Cancellation);
        Views = await views.ListAsync(session, User.CuratorId(), User.Languages(), Cancellation);
        await LoadOwnAsync(session);
        PossibleDuplicates = await DuplicateStore.CountAsync(session, PairFilter.All, Cancellation);
        Imports = await ImportStore.WaitingAsync(session, Cancellation);
        Merges = User.IsAtLeast(CuratorRole.Reviewer) ? (await MergeProposals.ListAsync(session, Cancellation)).Count : 0;
        var unreached = await WorkQueue.UnreachedAsync(session, settings, Cancellation);
        Next = await NextAsync(session, unreached);
        Reasons = await ReasonsAsync(session, unreached);
        Unsaved = await AutosavedDrafts.ListAsync(session, User.CuratorId(), Cancellation);
        await LoadSuspensionsAsync(session);
        var counted = await health.ReadAsync(Cancellation);
        var fresh = counted.Freshness;
        Freshness = ByMonth(fresh);
        InTime = Chart.Of("Verified on time by kind (percent)", "Kind", ["Percent"], EntryKinds.All.Where(k => fresh.Any(c => c.Kind == k.Code())).Select(k => (EntryLabels.Kind(k), new[] { Percent(fresh, k) }))) with { Maximum = 100 };
        Languages = Covered("Service entries by language", "Language", counted.Languages, EntryFormView.LanguageName);
        Counties = Covered("Service entries by county", "County", counted.Counties, code => HealthEquity.Directory.Geography.Counties.Parse(code)?.FullName ?? code);
    }

    /// <summary>What there is to do, by group, without what is done. A task leads to the page where it is done.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<TodayTask> Tasks)> Tasks()
    {
        string Day(int days) => Today.AddDays(days).ToString("yyyy-MM-dd", null);
        (string Title, TodayTask[] Tasks)[] groups =
        [
            ("For you", [
                new(Counts.Returned, "draft returned to me", "drafts returned to me", "/entries?returned=true&sort=changed", IsUrgent: true, CuratorRole.Curator),
                new(MyCalls, "call assigned to me", "calls assigned to me", "/verify?assigned=me", Least: CuratorRole.Curator),
                new(Counts.Reviewable, "draft waiting for my review", "drafts waiting for my review", "/reviews", Least: CuratorRole.Reviewer),
            ]),
            ("Calls", IsTranslator ? [] : [
                new(Calls, "call to make", "calls to make", "/verify", Least: CuratorRole.Curator),
                new(Counts.Overdue, "overdue", "overdue", $"/entries?dueBefore={Day(0)}&sort=due", IsUrgent: true),
                new(Counts.Due, "due within a week", "due within a week", $"/entries?dueFrom={Day(0)}&dueBefore={Day(7)}&sort=due"),
                new(Counts.Soon, "due in one to four weeks", "due in one to four weeks", $"/entries?dueFrom={Day(7)}&dueBefore={Day(30)}&sort=due"),
                new(Counts.Credentials, $"credential that expires within {CredentialDays} days", $"credentials that expire within {CredentialDays} days", $"/entries?credentialBefore={Day(CredentialDays)}&sort=due", IsUrgent: true),
                new(Counts.Capacity, $"with capacity information older than {CapacityDays} days", $"with capacity information older than {CapacityDays} days", $"/entries?capacityBefore={Day(-CapacityDays)}&sort=due"),
            ]),
            ("To decide", [
                new(Counts.Suggestions, "suggestion to settle", "suggestions to settle", "/suggestions", Least: CuratorRole.Curator),
                new(PossibleDuplicates, "possible duplicate", "possible duplicates", "/duplicates"),
                new(Imports.Planned, "import ready to apply", "imports ready to apply", "/imports"),
                new(Imports.Unpublished, "import to publish", "imports to publish", "/imports", Least: CuratorRole.Reviewer),
                new(Merges, "proposed merge", "proposed merges", "/reviews", Least: CuratorRole.Reviewer),
                new(Imports.Conflicts, "import conflict to settle", "import conflicts to settle", "/imports/conflicts"),
            ]),
            ("Texts", [
                .. UnfinishedTexts(),
                new(Counts.StaleTranslations, "with an outdated translation", "with an outdated translation", "/entries?listing=published&stale=true&sort=changed"),
            ]),
            ("Under way", [
                new(Counts.InReview, "in review", "in review", "/entries?draft=inReview&sort=changed"),
                new(Counts.Drafts, "draft in progress", "drafts in progress", "/entries?draft=draft&sort=changed"),
                new(Counts.Suspended, "suspended", "suspended", "/entries?listing=suspended&sort=changed"),
            ]),
            ("Views", [.. Views.Where(v => !v.IsOfLanguage).Select(v => new TodayTask(v.Number, v.Work, v.Work, v.Url))]),
        ];
        // Translators don't make calls: what they can do comes first.
        return [.. groups.OrderByDescending(g => IsTranslator && g.Title == "Texts").Select(g => (g.Title, (IReadOnlyList<TodayTask>)[.. g.Tasks.Where(t => t.Number > 0 && User.IsAtLeast(t.Least))]))];
    }

    /// <summary>One line for each language of a translator. Others see how many languages lack something, and find them on one page.</summary>
    private IEnumerable<TodayTask> UnfinishedTexts()
    {
        var languages = Views.Where(v => v.IsOfLanguage).ToList();
        return languages.Count <= MaxLanguages || IsTranslator
            ? languages.Select(v => new TodayTask(v.Number, v.Work, v.Work, v.Url))
            : [new TodayTask(languages.Count, "language with unfinished texts", "languages with unfinished texts", "/translations", Least: CuratorRole.Translator)];
    }

    private async Task LoadOwnAsync(DbSession session)
    {
        Names = await ActorNames.ReadAsync(session, Cancellation);
        var mentions = await CommentStore.UnreadAsync(session, User.CuratorId(), Cancellation);
        (MentionCount, Mentions) = (mentions.Count, [.. mentions.Take(MentionsShown)]);
        if (User.IsAtLeast(CuratorRole.Curator))
        {
            Calls = await queue.CountAsync(session, assigned: null, Cancellation);
            MyCalls = await queue.CountAsync(session, User.CuratorId(), Cancellation);
        }
    }

    private async Task LoadSuspensionsAsync(DbSession session)
    {
        if (!User.IsAtLeast(CuratorRole.Curator))
        {
            return;
        }

        Suspensions = await OverdueSuspension.NoticesAsync(session, Today, SuspensionsShown, Cancellation);
        SuspensionRefusal = await OverdueSuspension.LastRefusalAsync(session, Cancellation);
        SuspensionRuns = [.. (await BulkChangeStore.ListSinceAsync(session, SuspendOverdueEntries.Overdue, clock.GetUtcNow().AddDays(-7), Cancellation)).Where(c => c.Changed > 0)];
        BulkChanges = await BulkChangeStore.ListWaitingAsync(session, Cancellation);
    }

    private async Task<Dictionary<Guid, string>> ReasonsAsync(DbSession session, IReadOnlyList<UnreachedEntry> unreached)
    {
        var asked = await CheckRequests.FindAsync(session, Next.Select(n => n.EntryId), Cancellation);
        var reasons = asked.ToDictionary(a => a.EntryId, a => a.Reason);
        foreach (var entry in unreached)
        {
            reasons[entry.EntryId] = $"No one answered the last {entry.Tries} times. Suspend it?";
        }

        return reasons;
    }

    /// <summary>Returns unreachable entries first, then the curator's own calls, most urgent first, or everyone's due entries if the curator has none.</summary>
    private async Task<IReadOnlyList<EntryRow>> NextAsync(DbSession session, IReadOnlyList<UnreachedEntry> unreached)
    {
        var next = new List<EntryRow>();
        foreach (var entry in unreached.Take(UnreachedShown))
        {
            next.Add(await EntryStore.ReadAsync(session, entry.EntryId, Cancellation));
        }

        next.AddRange((await DueAsync(session)).Where(d => next.All(n => n.EntryId != d.EntryId)));
        return [.. next.Take(NextShown)];
    }

    private async Task<IReadOnlyList<EntryRow>> DueAsync(DbSession session)
    {
        var mine = new List<EntryRow>();
        foreach (var call in (await queue.ListAsync(session, new CallFilter { AssignedTo = User.CuratorId() }, Cancellation)).Take(NextShown))
        {
            mine.Add(await EntryStore.ReadAsync(session, call.EntryId, Cancellation));
        }

        return mine.Count > 0 ? mine : await WorkQueue.NextAsync(session, Today.AddDays(30), clock.GetUtcNow(), NextShown, Cancellation);
    }

    private Chart ByMonth(IReadOnlyList<HealthCount> counts)
    {
        var months = Enumerable.Range(0, MonthsShown).Select(n => Today.AddMonths(n - MonthsShown + 1).ToString("yyyy-MM", null)).ToList();
        var kinds = EntryKinds.All.Where(k => counts.Any(c => c.Kind == k.Code())).ToList();
        int Number(EntryKind kind, Func<string?, bool> month) => counts.Where(c => c.Kind == kind.Code() && month(c.Heading)).Sum(c => c.Number);
        var rows = months.Select(m => (DisplayFormat.Month(m), kinds.Select(k => Number(k, h => h == m)).ToArray()))
            .Prepend(("Earlier", [.. kinds.Select(k => Number(k, h => h is not null && string.CompareOrdinal(h, months[0]) < 0))]))
            // Months before anything was confirmed say nothing.
            .SkipWhile(r => r.Item2.Sum() == 0)
            .Prepend(("Never", [.. kinds.Select(k => Number(k, h => h is null))]));
        return Chart.Of("Public entries by month of last confirmation", "Month", [.. kinds.Select(EntryLabels.Kind)], rows);
    }

    private static Chart Covered(string title, string heading, IReadOnlyList<HealthCount> counts, Func<string, string> nameOf) =>
        Chart.Of(title, heading, ["Entries"], counts.Select(c => (nameOf(c.Heading ?? ""), new[] { c.Number })));

    private static int Percent(IReadOnlyList<HealthCount> counts, EntryKind kind)
    {
        var ofKind = counts.Where(c => c.Kind == kind.Code()).ToList();
        var all = ofKind.Sum(c => c.Number);
        return all == 0 ? 0 : (int)Math.Round(100.0 * ofKind.Sum(c => c.InTime) / all);
    }
}
