using HealthEquity.Db.Storage;

namespace HealthEquity.Db.Entries;

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

/// <summary>The order of a list of entries. What has no such day, or nobody who looks after it, stands last either way.</summary>
/// <param name="Sort">What they are listed by.</param>
/// <param name="Descending">The largest first.</param>
public readonly record struct EntryOrder(EntrySort Sort, bool Descending = false)
{
    private const string Assignee = "(SELECT c.DisplayName FROM Curator c WHERE c.CuratorId = e.AssignedTo)";

    private static readonly Sql ByName = Of("e.Name");
    private static readonly Sql ByNameDown = Of("e.Name DESC");
    private static readonly Sql ByDue = Of(Last("e.CheckDueOn"));
    private static readonly Sql ByDueDown = Of("e.CheckDueOn DESC");
    private static readonly Sql ByChange = Of("e.UpdatedAt");
    private static readonly Sql ByChangeDown = Of("e.UpdatedAt DESC");
    private static readonly Sql ByAssured = Of(Last("e.AssuredOn"));
    private static readonly Sql ByAssuredDown = Of("e.AssuredOn DESC");
    private static readonly Sql ByKind = Of("e.Kind, e.Name");
    private static readonly Sql ByKindDown = Of("e.Kind DESC, e.Name DESC");
    private static readonly Sql ByState = Of("e.Listing, e.DraftState, e.Name");
    private static readonly Sql ByStateDown = Of("e.Listing DESC, e.DraftState DESC, e.Name DESC");
    private static readonly Sql ByCapacity = Of(Last("e.CapacityAsOf"));
    private static readonly Sql ByCapacityDown = Of("e.CapacityAsOf DESC");
    private static readonly Sql ByCredential = Of(Last("e.CredentialExpiresOn"));
    private static readonly Sql ByCredentialDown = Of("e.CredentialExpiresOn DESC");
    private static readonly Sql ByAssigned = Of($"CASE WHEN e.AssignedTo IS NULL THEN 1 ELSE 0 END, {Assignee}, e.Name");
    private static readonly Sql ByAssignedDown = Of($"{Assignee} DESC, e.Name DESC");
    private static readonly Sql BySlug = Of("e.Slug");
    private static readonly Sql BySlugDown = Of("e.Slug DESC");

    /// <summary>The statement that finds a page in this order.</summary>
    internal Sql Page => (Sort, Descending) switch
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

    /// <summary>Both databases put what is null first, and so last when the order is descending.</summary>
    private static string Last(string column) => $"CASE WHEN {column} IS NULL THEN 1 ELSE 0 END, {column}";

    private static Sql Of(string order)
    {
        var (sqlServer, sqlite) = EntryFinder.Page($"{order}, e.EntryId");
        return new("EntryFinder.Find", sqlServer, sqlite);
    }
}
