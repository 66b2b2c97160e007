using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Publishing;

/// <summary>
/// Gives out the numbers of the public sequence. Whoever has taken one holds the counter's row until the transaction ends, so
/// publications and withdrawals stand in line: what is read after it is what stands.
/// </summary>
internal static class ChangeCounter
{
    // First in the transaction: whoever holds this row publishes; the next number is given out when it commits or not at all.
    private static readonly Sql Advance = new("ChangeCounter.Next", "UPDATE ChangeCounter SET Value = Value + @count WHERE Id = 1");

    private static readonly Sql Read = new("ChangeCounter.Next", "SELECT Value FROM ChangeCounter WHERE Id = 1");

    // The row is still held, so nobody has seen the number that is given back.
    private static readonly Sql Return = new("ChangeCounter.Return", "UPDATE ChangeCounter SET Value = Value - @count WHERE Id = 1");

    /// <summary>Takes the next numbers; none of them only waits in line.</summary>
    /// <returns>The last of them.</returns>
    public static async Task<long> NextAsync(DbSession session, CancellationToken cancellation, int count = 1)
    {
        await session.ExecuteAsync(Advance, new { count }, cancellation);
        return await session.ScalarAsync<long>(Read, null, cancellation);
    }

    /// <summary>Gives the last numbers back that were taken in this transaction.</summary>
    public static Task ReturnAsync(DbSession session, CancellationToken cancellation, int count = 1) =>
        session.ExecuteAsync(Return, new { count }, cancellation);
}
