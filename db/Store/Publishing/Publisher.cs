using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;

namespace HealthEquity.Store.Publishing;

/// <summary>The result of publishing several entries.</summary>
/// <param name="Published">The published entries.</param>
/// <param name="Refused">The reasons why the others were not published, by entry.</param>
public sealed record PublicationReport(IReadOnlySet<Guid> Published, IReadOnlyDictionary<Guid, string> Refused);

/// <summary>
/// Decides what may be published, and writes the public projection. Each publication and withdrawal takes the next number of a sequence
/// without gaps, in the transaction that changes the row: a reader that has seen n has not missed anything below n.
/// </summary>
public sealed partial class Publisher(TimeProvider clock, AuditLog audit)
{
    /// <summary>The maximum length of a reason or note of a decision, in characters.</summary>
    public const int MaxReasonLength = 1000;

    private const string ApproveOwn = "approveOwn";

    private const string TwoPersonReviewIsOff = "Two-person review is turned off.";

    /// <summary>Publishes a revision, if <see cref="ListingRules"/> allow it.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="id">The entry.</param>
    /// <param name="revision">The revision's number.</param>
    /// <param name="decision">The decision to record in the entry's history: publish, approve or resume.</param>
    /// <param name="actor">Who publishes.</param>
    /// <param name="reason">The reason, if any.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <param name="again">True to publish an entry again that was suspended or retired.</param>
    /// <returns>The sequence number of the publication.</returns>
    /// <exception cref="RefusedException">
    /// The entry asked not to be listed or matches one that did, consent was refused, it was merged into another, it was taken down and
    /// <paramref name="again"/> is false, or two-person review is on and the actor edited the draft.
    /// </exception>
    public async Task<long> PublishAsync(
        DbSession session, Guid id, int revision, string decision, Actor actor, string? reason, CancellationToken cancellation, bool again = false)
    {
        var sequence = await ChangeCounter.NextAsync(session, cancellation);
        var entry = await EntryStore.ReadAsync(session, id, cancellation);
        var text = await EntryStore.ReadRevisionAsync(session, id, revision, cancellation);
        var settings = await SettingStore.ReadAsync(session, cancellation);
        var request = new PublicationRequest(entry, revision, EntryJson.Read(text.Body), again);
        var check = (await PublicationChecks.CheckAsync(session, [request], actor, settings.FourEyes, cancellation))[0];
        if (check.WhyNot is { } why)
        {
            throw new RefusedException(why);
        }

        await NoteOwnAsync(session, actor, check.IsOwn ? [id] : [], cancellation);
        var changed = Listed(entry, revision, settings, again);
        await UpdateEntriesAsync(session, [changed], cancellation);
        await WritePublishedAsync(session, changed, text, sequence, cancellation);
        await DecideAsync(session, id, revision, decision, actor, reason, sequence, cancellation);
        return sequence;
    }

    /// <summary>Publishes the latest revisions of several entries at once, if <see cref="ListingRules"/> allow it.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="ids">The entries.</param>
    /// <param name="decision">The decision to record in the entries' history.</param>
    /// <param name="actor">Who publishes.</param>
    /// <param name="reason">The reason, if any.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>The published entries, and why the others were not published.</returns>
    public async Task<PublicationReport> PublishLatestAsync(
        DbSession session, IReadOnlyList<Guid> ids, string decision, Actor actor, string? reason, CancellationToken cancellation)
    {
        if (ids.Count == 0)
        {
            return new PublicationReport(new HashSet<Guid>(), new Dictionary<Guid, string>());
        }

        var last = await ChangeCounter.NextAsync(session, cancellation, ids.Count);
        var list = new { ids = DbSession.Ids(ids) };
        var entries = (await session.QueryAsync<EntryRow>(SelectEntries, list, cancellation)).ToDictionary(e => e.EntryId);
        var texts = (await session.QueryAsync<Revision>(SelectLatest, list, cancellation)).ToDictionary(r => r.EntryId);
        var slugs = (await session.QueryAsync<FormerSlug>(SelectFormerSlugs, list, cancellation)).ToLookup(s => s.EntryId, s => s.Slug);
        var settings = await SettingStore.ReadAsync(session, cancellation);
        // An entry retired by undoing its import comes back with the import.
        var requests = ids.Select(id => new PublicationRequest(
            entries[id], entries[id].LatestRevision, EntryJson.Read(texts[id].Body), IsAgain: entries[id].Listing == Listing.Retired)).ToList();
        var checks = await PublicationChecks.CheckAsync(session, requests, actor, settings.FourEyes, cancellation);
        var first = last - ids.Count;
        var (published, refused) = (new List<(EntryRow Entry, PublishedEntry Row)>(ids.Count), new Dictionary<Guid, string>());
        foreach (var (request, check) in requests.Zip(checks))
        {
            var id = request.Entry.EntryId;
            if (check.WhyNot is { } why)
            {
                refused[id] = why;
                continue;
            }

            var listed = Spread(request.Entry, Listed(request.Entry, request.Revision, settings, again: false), settings);
            published.Add((listed, Document(listed, request.Text, texts[id].CreatedAt, [.. slugs[id]], first + published.Count + 1)));
        }

        await ChangeCounter.ReturnAsync(session, cancellation, ids.Count - published.Count);
        await UpdateEntriesAsync(session, [.. published.Select(p => p.Entry)], cancellation);
        var existing = (await session.QueryAsync<Guid>(SelectExisting, list, cancellation)).ToHashSet();
        await session.ExecuteRowsAsync(UpdatePublished, published.Where(p => existing.Contains(p.Entry.EntryId)).Select(p => Parameters(p.Row)).ToList(), cancellation);
        await session.ExecuteRowsAsync(InsertPublished, published.Where(p => !existing.Contains(p.Entry.EntryId)).Select(p => Parameters(p.Row)).ToList(), cancellation);
        await DecideAsync(
            session, [.. published.Select(p => (p.Entry.EntryId, p.Entry.LatestRevision, (long?)p.Row.Sequence))], decision, actor, reason, cancellation);
        await NoteOwnAsync(session, actor, [.. requests.Zip(checks).Where(p => p.Second is { IsOwn: true, WhyNot: null }).Select(p => p.First.Entry.EntryId)], cancellation);
        return new PublicationReport(published.Select(p => p.Entry.EntryId).ToHashSet(), refused);
    }

    /// <summary>The reason why a revision can't be published; null if it can.</summary>
    public static async Task<string?> WhyNotAsync(DbSession session, Guid id, int revision, Actor actor, CancellationToken cancellation)
    {
        var entry = await EntryStore.ReadAsync(session, id, cancellation);
        var text = await EntryStore.ReadRevisionAsync(session, id, revision, cancellation);
        var settings = await SettingStore.ReadAsync(session, cancellation);
        var request = new PublicationRequest(entry, revision, EntryJson.Read(text.Body), IsAgain: false);
        return (await PublicationChecks.CheckAsync(session, [request], actor, settings.FourEyes, cancellation))[0].WhyNot;
    }

    /// <summary>Enforces two-person review for people who publish their own imports; if it is off, writes that to the audit log.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="actor">The publisher.</param>
    /// <param name="subject">The subject for the audit log.</param>
    /// <param name="refusal">The message if two-person review is on.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="RefusedException">Two-person review is on.</exception>
    public async Task EnforceTwoPersonReviewAsync(DbSession session, Actor actor, string subject, string refusal, CancellationToken cancellation)
    {
        if ((await SettingStore.ReadAsync(session, cancellation)).FourEyes)
        {
            throw new RefusedException(refusal);
        }

        await audit.AppendAsync(session, actor, ApproveOwn, subject, TwoPersonReviewIsOff, cancellation);
    }

    /// <summary>Rewrites the public row after a change outside the content: a verification, a slug.</summary>
    /// <returns>The sequence number of the publication; null if the entry is not public.</returns>
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
    /// Withdraws an entry: suspended, retired, or not to be listed. "Do not list" is final and applies to all entries merged with it: they are
    /// about the same people, and undoing a merge must not bring them back.
    /// </summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="id">The entry.</param>
    /// <param name="listing">The new listing.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="reason">The reason; not public.</param>
    /// <param name="mergedInto">The entry that this one is merged into, if any.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>The sequence number of the tombstone; null if nothing changed for the public.</returns>
    /// <exception cref="RefusedException">The entry asked not to be listed, was merged into another, or is not public and can't be suspended; or the reason is too long.</exception>
    public async Task<long?> WithdrawAsync(
        DbSession session, Guid id, Listing listing, Actor actor, string reason, Guid? mergedInto, CancellationToken cancellation)
    {
        RefusedException.IfLonger(reason, MaxReasonLength, "The reason");
        var decision = listing switch
        {
            Listing.Suspended => "suspend",
            Listing.Retired => "retire",
            Listing.DoNotList => "doNotList",
            _ => throw new ArgumentOutOfRangeException(nameof(listing), listing, "not a way to withdraw"),
        };
        // Take the number before reading the entry, so that two decisions on one entry run one after the other.
        var next = await ChangeCounter.NextAsync(session, cancellation);
        var entry = await EntryStore.ReadAsync(session, id, cancellation);
        if (ListingRules.WhyNotWithdrawn(entry, listing) is { } why)
        {
            throw new RefusedException(why);
        }

        long? sequence = null;
        // An existing tombstone must also name the survivor.
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
            foreach (var other in await session.QueryAsync<Guid>(SelectMergedWith, new { id }, cancellation))
            {
                await WithdrawAsync(session, other, listing, actor, reason, mergedInto: null, cancellation);
            }
        }

        return sequence;
    }

    /// <summary>Publishes a suspended or retired entry again.</summary>
    /// <exception cref="RefusedException">It is neither suspended nor retired, was never published, or was merged into another.</exception>
    public async Task<long> ResumeAsync(DbSession session, Guid id, Actor actor, string? reason, CancellationToken cancellation)
    {
        var entry = await EntryStore.ReadAsync(session, id, cancellation);
        return entry is { Listing: Listing.Suspended or Listing.Retired, PublishedRevision: { } revision }
            ? await PublishAsync(session, id, revision, "resume", actor, reason, cancellation, again: true)
            : throw new RefusedException("Only a suspended or retired entry that was public before can be resumed.");
    }

    /// <summary>Acquires the publish lock until the end of the transaction: nobody else can publish or withdraw.</summary>
    internal static Task AcquirePublishLockAsync(DbSession session, CancellationToken cancellation) => ChangeCounter.NextAsync(session, cancellation, count: 0);

    /// <summary>Updates the public row after a merge was undone: the entry stays withdrawn and no longer redirects. An entry that was never public becomes unpublished again.</summary>
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
        await session.ExecuteRowsAsync(InsertDecision, rows.ToList(), cancellation);
        await audit.AppendAsync(session, actor, [.. entries.Select(e => (decision, $"entry:{e.Id}", reason))], cancellation);
    }

    private Task NoteOwnAsync(DbSession session, Actor actor, IEnumerable<Guid> ids, CancellationToken cancellation) =>
        audit.AppendAsync(session, actor, [.. ids.Select(id => (ApproveOwn, $"entry:{id}", (string?)TwoPersonReviewIsOff))], cancellation);

    private static async Task UpdateEntriesAsync(DbSession session, IReadOnlyList<EntryRow> entries, CancellationToken cancellation)
    {
        // The statement itself protects "do not list": no other listing is ever written over it.
        if (await session.ExecuteRowsAsync(UpdateEntry, entries.Select(Parameters).ToList(), cancellation) != entries.Count)
        {
            throw new RefusedException("This entry asked not to be listed, and that is final.");
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
        // A requested early check stays due: an edit is not a check.
        due = entry.CheckDueOn < due ? entry.CheckDueOn.Value : due;
        var today = settings.DayOf(clock.GetUtcNow());
        return entry with
        {
            Listing = Listing.Published,
            ListingReason = null,
            DraftState = entry.LatestRevision == revision ? DraftState.None : entry.DraftState,
            PublishedRevision = revision,
            FirstPublishedAt = firstPublished,
            // A resumed entry is due immediately and its grace period starts over, or it would be suspended again the next night.
            CheckDueOn = again && due < today ? today : due,
        };
    }

    /// <summary>Entries that nobody has checked come due one after the other, not all on the same day.</summary>
    private EntryRow Spread(EntryRow before, EntryRow listed, DirectorySettings settings) =>
        before is { FirstPublishedAt: null, AssuredOn: null, CheckDueOn: null }
            ? listed with { CheckDueOn = settings.SpreadDueOn(listed.Kind, listed.EntryId, settings.DayOf(clock.GetUtcNow())) }
            : listed;

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
        // With the column's precision, because the document contains it too.
        ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()),
    };

    private static async Task WriteRowAsync(DbSession session, PublishedEntry row, CancellationToken cancellation)
    {
        var parameters = Parameters(row);
        if (await session.ExecuteRowsAsync(UpdatePublished, [parameters], cancellation) == 0)
        {
            await session.ExecuteRowsAsync(InsertPublished, [parameters], cancellation);
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
