using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;

namespace HealthEquity.Store.Publishing;

public sealed partial class Publisher
{
    /// <summary>Withdraws an entry whose approval is undone and that was not public before. Its draft is in review again.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="before">The entry's row before the approval.</param>
    /// <param name="actor">Who undoes the approval.</param>
    /// <param name="reason">The reason; not public.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    internal async Task RetractAsync(DbSession session, EntryRow before, Actor actor, string reason, CancellationToken cancellation)
    {
        RefusedException.IfLonger(reason, MaxReasonLength, "The reason");
        var sequence = await ChangeCounter.NextAsync(session, cancellation);
        var entry = await EntryStore.ReadAsync(session, before.EntryId, cancellation);
        await WriteRowAsync(session, Row(entry, sequence) with { WithdrawnAt = clock.GetUtcNow() }, cancellation);
        // The date of the first publication stays: it happened.
        var retracted = entry with
        {
            Listing = before.Listing,
            ListingReason = before.ListingReason,
            DraftState = DraftState.InReview,
            PublishedRevision = before.PublishedRevision,
            CheckDueOn = before.CheckDueOn,
        };
        await UpdateEntriesAsync(session, [retracted], cancellation);
        await DecideAsync(session, entry.EntryId, entry.LatestRevision, "undoApproval", actor, reason, sequence, cancellation);
    }
}
