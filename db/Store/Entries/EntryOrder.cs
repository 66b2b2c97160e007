using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Entries;

/// <summary>What entries are listed by.</summary>
public enum EntrySort
{
    /// <summary>Name.</summary>
    Name,

    /// <summary>The day by which they are to be checked.</summary>
    Due,

    /// <summary>When they were changed.</summary>
    Changed,

    /// <summary>The day on which they were last confirmed.</summary>
    Assured,

    /// <summary>Kind, and by name within it.</summary>
    Kind,

    /// <summary>Status: whether they are public, and whether a draft is under way.</summary>
    State,

    /// <summary>The day on which what is said of capacity was true.</summary>
    Capacity,

    /// <summary>The day on which the first license or accreditation ends.</summary>
    Credential,

    /// <summary>The name of who looks after them.</summary>
    Assigned,

    /// <summary>Slug.</summary>
    Slug,

    /// <summary>The best match first; of no account where no words are looked for.</summary>
    Relevance,
}

/// <summary>The statements that find ids in an order.</summary>
/// <param name="Filtered">Of what a filter lets through.</param>
/// <param name="All">Of everything, which needs no more than an index.</param>
internal sealed record OrderedIds(Sql Filtered, Sql All);

/// <summary>The order of a list of entries. What has no such day, or nobody who looks after it, stands last either way.</summary>
/// <param name="Sort">What they are listed by.</param>
/// <param name="Descending">The largest first.</param>
public readonly record struct EntryOrder(EntrySort Sort, bool Descending = false)
{
    private const string Assignee = "(SELECT c.DisplayName FROM Curator c WHERE c.CuratorId = e.AssignedTo)";

    private static readonly OrderedIds ByName = Of("e.Name, e.EntryId");
    private static readonly OrderedIds ByNameDown = Of("e.Name DESC, e.EntryId DESC");
    private static readonly OrderedIds ByDue = OfDay("CheckDueOn");
    private static readonly OrderedIds ByDueDown = Of("e.CheckDueOn DESC, e.EntryId DESC");
    private static readonly OrderedIds ByChange = Of("e.UpdatedAt, e.EntryId");
    private static readonly OrderedIds ByChangeDown = Of("e.UpdatedAt DESC, e.EntryId DESC");
    private static readonly OrderedIds ByAssured = OfDay("AssuredOn");
    private static readonly OrderedIds ByAssuredDown = Of("e.AssuredOn DESC, e.EntryId DESC");
    private static readonly OrderedIds ByKind = Of("e.Kind, e.Name, e.EntryId");
    private static readonly OrderedIds ByKindDown = Of("e.Kind DESC, e.Name DESC, e.EntryId DESC");
    private static readonly OrderedIds ByState = Of("e.Listing, e.DraftState, e.Name, e.EntryId");
    private static readonly OrderedIds ByStateDown = Of("e.Listing DESC, e.DraftState DESC, e.Name DESC, e.EntryId DESC");
    private static readonly OrderedIds ByCapacity = OfDay("CapacityAsOf");
    private static readonly OrderedIds ByCapacityDown = Of("e.CapacityAsOf DESC, e.EntryId DESC");
    private static readonly OrderedIds ByCredential = OfDay("CredentialExpiresOn");
    private static readonly OrderedIds ByCredentialDown = Of("e.CredentialExpiresOn DESC, e.EntryId DESC");
    private static readonly OrderedIds ByAssigned = Of($"CASE WHEN e.AssignedTo IS NULL THEN 1 ELSE 0 END, {Assignee}, e.Name, e.EntryId");
    private static readonly OrderedIds ByAssignedDown = Of($"{Assignee} DESC, e.Name DESC, e.EntryId DESC");
    private static readonly OrderedIds BySlug = Of("e.Slug, e.EntryId");
    private static readonly OrderedIds BySlugDown = Of("e.Slug DESC, e.EntryId DESC");

    /// <summary>The statements that find ids in this order.</summary>
    internal OrderedIds Ids => (Sort, Descending) switch
    {
        (EntrySort.Due, false) => ByDue,
        (EntrySort.Due, true) => ByDueDown,
        (EntrySort.Changed, false) => ByChange,
        (EntrySort.Changed, true) => ByChangeDown,
        (EntrySort.Assured, false) => ByAssured,
        (EntrySort.Assured, true) => ByAssuredDown,
        (EntrySort.Kind, false) => ByKind,
        (EntrySort.Kind, true) => ByKindDown,
        (EntrySort.State, false) => ByState,
        (EntrySort.State, true) => ByStateDown,
        (EntrySort.Capacity, false) => ByCapacity,
        (EntrySort.Capacity, true) => ByCapacityDown,
        (EntrySort.Credential, false) => ByCredential,
        (EntrySort.Credential, true) => ByCredentialDown,
        (EntrySort.Assigned, false) => ByAssigned,
        (EntrySort.Assigned, true) => ByAssignedDown,
        (EntrySort.Slug, false) => BySlug,
        (EntrySort.Slug, true) => BySlugDown,
        (_, false) => ByName,
        (_, true) => ByNameDown,
    };

    private static OrderedIds Of(string order) => EntryFinder.Ids(order, order);

    /// <summary>Both databases put what is null first, and so last when the order is descending; only SQLite can be told otherwise.</summary>
    private static OrderedIds OfDay(string column) => EntryFinder.Ids(
        $"CASE WHEN e.{column} IS NULL THEN 1 ELSE 0 END, e.{column}, e.EntryId", $"e.{column} NULLS LAST, e.EntryId");
}
