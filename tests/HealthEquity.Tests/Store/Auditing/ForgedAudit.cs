using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Tests.Store.Auditing;

/// <summary>Somebody who may write the database, and has no key, makes the chain anew with another past.</summary>
internal static class ForgedAudit
{
    /// <summary>Rewrites the log from a row on.</summary>
    /// <returns>The number of the last row.</returns>
    public static async Task<long> RewriteAsync(DbSession session, long from, CancellationToken cancellation)
    {
        await session.ExecuteAsync(new Sql("test", "DROP TRIGGER Audit_NoUpdate"), null, cancellation);
        var rows = (await AuditReader.ReadAsync(session, new AuditFilter(), below: null, 1_000, cancellation)).Reverse().ToList();
        var previous = rows[0].PreviousHash;
        foreach (var row in rows)
        {
            if (row.Number < from)
            {
                previous = row.Hash;
                continue;
            }

            var forged = row with { Actor = row.Number == from ? "system:nobody" : row.Actor, PreviousHash = previous };
            previous = forged.ComputeHash(key: null);
            await session.ExecuteAsync(
                new Sql("test", "UPDATE Audit SET Actor = @Actor, PreviousHash = @PreviousHash, Hash = @Hash WHERE Number = @Number"),
                new { forged.Actor, forged.PreviousHash, Hash = previous, forged.Number },
                cancellation);
        }

        await session.ExecuteAsync(new Sql("test", "UPDATE AuditHead SET Hash = @previous"), new { previous }, cancellation);
        return rows[^1].Number;
    }
}
