using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;

namespace HealthEquity.Store.Publishing;

/// <summary>
/// Writes the public projection. Each publication and each withdrawal takes the next number of one sequence without gaps, in
/// the transaction that changes the row, so a reader that has seen n has missed nothing below n.
/// </summary>
public sealed class Publisher(TimeProvider clock, AuditLog audit)
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

    /// <summary>How many characters of a reason or note are kept with a decision.</summary>
    public const int MaxReasonLength = 1000;

    /// <summary>Publishes a revision. Who may do so is decided before: see the reviews.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="id">The entry.</param>
    /// <param name="revision">The revision's number.</param>
    /// <param name="decision">What to call it in the entry's history: publish, approve or resume.</param>
    /// <param name="actor">Who publishes.</param>
    /// <param name="reason">Why, where there is something to say.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <param name="again">It is to be public again though it was suspended or retired.</param>
    /// <returns>The publication's number.</returns>
    /// <exception cref="RefusedException">
    /// The entry asked not to be listed, refused its consent, was merged into another, or was taken down and is not said to be public again.
    /// </exception>
    public async Task<long> PublishAsync(
        DbSession session, Guid id, int revision, string decision, Actor actor, string? reason, CancellationToken cancellation, bool again = false)
    {
        var sequence = await ChangeCounter.NextAsync(session, cancellation);
        var entry = await EntryStore.ReadAsync(session, id, cancellation);
        var text = await EntryStore.ReadRevisionAsync(session, id, revision, cancellation);
        if (ListingRules.WhyNotPublished(entry, EntryJson.Read(text.Body), again) is { } why)
        {
            throw new RefusedException(why);
        }

        var settings = await SettingStore.ReadAsync(session, cancellation);
        var changed = Listed(entry, revision, settings, again);
        await UpdateEntriesAsync(session, [changed], cancellation);
        await WritePublishedAsync(session, changed, text, sequence, cancellation);
        await DecideAsync(session, id, revision, decision, actor, reason, sequence, cancellation);
        return sequence;
    }

    /// <summary>Publishes the latest revisions of several entries at once. Who may do so is decided before.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="ids">The entries.</param>
    /// <param name="decision">What to call it in the entries' history.</param>
    /// <param name="actor">Who publishes.</param>
    /// <param name="reason">Why, where there is something to say.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>Those that were published; the others asked not to be listed, refused their consent, were suspended or merged into another.</returns>
    public async Task<IReadOnlyList<Guid>> PublishLatestAsync(
        DbSession session, IReadOnlyList<Guid> ids, string decision, Actor actor, string? reason, CancellationToken cancellation)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var last = await ChangeCounter.NextAsync(session, cancellation, ids.Count);
        var list = new { ids = DbSession.Ids(ids) };
        var entries = (await session.QueryAsync<EntryRow>(SelectEntries, list, cancellation)).ToDictionary(e => e.EntryId);
        var texts = (await session.QueryAsync<Revision>(SelectLatest, list, cancellation)).ToDictionary(r => r.EntryId);
        var slugs = (await session.QueryAsync<FormerSlug>(SelectFormerSlugs, list, cancellation)).ToLookup(s => s.EntryId, s => s.Slug);
        var settings = await SettingStore.ReadAsync(session, cancellation);
        var first = last - ids.Count;
        var published = new List<(EntryRow Entry, PublishedEntry Row)>(ids.Count);
        foreach (var id in ids)
        {
            var entry = EntryJson.Read(texts[id].Body);
            // What was retired when its import was undone comes back with the import.
            if (ListingRules.WhyNotPublished(entries[id], entry, again: entries[id].Listing == Listing.Retired) is null)
            {
                var listed = Listed(entries[id], entries[id].LatestRevision, settings, again: false);
                published.Add((listed, Document(listed, entry, texts[id].CreatedAt, [.. slugs[id]], first + published.Count + 1)));
            }
        }

        await ChangeCounter.ReturnAsync(session, cancellation, ids.Count - published.Count);
        await UpdateEntriesAsync(session, [.. published.Select(p => p.Entry)], cancellation);
        var existing = (await session.QueryAsync<Guid>(SelectExisting, list, cancellation)).ToHashSet();
        await session.ExecuteAsync(UpdatePublished, published.Where(p => existing.Contains(p.Entry.EntryId)).Select(p => Parameters(p.Row)).ToList(), cancellation);
        await session.ExecuteAsync(InsertPublished, published.Where(p => !existing.Contains(p.Entry.EntryId)).Select(p => Parameters(p.Row)).ToList(), cancellation);
        await DecideAsync(
            session, [.. published.Select(p => (p.Entry.EntryId, p.Entry.LatestRevision, (long?)p.Row.Sequence))], decision, actor, reason, cancellation);
        return [.. published.Select(p => p.Entry.EntryId)];
    }

    /// <summary>Writes the public row again after a fact beside the text has changed: a verification, a slug.</summary>
    /// <returns>The publication's number; null when the entry is not public.</returns>
    public async Task<long?> RefreshAsync(DbSession session, Guid id, CancellationToken cancellation)
    {
        var sequence = await ChangeCounter.NextAsync(session, cancellation);
        var entry = await EntryStore.ReadAsync(session, id, cancellation);
        if (entry is not { Listing: Listing.Published, PublishedRevision: { } revision })
        {
            await ChangeCounter.ReturnAsync(session, cancellation);
            return null;
        }

        var text = await EntryStore.ReadRevisionAsync(session, id, revision, cancellation);
        await WritePublishedAsync(session, entry, text, sequence, cancellation);
        return sequence;
    }

    /// <summary>
    /// Takes an entry from the public: suspended, retired, or never to be listed again. The last is for good, and for all entries that
    /// were merged with it: they speak of the same people, and undoing a merge must not bring them back.
    /// </summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="id">The entry.</param>
    /// <param name="listing">What it becomes.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="reason">Why; the public is not told.</param>
    /// <param name="mergedInto">The entry that lives on, where this one is merged into it.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>The tombstone's number; null when there was nothing to tell the public.</returns>
    /// <exception cref="RefusedException">It asked not to be listed, was merged into another, or is to be suspended and is not public; or the reason is too long.</exception>
    public async Task<long?> WithdrawAsync(
        DbSession session, Guid id, Listing listing, Actor actor, string reason, Guid? mergedInto, CancellationToken cancellation)
    {
        var decision = listing switch
        {
            Listing.Suspended => "suspend",
            Listing.Retired => "retire",
            Listing.DoNotList => "doNotList",
            _ => throw new ArgumentOutOfRangeException(nameof(listing), listing, "not a way to withdraw"),
        };
        // The number is taken before the entry is read, so that two decisions on one entry stand in line.
        var next = await ChangeCounter.NextAsync(session, cancellation);
        var entry = await EntryStore.ReadAsync(session, id, cancellation);
        if (ListingRules.WhyNotWithdrawn(entry, listing) is { } why)
        {
            throw new RefusedException(why);
        }

        long? sequence = null;
        // Who has a tombstone already is still to learn which entry lives on.
        if (entry.Listing == Listing.Published || (mergedInto is not null && entry.FirstPublishedAt is not null))
        {
            sequence = next;
            await WriteRowAsync(session, Row(entry, next) with { WithdrawnAt = clock.GetUtcNow(), MergedInto = mergedInto }, cancellation);
        }
        else
        {
            await ChangeCounter.ReturnAsync(session, cancellation);
        }

        await UpdateEntriesAsync(session, [entry with { Listing = listing, ListingReason = reason }], cancellation);
        await DecideAsync(session, id, entry.LatestRevision, decision, actor, reason, sequence, cancellation);
        if (listing == Listing.DoNotList)
        {
            foreach (var other in await session.QueryAsync<Guid>(SelectOneWithIt, new { id }, cancellation))
            {
                await WithdrawAsync(session, other, listing, actor, reason, mergedInto: null, cancellation);
            }
        }

        return sequence;
    }

    /// <summary>Makes a suspended or retired entry public again, as it was.</summary>
    /// <exception cref="RefusedException">It is neither, was never published, or was merged into another.</exception>
    public async Task<long> ResumeAsync(DbSession session, Guid id, Actor actor, string? reason, CancellationToken cancellation)
    {
        var entry = await EntryStore.ReadAsync(session, id, cancellation);
        return entry is { Listing: Listing.Suspended or Listing.Retired, PublishedRevision: { } revision }
            ? await PublishAsync(session, id, revision, "resume", actor, reason, cancellation, again: true)
            : throw new RefusedException("Only a suspended or retired entry that was public before can be resumed.");
    }

    /// <summary>Waits until nobody else publishes or withdraws, until the transaction ends.</summary>
    internal static Task AcquirePublishLockAsync(DbSession session, CancellationToken cancellation) => ChangeCounter.NextAsync(session, cancellation, count: 0);

    /// <summary>Tells the public that a merged entry is its own again: it stays withdrawn, and leads to no other. One that was never public goes back to that.</summary>
    internal async Task SeparateAsync(DbSession session, Guid id, string reason, CancellationToken cancellation)
    {
        var sequence = await ChangeCounter.NextAsync(session, cancellation);
        var entry = await EntryStore.ReadAsync(session, id, cancellation);
        if (entry.FirstPublishedAt is null)
        {
            await ChangeCounter.ReturnAsync(session, cancellation);
        }
        else
        {
            await WriteRowAsync(session, Row(entry, sequence) with { WithdrawnAt = clock.GetUtcNow() }, cancellation);
        }

        if (entry.Listing == Listing.Retired)
        {
            var listing = entry.FirstPublishedAt is null ? Listing.Unpublished : Listing.Retired;
            await UpdateEntriesAsync(session, [entry with { Listing = listing, ListingReason = reason }], cancellation);
        }
    }

    internal Task DecideAsync(
        DbSession session, Guid id, int revision, string decision, Actor actor, string? reason, long? sequence, CancellationToken cancellation) =>
        DecideAsync(session, [(id, revision, sequence)], decision, actor, reason, cancellation);

    private async Task DecideAsync(
        DbSession session, IReadOnlyList<(Guid Id, int Revision, long? Sequence)> entries, string decision, Actor actor, string? reason, CancellationToken cancellation)
    {
        RefusedException.IfLonger(reason, MaxReasonLength, "The reason");
        var now = clock.GetUtcNow();
        var rows = entries.Select(e => new
        {
            ReviewId = Guid.CreateVersion7(now),
            EntryId = e.Id,
            e.Revision,
            Decision = decision,
            DecidedBy = actor.Code,
            DecidedAt = now,
            Reason = reason,
            e.Sequence,
        });
        await session.ExecuteAsync(InsertDecision, rows.ToList(), cancellation);
        await audit.AppendAsync(session, actor, [.. entries.Select(e => (decision, $"entry:{e.Id}", reason))], cancellation);
    }

    private static async Task UpdateEntriesAsync(DbSession session, IReadOnlyList<EntryRow> entries, CancellationToken cancellation)
    {
        // The statement itself keeps who asked not to be listed from being anything else: whatever asks for it, nothing is written.
        if (await session.ExecuteAsync(UpdateEntry, entries.Select(Parameters).ToList(), cancellation) != entries.Count)
        {
            throw new RefusedException("This entry asked not to be listed, and stays so.");
        }
    }

    private static object Parameters(EntryRow entry) => new
    {
        entry.EntryId,
        Listing = entry.Listing.Code(),
        entry.ListingReason,
        DraftState = entry.DraftState.Code(),
        entry.PublishedRevision,
        entry.FirstPublishedAt,
        entry.CheckDueOn,
    };

    private EntryRow Listed(EntryRow entry, int revision, DirectorySettings settings, bool again)
    {
        var firstPublished = entry.FirstPublishedAt ?? clock.GetUtcNow();
        var due = settings.DueOn(entry.Kind, entry.AssuredOn ?? settings.DayOf(firstPublished));
        // A check that somebody asked for before its time stays due: an edit is no check.
        due = entry.CheckDueOn < due ? entry.CheckDueOn.Value : due;
        var today = settings.DayOf(clock.GetUtcNow());
        return entry with
        {
            Listing = Listing.Published,
            ListingReason = null,
            DraftState = entry.LatestRevision == revision ? DraftState.None : entry.DraftState,
            PublishedRevision = revision,
            FirstPublishedAt = firstPublished,
            // What comes back is due at once, and its grace begins: or the next night would take it down again.
            CheckDueOn = again && due < today ? today : due,
        };
    }

    private async Task WritePublishedAsync(DbSession session, EntryRow entry, Revision text, long sequence, CancellationToken cancellation)
    {
        var slugs = await session.QueryAsync<FormerSlug>(SelectFormerSlugs, new { ids = DbSession.Ids([entry.EntryId]) }, cancellation);
        await WriteRowAsync(session, Document(entry, EntryJson.Read(text.Body), text.CreatedAt, [.. slugs.Select(s => s.Slug)], sequence), cancellation);
    }

    private PublishedEntry Document(EntryRow entry, Entry text, DateTimeOffset writtenAt, IReadOnlyList<string> formerSlugs, long sequence)
    {
        var row = Row(entry, sequence);
        var facts = new PublicationFacts(entry.EntryId, entry.Slug, formerSlugs, writtenAt, row.ChangedAt, entry.AssuredOn, entry.CheckDueOn);
        return row with { Body = PublicProjection.Of(text, facts) };
    }

    private PublishedEntry Row(EntryRow entry, long sequence) => new()
    {
        EntryId = entry.EntryId,
        Kind = entry.Kind,
        Slug = entry.Slug,
        Sequence = sequence,
        AssuredOn = entry.AssuredOn,
        // As exact as the column is, because the document says it too.
        ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()),
    };

    private static async Task WriteRowAsync(DbSession session, PublishedEntry row, CancellationToken cancellation)
    {
        var parameters = Parameters(row);
        if (await session.ExecuteAsync(UpdatePublished, parameters, cancellation) == 0)
        {
            await session.ExecuteAsync(InsertPublished, parameters, cancellation);
        }
    }

    private static object Parameters(PublishedEntry row) => new
    {
        row.EntryId,
        Kind = row.Kind.Code(),
        row.Slug,
        row.Body,
        row.Sequence,
        row.AssuredOn,
        row.ChangedAt,
        row.WithdrawnAt,
        row.MergedInto,
    };

    private sealed record FormerSlug
    {
        public Guid EntryId { get; init; }

        public string Slug { get; init; } = "";
    }
}
