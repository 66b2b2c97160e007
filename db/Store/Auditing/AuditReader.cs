using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Auditing;

/// <summary>Filters of the audit log. Null means no restriction.</summary>
public sealed record AuditFilter
{
    /// <summary>The actor's code.</summary>
    public string? Actor { get; init; }

    /// <summary>The activity, such as "publish".</summary>
    public string? Activity { get; init; }

    /// <summary>The subject or a prefix of it, such as "entry:".</summary>
    public string? Subject { get; init; }

    /// <summary>The earliest time, UTC, inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The latest time, UTC, exclusive.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Reads the audit log, latest first. A page starts below a row number, so it does not shift while the log grows.</summary>
public static class AuditReader
{
    private const string Matching =
        """
        WHERE Number < @below
          AND (@Actor IS NULL OR Actor = @Actor)
          AND (@Activity IS NULL OR Activity = @Activity)
          AND (@subjectFrom IS NULL OR (Subject >= @subjectFrom AND Subject < @subjectUntil))
          AND (@From IS NULL OR OccurredAt >= @From)
          AND (@Until IS NULL OR OccurredAt < @Until)
        ORDER BY Number DESC
        """;

    private const string Columns = "Number, OccurredAt, Actor, Activity, Subject, Detail, PreviousHash, Hash";

    private static readonly Sql SelectPage = new(
        "AuditReader.Read",
        sqlServer: $"SELECT TOP (@count) {Columns} FROM Audit {Matching}",
        sqlite: $"SELECT {Columns} FROM Audit {Matching} LIMIT @count");

    private static readonly Sql SelectAll = new("AuditReader.Stream", $"SELECT {Columns} FROM Audit {Matching}");

    private static readonly Sql SelectActivities = new("AuditReader.Activities", "SELECT DISTINCT Activity FROM Audit ORDER BY Activity");

    private static readonly Sql SelectActors = new("AuditReader.Actors", "SELECT DISTINCT Actor FROM Audit ORDER BY Actor");

    /// <summary>The rows below a number that match the filter, up to a count.</summary>
    public static Task<IReadOnlyList<AuditRow>> ReadAsync(
        DbSession session, AuditFilter filter, long? below, int count, CancellationToken cancellation) =>
        session.QueryAsync<AuditRow>(SelectPage, Parameters(filter, below, count), cancellation);

    /// <summary>All rows that match the filter, streamed.</summary>
    public static IAsyncEnumerable<AuditRow> StreamAsync(DbSession session, AuditFilter filter) =>
        session.StreamAsync<AuditRow>(SelectAll, Parameters(filter, below: null, count: 0));

    /// <summary>All activities in the log.</summary>
    public static Task<IReadOnlyList<string>> ActivitiesAsync(DbSession session, CancellationToken cancellation) =>
        session.QueryAsync<string>(SelectActivities, null, cancellation);

    /// <summary>The codes of all actors in the log.</summary>
    public static Task<IReadOnlyList<string>> ActorsAsync(DbSession session, CancellationToken cancellation) =>
        session.QueryAsync<string>(SelectActors, null, cancellation);

    private static object Parameters(AuditFilter filter, long? below, int count) => new
    {
        filter.Actor,
        filter.Activity,
        subjectFrom = filter.Subject,
        // Everything with this prefix sorts between the two.
        subjectUntil = filter.Subject is null ? null : filter.Subject + '\uffff',
        filter.From,
        filter.Until,
        below = below ?? long.MaxValue,
        count,
    };
}
