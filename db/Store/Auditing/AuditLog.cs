using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Auditing;

/// <summary>One row of the audit log.</summary>
public sealed record AuditRow
{
    /// <summary>The row number. Numbers have no gaps.</summary>
    public long Number { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>Who did it: an actor's code.</summary>
    public string Actor { get; init; } = "";

    /// <summary>What was done, such as "publish".</summary>
    public string Activity { get; init; } = "";

    /// <summary>The subject, such as "entry:{id}".</summary>
    public string Subject { get; init; } = "";

    /// <summary>Details, if any.</summary>
    public string? Detail { get; init; }

    /// <summary>The hash of the previous row.</summary>
    public string PreviousHash { get; init; } = "";

    /// <summary>The hash of this row, over the previous hash and every member: HMAC-SHA-256 in lowercase hex, or SHA-256 where there was no key.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Computes the hash that the row should have.</summary>
    /// <param name="key">The key that seals it; null for none.</param>
    public string ComputeHash(AuditKey? key)
    {
        // Each text is preceded by its length, so that two different rows never produce the same input.
        var text = new StringBuilder(PreviousHash)
            .Append(CultureInfo.InvariantCulture, $"|{Number}|{OccurredAt.ToUnixTimeMilliseconds()}");
        foreach (var part in new[] { Actor, Activity, Subject, Detail ?? "" })
        {
            text.Append(CultureInfo.InvariantCulture, $"|{part.Length}:{part}");
        }

        var content = Encoding.UTF8.GetBytes(text.ToString());
        return key?.Seal(content) ?? Convert.ToHexStringLower(SHA256.HashData(content));
    }
}

/// <summary>
/// The append-only record of who did what, and when. Each row contains the hash of the previous one, so that a removed row is detected, and is
/// sealed with a key from outside the database (<see cref="DirectoryKeys"/>), so that the chain can't be made anew without it.
/// </summary>
public sealed class AuditLog(TimeProvider clock)
{
    private static readonly Sql Advance = new("AuditLog.Append", "UPDATE AuditHead SET Number = Number + @count WHERE Id = 1");

    private static readonly Sql ReadHead = new("AuditLog.Append", "SELECT Number, Hash FROM AuditHead WHERE Id = 1");

    private static readonly RowList Rows = new(
        "Number bigint", "OccurredAt datetimeoffset(3)", "Actor nvarchar(4000)", "Activity nvarchar(4000)", "Subject nvarchar(4000)",
        "Detail nvarchar(max)", "PreviousHash char(64)", "Hash char(64)");

    private static readonly Sql Insert = Rows.Statement(
        "AuditLog.Append",
        """
        INSERT INTO Audit (Number, OccurredAt, Actor, Activity, Subject, Detail, PreviousHash, Hash)
        SELECT r.Number, r.OccurredAt, r.Actor, r.Activity, r.Subject, r.Detail, r.PreviousHash, r.Hash FROM @rows AS r
        """);

    private static readonly Sql WriteHead = new("AuditLog.Append", "UPDATE AuditHead SET Hash = @Hash WHERE Id = 1");

    private static readonly Sql ReadAll = new(
        "AuditLog.Check",
        "SELECT Number, OccurredAt, Actor, Activity, Subject, Detail, PreviousHash, Hash FROM Audit ORDER BY Number");

    private static readonly Sql ReadOne = new(
        "AuditLog.Append",
        "SELECT Number, OccurredAt, Actor, Activity, Subject, Detail, PreviousHash, Hash FROM Audit WHERE Number = @number");

    private static readonly Sql SelectHash = new("AuditLog.Has", "SELECT Hash FROM Audit WHERE Number = @number");

    /// <summary>Adds a row in the same transaction as the change it records.</summary>
    public Task AppendAsync(DbSession session, Actor actor, string activity, string subject, string? detail, CancellationToken cancellation) =>
        AppendAsync(session, actor, [(activity, subject, detail)], cancellation);

    /// <summary>Adds several rows at once.</summary>
    public async Task AppendAsync(
        DbSession session, Actor actor, IReadOnlyList<(string Activity, string Subject, string? Detail)> events, CancellationToken cancellation)
    {
        if (events.Count == 0)
        {
            return;
        }

        await session.ExecuteAsync(Advance, new { count = events.Count }, cancellation);
        var head = (await session.FindAsync<AuditHead>(ReadHead, null, cancellation))!;
        var key = session.Keys.Audit is [var first, ..] ? first : null;
        if (key is null)
        {
            await RefuseUnlessUnsealedAsync(session, head.Number - events.Count, cancellation);
        }

        var occurredAt = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var rows = new List<AuditRow>(events.Count);
        foreach (var (activity, subject, detail) in events)
        {
            var row = new AuditRow
            {
                Number = head.Number - events.Count + rows.Count + 1,
                OccurredAt = occurredAt,
                Actor = actor.Code,
                Activity = activity,
                Subject = subject,
                Detail = detail,
                PreviousHash = rows.Count == 0 ? head.Hash : rows[^1].Hash,
            };
            rows.Add(row with { Hash = row.ComputeHash(key) });
        }

        await session.ExecuteRowsAsync(Insert, rows, cancellation);
        await session.ExecuteAsync(WriteHead, new { rows[^1].Hash }, cancellation);
    }

    /// <summary>
    /// The end of the log. Filed outside the database, it shows later whether the log was rewritten up to there: whoever rewrites the past can
    /// make a chain that is intact, but not one that has the same hash at that row.
    /// </summary>
    public static async Task<AuditAnchor> AnchorAsync(DbSession session, CancellationToken cancellation)
    {
        var head = (await session.FindAsync<AuditHead>(ReadHead, null, cancellation))!;
        return new AuditAnchor(head.Number, head.Hash);
    }

    /// <summary>Whether the log still has the row that an anchor names, as it was.</summary>
    public static async Task<bool> HasAsync(DbSession session, AuditAnchor anchor, CancellationToken cancellation) =>
        anchor == AuditAnchor.Start || await session.ScalarAsync<string>(SelectHash, new { number = anchor.Number }, cancellation) == anchor.Hash;

    /// <summary>Verifies the whole log, with the keys of the session's database.</summary>
    public static async Task<AuditCheck> CheckAsync(DbSession session, CancellationToken cancellation)
    {
        var head = (await session.FindAsync<AuditHead>(ReadHead, null, cancellation))!;
        var keys = session.Keys.Audit;
        var expected = 1L;
        var unsealed = 0L;
        var previous = AuditAnchor.Start.Hash;
        await foreach (var row in session.StreamAsync<AuditRow>(ReadAll, null).WithCancellation(cancellation))
        {
            var chained = row.Number == expected && row.PreviousHash == previous;
            var isSealed = chained && keys.Any(key => row.Hash == row.ComputeHash(key));
            // Without a seal only ahead of the first row that has one: everything later is written with the key.
            if (!isSealed && !(chained && unsealed == expected - 1 && row.Hash == row.ComputeHash(key: null)))
            {
                return new AuditCheck(expected, keys.Count == 0 ? 0 : unsealed);
            }

            unsealed = isSealed ? unsealed : expected;
            previous = row.Hash;
            expected++;
        }

        return new AuditCheck(expected == head.Number + 1 && previous == head.Hash ? null : expected, keys.Count == 0 ? 0 : unsealed);
    }

    /// <summary>Without the key, a row must not be put behind rows that have a seal: it would look like a forgery.</summary>
    private static async Task RefuseUnlessUnsealedAsync(DbSession session, long last, CancellationToken cancellation)
    {
        if (last > 0 && await session.FindAsync<AuditRow>(ReadOne, new { number = last }, cancellation) is { } row && row.Hash != row.ComputeHash(key: null))
        {
            throw new InvalidDataException(
                "The audit log of this directory is sealed with a key that is not set here, so nothing can be changed. Set Keys__File or Keys__Certificate as for the console.");
        }
    }

    private sealed record AuditHead
    {
        public long Number { get; init; }

        public string Hash { get; init; } = "";
    }
}
