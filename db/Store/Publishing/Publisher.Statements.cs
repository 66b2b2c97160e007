using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Publishing;

public sealed partial class Publisher
{
    // Its own, and every slug of entries merged into it that the public ever saw.
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

    private static readonly Sql UpdatePublished = new(
        "Publisher.Publish",
        """
        UPDATE Published
        SET Slug = @Slug, Body = @Body, Sequence = @Sequence, AssuredOn = @AssuredOn, ChangedAt = @ChangedAt, WithdrawnAt = @WithdrawnAt,
            MergedInto = @MergedInto
        WHERE EntryId = @EntryId
        """);

    private static readonly Sql InsertPublished = new(
        "Publisher.Publish",
        """
        INSERT INTO Published (EntryId, Kind, Slug, Body, Sequence, AssuredOn, ChangedAt, WithdrawnAt, MergedInto)
        VALUES (@EntryId, @Kind, @Slug, @Body, @Sequence, @AssuredOn, @ChangedAt, @WithdrawnAt, @MergedInto)
        """);

    private static readonly Sql UpdateEntry = new(
        "Publisher.Publish",
        """
        UPDATE Entry
        SET Listing = @Listing, ListingReason = @ListingReason, DraftState = @DraftState, PublishedRevision = @PublishedRevision,
            FirstPublishedAt = @FirstPublishedAt, CheckDueOn = @CheckDueOn
        WHERE EntryId = @EntryId AND (Listing <> 'doNotList' OR @Listing = 'doNotList')
        """);

    // What it was merged into, and what was merged into it.
    private static readonly Sql SelectOneWithIt = new(
        "Publisher.Withdraw",
        """
        SELECT e.EntryId
        FROM MergedEntry AS m INNER JOIN Entry AS e ON e.EntryId = CASE WHEN m.EntryId = @id THEN m.SurvivorId ELSE m.EntryId END
        WHERE (m.EntryId = @id OR m.SurvivorId = @id) AND e.Listing <> 'doNotList'
        ORDER BY e.EntryId
        """);

    private static readonly Sql InsertDecision = new(
        "Publisher.Decide",
        """
        INSERT INTO Review (ReviewId, EntryId, Revision, Decision, DecidedBy, DecidedAt, Reason, Sequence)
        VALUES (@ReviewId, @EntryId, @Revision, @Decision, @DecidedBy, @DecidedAt, @Reason, @Sequence)
        """);
}
