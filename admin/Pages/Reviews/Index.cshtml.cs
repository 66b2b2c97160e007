using System.Security.Claims;
using HealthEquity.Admin.Access;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Translations;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Reviews;

/// <summary>Lists what waits for review: drafts, bulk changes and proposed merges.</summary>
public sealed class IndexModel(TimeProvider clock) : ConsolePage
{
    private const int PageSize = 50;

    /// <summary>The code of a kind of entry; empty for all.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? Kind { get; set; }

    /// <summary>Who submitted it: an actor's code; empty for everybody.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? By { get; set; }

    [BindProperty(SupportsGet = true), FromQuery]
    public int Number { get; set; } = 1;

    /// <summary>The drafts on the page that the current curator may review.</summary>
    public IReadOnlyList<QueuedDraft> Mine { get; private set; } = [];

    /// <summary>The number of drafts on all pages that the current curator may review.</summary>
    public int MineCount { get; private set; }

    /// <summary>Drafts that the current curator worked on.</summary>
    public IReadOnlyList<QueuedDraft> Others { get; private set; } = [];

    /// <summary>How large the changes are, by entry.</summary>
    public IReadOnlyDictionary<Guid, ChangeSize> Sizes { get; private set; } = new Dictionary<Guid, ChangeSize>();

    /// <summary>The kinds and people that wait, with the number of drafts.</summary>
    public IReadOnlyList<(EntryKind Kind, int Number)> Kinds { get; private set; } = [];

    /// <inheritdoc cref="Kinds"/>
    public IReadOnlyList<(string By, int Number)> People { get; private set; } = [];

    /// <summary>Bulk changes whose drafts are reviewed as one, with the number of drafts that wait.</summary>
    public IReadOnlyList<(BulkChange Change, int Waiting)> Bulk { get; private set; } = [];

    /// <summary>Merges that curators propose.</summary>
    public IReadOnlyList<MergeProposal> Merges { get; private set; } = [];

    public ActorNames Names { get; private set; } = null!;

    public bool HasMore => MineCount > Number * PageSize;

    public async Task OnGetAsync()
    {
        Number = Math.Clamp(Number, 1, int.MaxValue / PageSize);
        await using var session = await Database.OpenAsync(Cancellation);
        Names = await ActorNames.ReadAsync(session, Cancellation);
        var queue = await ReviewableAsync(session, User, Cancellation);
        Kinds = [.. queue.CountBy(d => d.Kind).OrderBy(k => k.Key).Select(k => (k.Key, k.Value))];
        People = [.. queue.CountBy(d => d.SubmittedBy, StringComparer.Ordinal).OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, p.Value))];
        var filter = FilterOf(Kind, By);
        var shown = queue.Where(filter.Allows).ToList();
        var mine = shown.Where(d => !d.IsOwn).ToList();
        (Mine, MineCount) = ([.. mine.Skip((Number - 1) * PageSize).Take(PageSize)], mine.Count);
        Others = [.. shown.Where(d => d.IsOwn).Take(PageSize)];
        var bodies = await ReviewQueue.BodiesAsync(session, Mine.Concat(Others).Select(d => d.EntryId), Cancellation);
        Sizes = Mine.Concat(Others).ToDictionary(d => d.EntryId, d => ChangeSize.Of(d.Kind, bodies[d.EntryId].Before, bodies[d.EntryId].After));
        Merges = User.Role() == CuratorRole.LanguageReviewer ? [] : await MergeProposals.ListAsync(session, Cancellation);
        await GroupAsync(session);
    }

    /// <summary>Returns the filter of a kind and a person, as they stand in the address.</summary>
    public static QueueFilter FilterOf(string? kind, string? by) =>
        new(EntryKinds.TryParse(kind, out var known) ? known : null, string.IsNullOrEmpty(by) ? null : by);

    /// <summary>Returns the URL of another page of the list.</summary>
    public string PageAt(int number) => Url.Page("Index", new { kind = Kind, by = By, number })!;

    /// <summary>How long a draft has been waiting: "3 days".</summary>
    public string Age(QueuedDraft draft) => (clock.GetUtcNow() - draft.SubmittedAt) switch
    {
        { TotalHours: < 1 } => "less than an hour",
        { TotalHours: < 2 } => "1 hour",
        { TotalDays: < 1 } age => $"{(int)age.TotalHours} hours",
        { TotalDays: < 2 } => "1 day",
        var age => $"{(int)age.TotalDays:N0} days",
    };

    /// <summary>The queue of a user. Language reviewers see only changes of nothing but translations in their languages.</summary>
    internal static async Task<IReadOnlyList<QueuedDraft>> ReviewableAsync(DbSession session, ClaimsPrincipal user, CancellationToken cancellation)
    {
        var queue = await ReviewQueue.ListAsync(session, user.CuratorId(), cancellation);
        if (user.Role() != CuratorRole.LanguageReviewer)
        {
            return queue;
        }

        var bodies = await ReviewQueue.BodiesAsync(session, queue.Select(d => d.EntryId), cancellation);
        return [.. queue.Where(d => bodies[d.EntryId] is { Before: { } before, After: var after }
            && user.MayReview(TranslatableTexts.ChangedLanguages(EntryJson.Read(before), EntryJson.Read(after))))];
    }

    /// <summary>The bulk changes whose drafts wait. A change of a single entry is reviewed in the list.</summary>
    private async Task GroupAsync(DbSession session)
    {
        var groups = (await BulkReview.WaitingAsync(session, change: null, Cancellation)).GroupBy(w => w.BulkChangeId).Where(g => g.Count() > 1).ToList();
        var bulk = new List<(BulkChange, int)>();
        foreach (var group in groups)
        {
            bulk.Add((await BulkChangeStore.ReadAsync(session, group.Key, Cancellation), group.Count()));
        }

        Bulk = User.Role() == CuratorRole.LanguageReviewer ? [.. bulk.Where(b => User.MayReview(BulkChanges.ShowModel.LanguagesOf(b.Item1)))] : bulk;
    }
}
