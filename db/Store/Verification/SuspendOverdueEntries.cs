using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;

namespace HealthEquity.Store.Verification;

/// <summary>Suspends entries that are overdue beyond the grace period. Each item's value is the date before which the entry's due date must be.</summary>
public sealed class SuspendOverdueEntries(Publisher publisher) : SuspendEntries(publisher)
{
    /// <summary>The code of the action.</summary>
    public const string Overdue = "suspendOverdue";

    /// <inheritdoc/>
    public override string Code => Overdue;

    /// <inheritdoc/>
    /// <exception cref="RefusedException">Since the list was read, someone has checked it or taken it down.</exception>
    public override Task ApplyAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation) =>
        entry.Listing == Listing.Published && entry.CheckDueOn < DateOnly.ParseExact(item.Value!, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            ? base.ApplyAsync(session, change, item, entry, actor, cancellation)
            : throw new RefusedException("It was checked or taken down in the meantime.");
}
