using System.Collections.Frozen;
using Microsoft.Data.SqlClient;

namespace HealthEquity.Store.Databases;

/// <summary>The faults of SQL Server and Azure SQL after which the same work may succeed: a failover, a full pool, a deadlock.</summary>
/// <remarks>https://learn.microsoft.com/azure/azure-sql/database/troubleshoot-common-errors-issues</remarks>
public static class TransientFaults
{
    /// <summary>How often the work is tried in all.</summary>
    internal const int Attempts = 5;

    private const int Deadlock = 1205;

    private static readonly FrozenSet<int> Numbers = new[]
    {
        Deadlock,
        // No lock, or none in time.
        1204, 1222,
        // The connection broke, or could not be made.
        20, 64, 121, 233, 997, 10053, 10054, 10060, 10928, 10929, 10936, 11001,
        // The server is starting after an upgrade.
        18401,
        // Azure SQL: failing over, moving, busy, or out of resources for the moment.
        615, 926, 4060, 4221, 40143, 40197, 40501, 40540, 40613, 42108, 42109, 49918, 49919, 49920,
        // In-memory tables: a conflict with another transaction.
        41301, 41302, 41305, 41325, 41839,
    }.ToFrozenSet();

    /// <summary>Whether an error number of SQL Server is one of them.</summary>
    public static bool Contains(int number) => Numbers.Contains(number);

    /// <summary>Whether the work may be run again. A connection that broke during the commit may have committed, so that one is not.</summary>
    internal static bool MayTryAgain(SqlException fault, bool committing) =>
        fault.Number == Deadlock || !committing && fault.Errors.Cast<SqlError>().Any(e => Contains(e.Number));

    /// <summary>None for a deadlock's victim; otherwise longer each time, with chance in it so that nodes do not come back together.</summary>
    internal static TimeSpan Pause(SqlException fault, int attempt) => fault.Number == Deadlock
        ? TimeSpan.Zero
        : TimeSpan.FromMilliseconds((250 << attempt) + Random.Shared.Next(250));
}
