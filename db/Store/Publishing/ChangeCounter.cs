using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Publishing;

/// <summary>
/// Issues the numbers of the public sequence. A transaction that takes a number locks the counter's row until it ends, so publications and
/// withdrawals run one after another, and data read after taking a number is current.
/// </summary>
public static class ChangeCounter
{
    // Must come first in the transaction, because it takes the lock.
    private static readonly Sql Advance = new("ChangeCounter.Next", "UPDATE ChangeCounter SET Value = Value + @count WHERE Id = 1");

    private static readonly Sql Read = new("ChangeCounter.Next", "SELECT Value FROM ChangeCounter WHERE Id = 1");

    // The row is still locked, so nobody has seen the returned number.
    private static readonly Sql Return = new("ChangeCounter.Return", "UPDATE ChangeCounter SET Value = Value - @count WHERE Id = 1");

    private static readonly Sql SelectEpoch = new("ChangeCounter.Epoch", "SELECT Epoch FROM ChangeCounter WHERE Id = 1");

    private static readonly Sql UpdateEpoch = new("ChangeCounter.BeginEpoch", "UPDATE ChangeCounter SET Epoch = @epoch WHERE Id = 1");

    /// <summary>Starts a new epoch after a restore, so that every node and partner reloads the whole directory.</summary>
    public static Task BeginEpochAsync(DbSession session, CancellationToken cancellation) =>
        session.ExecuteAsync(UpdateEpoch, new { epoch = Guid.NewGuid() }, cancellation);

    /// <summary>The epoch: another one after each restore.</summary>
    public static async Task<Guid> EpochAsync(DbSession session, CancellationToken cancellation) =>
        (await session.FindAsync<EpochRow>(SelectEpoch, null, cancellation))!.Epoch;

    /// <summary>Takes the next numbers. A count of 0 only takes the lock.</summary>
    /// <returns>The last number taken.</returns>
    internal static async Task<long> NextAsync(DbSession session, CancellationToken cancellation, int count = 1)
    {
        await session.ExecuteAsync(Advance, new { count }, cancellation);
        return await session.ScalarAsync<long>(Read, null, cancellation);
    }

    /// <summary>Returns the last numbers taken in this transaction.</summary>
    internal static Task ReturnAsync(DbSession session, CancellationToken cancellation, int count = 1) =>
        session.ExecuteAsync(Return, new { count }, cancellation);

    // A record, because Dapper reads a bare value without the type handlers.
    private sealed record EpochRow
    {
        public Guid Epoch { get; init; }
    }
}
