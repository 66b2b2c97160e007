using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Curators;

/// <summary>A signed-in browser.</summary>
public sealed record CuratorSession
{
    /// <summary>The session's id; the cookie holds it, sealed.</summary>
    public Guid SessionId { get; init; }

    /// <summary>Whose it is.</summary>
    public Guid CuratorId { get; init; }

    /// <summary>How they signed in: password, code, external.</summary>
    public string Method { get; init; } = "password";

    /// <summary>The browser and system, roughly.</summary>
    public string Device { get; init; } = "";

    /// <summary>When it began, UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was last used, UTC, to the minute or so.</summary>
    public DateTimeOffset LastSeenAt { get; init; }

    /// <summary>When it was ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>Keeps the sessions of the console, so that they can be listed and ended.</summary>
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

    private static readonly Sql DeleteOld = new("CuratorSessions.Forget", "DELETE FROM CuratorSession WHERE LastSeenAt < @before");

    /// <summary>Begins a session.</summary>
    public static Task StartAsync(DbSession session, CuratorSession started, CancellationToken cancellation) =>
        session.ExecuteAsync(Insert, started, cancellation);

    /// <summary>The session with that id, or null.</summary>
    public static Task<CuratorSession?> FindAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        session.FindAsync<CuratorSession>(SelectById, new { id }, cancellation);

    /// <summary>The curator's sessions that are neither ended nor unused since then, last used first.</summary>
    public static Task<IReadOnlyList<CuratorSession>> ListAsync(DbSession session, Guid curatorId, DateTimeOffset since, CancellationToken cancellation) =>
        session.QueryAsync<CuratorSession>(SelectOpen, new { curatorId, since }, cancellation);

    /// <summary>Notes that the session is in use.</summary>
    public static Task TouchAsync(DbSession session, Guid id, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteAsync(Touch, new { id, now }, cancellation);

    /// <summary>Ends one session of the curator's own.</summary>
    public static Task EndAsync(DbSession session, Guid id, Guid curatorId, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteAsync(EndOne, new { id, curatorId, now }, cancellation);

    /// <summary>Ends all sessions of the curator, but for one if it is named.</summary>
    public static Task EndAllAsync(DbSession session, Guid curatorId, Guid? except, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteAsync(EndOthers, new { curatorId, except = except ?? Guid.Empty, now }, cancellation);

    /// <summary>Forgets sessions that were last used before then.</summary>
    public static Task ForgetAsync(DbSession session, DateTimeOffset before, CancellationToken cancellation) =>
        session.ExecuteAsync(DeleteOld, new { before }, cancellation);
}
