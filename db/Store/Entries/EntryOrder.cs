using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Entries;

/// <summary>The sort key of a list of entries.</summary>
public enum EntrySort
{
    /// <summary>Name.</summary>
    Name,

    /// <summary>Due date.</summary>
    Due,

    /// <summary>Last change.</summary>
    Changed,

    /// <summary>Date last confirmed.</summary>
    Assured,

    /// <summary>Kind, then name.</summary>
    Kind,

    /// <summary>Status: listing, then draft state.</summary>
    State,

    /// <summary>Date of the capacity information.</summary>
    Capacity,

    /// <summary>Earliest expiration of a license or accreditation.</summary>
    Credential,

    /// <summary>Name of the assigned curator.</summary>
    Assigned,

    /// <summary>Slug.</summary>
    Slug,

    /// <summary>Best match first; ignored without search text.</summary>
    Relevance,
}

/// <summary>The statements that select ids in an order.</summary>
/// <param name="Filtered">With filters.</param>
/// <param name="Walked">With filters that many entries match, or whose entries are known by their ids: reads in this order until the page is full.</param>
/// <param name="All">Without filters, which needs only an index.</param>
internal sealed record OrderedIds(Sql Filtered, Sql Walked, Sql All);

/// <summary>The order of a list of entries. Entries without the date or without an assigned curator come last in both directions.</summary>
/// <param name="Sort">The sort key.</param>
/// <param name="Descending">True for descending order.</param>
public readonly record struct EntryOrder(EntrySort Sort, bool Descending = false)
{
    private const string Assignee = "(SELECT c.DisplayName FROM Curator c WHERE c.CuratorId = e.AssignedTo)";

    private static readonly OrderedIds ByName = Of("e.Name, e.EntryId");
    private static readonly OrderedIds ByNameDown = Of("e.Name DESC, e.EntryId DESC");
    private static readonly OrderedIds ByDue = OfDay("CheckDueOn", "IX_Entry_ByDue");
    private static readonly OrderedIds ByDueDown = Of("e.CheckDueOn DESC, e.EntryId DESC", "IX_Entry_ByDue");
    private static readonly OrderedIds ByChange = Of("e.UpdatedAt, e.EntryId", "IX_Entry_ByUpdate");
    private static readonly OrderedIds ByChangeDown = Of("e.UpdatedAt DESC, e.EntryId DESC", "IX_Entry_ByUpdate");
    private static readonly OrderedIds ByAssured = OfDay("AssuredOn", "IX_Entry_ByAssurance");
    private static readonly OrderedIds ByAssuredDown = Of("e.AssuredOn DESC, e.EntryId DESC", "IX_Entry_ByAssurance");
    private static readonly OrderedIds ByKind = Of("e.Kind, e.Name, e.EntryId");
    private static readonly OrderedIds ByKindDown = Of("e.Kind DESC, e.Name DESC, e.EntryId DESC");
    private static readonly OrderedIds ByState = Of("e.Listing, e.DraftState, e.Name, e.EntryId", "IX_Entry_ByState");
    private static readonly OrderedIds ByStateDown = Of("e.Listing DESC, e.DraftState DESC, e.Name DESC, e.EntryId DESC", "IX_Entry_ByState");
    private static readonly OrderedIds ByCapacity = OfDay("CapacityAsOf", "IX_Entry_ByCapacity");
    private static readonly OrderedIds ByCapacityDown = Of("e.CapacityAsOf DESC, e.EntryId DESC", "IX_Entry_ByCapacity");
    private static readonly OrderedIds ByCredential = OfDay("CredentialExpiresOn", "IX_Entry_ByCredential");
    private static readonly OrderedIds ByCredentialDown = Of("e.CredentialExpiresOn DESC, e.EntryId DESC", "IX_Entry_ByCredential");
    private static readonly OrderedIds ByAssigned = Of($"CASE WHEN e.AssignedTo IS NULL THEN 1 ELSE 0 END, {Assignee}, e.Name, e.EntryId");
    private static readonly OrderedIds ByAssignedDown = Of($"{Assignee} DESC, e.Name DESC, e.EntryId DESC");
    private static readonly OrderedIds BySlug = Of("e.Slug, e.EntryId");
    private static readonly OrderedIds BySlugDown = Of("e.Slug DESC, e.EntryId DESC");

    /// <summary>The statements for this order.</summary>
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

    private static OrderedIds Of(string order, string? index = null) => EntryFinder.Ids(order, order, index);

    /// <summary>Both databases sort nulls first, so last in descending order. Only SQLite supports NULLS LAST.</summary>
    private static OrderedIds OfDay(string column, string index) => EntryFinder.Ids(
        $"CASE WHEN e.{column} IS NULL THEN 1 ELSE 0 END, e.{column}, e.EntryId", $"e.{column} NULLS LAST, e.EntryId", index);
}
