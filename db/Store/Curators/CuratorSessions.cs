using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Curators;

/// <summary>A session of a signed-in browser.</summary>
public sealed record CuratorSession
{
    /// <summary>The session's id, stored encrypted in the cookie.</summary>
    public Guid SessionId { get; init; }

    /// <summary>The curator's id.</summary>
    public Guid CuratorId { get; init; }

    /// <summary>The sign-in method: password, code, external.</summary>
    public string Method { get; init; } = "password";

    /// <summary>A rough description of the browser and system.</summary>
    public string Device { get; init; } = "";

    /// <summary>When it started, UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was last used, UTC, accurate to about a minute.</summary>
    public DateTimeOffset LastSeenAt { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>Stores console sessions, so that they can be listed and ended.</summary>
public static class CuratorSessions
{
    private static readonly Sql Insert = new(
        "CuratorSessions.Start",
        """
        INSERT INTO CuratorSession (SessionId, CuratorId, Method, Device, StartedAt, LastSeenAt)
        VALUES (@SessionId, @CuratorId, @Method, @Device, @StartedAt, @LastSeenAt)
        """);

    private static readonly Sql SelectById = new(
        "CuratorSessions.Find",
        "SELECT SessionId, CuratorId, Method, Device, StartedAt, LastSeenAt, EndedAt FROM CuratorSession WHERE SessionId = @id");

    private static readonly Sql SelectOpen = new(
        "CuratorSessions.List",
        """
        SELECT SessionId, CuratorId, Method, Device, StartedAt, LastSeenAt, EndedAt FROM CuratorSession
        WHERE CuratorId = @curatorId AND EndedAt IS NULL AND LastSeenAt >= @since ORDER BY LastSeenAt DESC
        """);

    private static readonly Sql Touch = new(
        "CuratorSessions.Touch",
        "UPDATE CuratorSession SET LastSeenAt = @now WHERE SessionId = @id AND EndedAt IS NULL");

    private static readonly Sql EndOne = new(
        "CuratorSessions.End",
        "UPDATE CuratorSession SET EndedAt = @now WHERE SessionId = @id AND CuratorId = @curatorId AND EndedAt IS NULL");

    private static readonly Sql EndOthers = new(
        "CuratorSessions.EndAll",
        "UPDATE CuratorSession SET EndedAt = @now WHERE CuratorId = @curatorId AND SessionId <> @except AND EndedAt IS NULL");

    private static readonly Sql DeleteOld = new("CuratorSessions.DeleteOld", "DELETE FROM CuratorSession WHERE LastSeenAt < @before");

    /// <summary>Starts a session.</summary>
    public static Task StartAsync(DbSession session, CuratorSession started, CancellationToken cancellation) =>
        session.ExecuteAsync(Insert, started, cancellation);

    /// <summary>The session with that id, or null.</summary>
    public static Task<CuratorSession?> FindAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        session.FindAsync<CuratorSession>(SelectById, new { id }, cancellation);

    /// <summary>The curator's open sessions used since a time, most recently used first.</summary>
    public static Task<IReadOnlyList<CuratorSession>> ListAsync(DbSession session, Guid curatorId, DateTimeOffset since, CancellationToken cancellation) =>
        session.QueryAsync<CuratorSession>(SelectOpen, new { curatorId, since }, cancellation);

    /// <summary>Records that the session is in use.</summary>
    public static Task TouchAsync(DbSession session, Guid id, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteAsync(Touch, new { id, now }, cancellation);

    /// <summary>Ends one of the curator's sessions.</summary>
    public static Task EndAsync(DbSession session, Guid id, Guid curatorId, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteAsync(EndOne, new { id, curatorId, now }, cancellation);

    /// <summary>Ends all sessions of the curator except, optionally, one.</summary>
    public static Task EndAllAsync(DbSession session, Guid curatorId, Guid? except, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteAsync(EndOthers, new { curatorId, except = except ?? Guid.Empty, now }, cancellation);

    /// <summary>Deletes sessions last used before a time.</summary>
    public static Task DeleteOldAsync(DbSession session, DateTimeOffset before, CancellationToken cancellation) =>
        session.ExecuteAsync(DeleteOld, new { before }, cancellation);
}
