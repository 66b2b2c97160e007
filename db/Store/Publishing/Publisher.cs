using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;

namespace HealthEquity.Store.Publishing;

/// <summary>What became of a publication of several entries.</summary>
/// <param name="Published">Those that were published.</param>
/// <param name="Refused">Why the others were not, by entry.</param>
public sealed record PublicationReport(IReadOnlySet<Guid> Published, IReadOnlyDictionary<Guid, string> Refused);

/// <summary>
/// Decides what may be public, and writes the public projection. Each publication and each withdrawal takes the next number of one sequence without gaps, in
/// the transaction that changes the row, so a reader that has seen n has missed nothing below n.
/// </summary>
public sealed partial class Publisher(TimeProvider clock, AuditLog audit)
{
    /// <summary>How many characters of a reason or note are kept with a decision.</summary>
    public const int MaxReasonLength = 1000;

    private const string ApproveOwn = "approveOwn";

    private const string FourEyesAreOff = "Two-person review is turned off.";

    /// <summary>Publishes a revision, where <see cref="ListingRules"/> allow it.</summary>
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
    /// The entry asked not to be listed or shares a phone number or the like with one that did, refused its consent, was merged into another, was
    /// taken down and is not said to be public again, or two-person review is on and the actor edited the draft.
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

    /// <summary>Publishes the latest revisions of several entries at once, where <see cref="ListingRules"/> allow it.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="ids">The entries.</param>
    /// <param name="decision">What to call it in the entries' history.</param>
    /// <param name="actor">Who publishes.</param>
    /// <param name="reason">Why, where there is something to say.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>Those that were published, and why the others were not.</returns>
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
        // What was retired when its import was undone comes back with the import.
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

            var listed = Listed(request.Entry, request.Revision, settings, again: false);
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

    /// <summary>Why a revision can't be made public; null where it can.</summary>
    public static async Task<string?> WhyNotAsync(DbSession session, Guid id, int revision, Actor actor, CancellationToken cancellation)
    {
        var entry = await EntryStore.ReadAsync(session, id, cancellation);
        var text = await EntryStore.ReadRevisionAsync(session, id, revision, cancellation);
        var settings = await SettingStore.ReadAsync(session, cancellation);
        var request = new PublicationRequest(entry, revision, EntryJson.Read(text.Body), IsAgain: false);
        return (await PublicationChecks.CheckAsync(session, [request], actor, settings.FourEyes, cancellation))[0].WhyNot;
    }

    /// <summary>Enforces two-person review when a person publishes what they brought in; if it is off, writes that to the audit log.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="actor">Who is about to publish.</param>
    /// <param name="subject">What, as the audit log calls it.</param>
    /// <param name="refusal">What to say where the rule is on.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="RefusedException">The rule is on.</exception>
    public async Task KeepFourEyesAsync(DbSession session, Actor actor, string subject, string refusal, CancellationToken cancellation)
    {
        if ((await SettingStore.ReadAsync(session, cancellation)).FourEyes)
        {
            throw new RefusedException(refusal);
        }

        await audit.AppendAsync(session, actor, ApproveOwn, subject, FourEyesAreOff, cancellation);
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
        RefusedException.IfLonger(reason, MaxReasonLength, "The reason");
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
        await session.ExecuteRowsAsync(InsertDecision, rows.ToList(), cancellation);
        await audit.AppendAsync(session, actor, [.. entries.Select(e => (decision, $"entry:{e.Id}", reason))], cancellation);
    }

    private Task NoteOwnAsync(DbSession session, Actor actor, IEnumerable<Guid> ids, CancellationToken cancellation) =>
        audit.AppendAsync(session, actor, [.. ids.Select(id => (ApproveOwn, $"entry:{id}", (string?)FourEyesAreOff))], cancellation);

    private static async Task UpdateEntriesAsync(DbSession session, IReadOnlyList<EntryRow> entries, CancellationToken cancellation)
    {
        // The statement itself keeps who asked not to be listed from being anything else: whatever asks for it, nothing is written.
        if (await session.ExecuteRowsAsync(UpdateEntry, entries.Select(Parameters).ToList(), cancellation) != entries.Count)
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
