using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Publishing;

public sealed partial class Publisher
{
    // The entry's former slugs, and every public slug of entries merged into it.
    private static readonly Sql SelectFormerSlugs = new(
        "Publisher.Publish",
        """
        WITH Merged (Survivor, EntryId) AS
        (
          SELECT SurvivorId, EntryId FROM MergedEntry WHERE SurvivorId IN @ids
          UNION ALL
          SELECT s.Survivor, m.EntryId FROM MergedEntry AS m INNER JOIN Merged AS s ON m.SurvivorId = s.EntryId
        )
        SELECT EntryId, Slug FROM FormerSlug WHERE EntryId IN @ids
        UNION
        SELECT m.Survivor, f.Slug FROM FormerSlug AS f INNER JOIN Merged AS m ON m.EntryId = f.EntryId INNER JOIN Entry AS e ON e.EntryId = m.EntryId
        WHERE e.FirstPublishedAt IS NOT NULL
        UNION
        SELECT m.Survivor, e.Slug FROM Entry AS e INNER JOIN Merged AS m ON m.EntryId = e.EntryId WHERE e.FirstPublishedAt IS NOT NULL
        ORDER BY Slug
        """);

    private static readonly Sql SelectEntries = new(
        "Publisher.PublishLatest",
        """
        SELECT EntryId, Kind, Slug, Name, Listing, ListingReason, DraftState, LatestRevision, PublishedRevision, FirstPublishedAt,
          AssuredOn, CheckDueOn, CapacityAsOf, CredentialExpiresOn, AssignedTo, CreatedAt, UpdatedAt,
          (SELECT m.SurvivorId FROM MergedEntry AS m WHERE m.EntryId = Entry.EntryId) AS MergedInto
        FROM Entry WHERE EntryId IN @ids
        """);

    private static readonly Sql SelectLatest = new(
        "Publisher.PublishLatest",
        """
        SELECT r.EntryId, r.Number, r.Body, r.Author, r.CreatedAt
        FROM Revision AS r INNER JOIN Entry AS e ON e.EntryId = r.EntryId AND e.LatestRevision = r.Number
        WHERE r.EntryId IN @ids
        """);

    private static readonly Sql SelectExisting = new("Publisher.PublishLatest", "SELECT EntryId FROM Published WHERE EntryId IN @ids");

    private static readonly RowList PublishedRows = new(
        "EntryId uniqueidentifier", "Kind nvarchar(4000)", "Slug nvarchar(4000)", "Body nvarchar(max)", "Sequence bigint", "AssuredOn date",
        "ChangedAt datetimeoffset(3)", "WithdrawnAt datetimeoffset(3)", "MergedInto uniqueidentifier");

    private static readonly Sql UpdatePublished = PublishedRows.Statement(
        "Publisher.Publish",
        """
        UPDATE Published
        SET Slug = r.Slug, Body = r.Body, Sequence = r.Sequence, AssuredOn = r.AssuredOn, ChangedAt = r.ChangedAt, WithdrawnAt = r.WithdrawnAt,
            MergedInto = r.MergedInto
        FROM @rows AS r WHERE Published.EntryId = r.EntryId
        """);

    private static readonly Sql InsertPublished = PublishedRows.Statement(
        "Publisher.Publish",
        """
        INSERT INTO Published (EntryId, Kind, Slug, Body, Sequence, AssuredOn, ChangedAt, WithdrawnAt, MergedInto)
        SELECT r.EntryId, r.Kind, r.Slug, r.Body, r.Sequence, r.AssuredOn, r.ChangedAt, r.WithdrawnAt, r.MergedInto FROM @rows AS r
        """);

    private static readonly RowList EntryRows = new(
        "EntryId uniqueidentifier", "Listing nvarchar(4000)", "ListingReason nvarchar(4000)", "DraftState nvarchar(4000)", "PublishedRevision int",
        "FirstPublishedAt datetimeoffset(3)", "CheckDueOn date");

    private static readonly Sql UpdateEntry = EntryRows.Statement(
        "Publisher.Publish",
        """
        UPDATE Entry
        SET Listing = r.Listing, ListingReason = r.ListingReason, DraftState = r.DraftState, PublishedRevision = r.PublishedRevision,
            FirstPublishedAt = r.FirstPublishedAt, CheckDueOn = r.CheckDueOn
        FROM @rows AS r WHERE Entry.EntryId = r.EntryId AND (Entry.Listing <> 'doNotList' OR r.Listing = 'doNotList')
        """);

    // The entry it was merged into, and the entries merged into it.
    private static readonly Sql SelectMergedWith = new(
        "Publisher.Withdraw",
        """
        SELECT e.EntryId
        FROM MergedEntry AS m INNER JOIN Entry AS e ON e.EntryId = CASE WHEN m.EntryId = @id THEN m.SurvivorId ELSE m.EntryId END
        WHERE (m.EntryId = @id OR m.SurvivorId = @id) AND e.Listing <> 'doNotList'
        ORDER BY e.EntryId
        """);

    private static readonly RowList Decisions = new(
        "ReviewId uniqueidentifier", "EntryId uniqueidentifier", "Revision int", "Decision nvarchar(4000)", "DecidedBy nvarchar(4000)",
        "DecidedAt datetimeoffset(3)", "Reason nvarchar(4000)", "Sequence bigint");

    private static readonly Sql InsertDecision = Decisions.Statement(
        "Publisher.Decide",
        """
        INSERT INTO Review (ReviewId, EntryId, Revision, Decision, DecidedBy, DecidedAt, Reason, Sequence)
        SELECT r.ReviewId, r.EntryId, r.Revision, r.Decision, r.DecidedBy, r.DecidedAt, r.Reason, r.Sequence FROM @rows AS r
        """);
}
