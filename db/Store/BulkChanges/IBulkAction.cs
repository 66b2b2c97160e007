using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;

namespace HealthEquity.Store.BulkChanges;

/// <summary>
/// Something that can be done to many entries at once. <see cref="BulkChangeStore"/> keeps the entry's row before and after; an action whose
/// change is not in the row keeps what it needs in the parameter or finds it in the history.
/// </summary>
public interface IBulkAction
{
    /// <summary>The code, such as "suspend": stored with the change and used as the activity in the audit log.</summary>
    string Code { get; }

    /// <summary>Whether it takes public entries down, so that a large change needs a second person.</summary>
    bool Withdraws { get; }

    /// <summary>Whether undoing it takes public entries down.</summary>
    bool WithdrawsWhenUndone { get; }

    /// <summary>Whether undoing it takes this entry down.</summary>
    /// <param name="item">The entry's part of the change, made.</param>
    bool TakesDownWhenUndone(BulkItem item) => WithdrawsWhenUndone;

    /// <summary>Changes one entry.</summary>
    /// <param name="session">A session in a transaction of this entry alone.</param>
    /// <param name="change">The change.</param>
    /// <param name="item">The entry's part of it.</param>
    /// <param name="entry">The entry's row as it is now.</param>
    /// <param name="actor">Who asked for the change.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="RefusedException">The entry can't be changed; it is listed with the message.</exception>
    Task ApplyAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation);

    /// <summary>Undoes the change of one entry.</summary>
    /// <param name="session">A session in a transaction of this entry alone.</param>
    /// <param name="change">The change.</param>
    /// <param name="item">The entry's part of it, with its row before and after.</param>
    /// <param name="entry">The entry's row as it is now.</param>
    /// <param name="actor">Who asked to undo it.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="RefusedException">Someone has worked on the entry since; it is kept and listed with the message.</exception>
    Task UndoAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation);
}
