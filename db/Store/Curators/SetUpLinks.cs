using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Curators;

/// <summary>A setup link.</summary>
public sealed record SetUpLink
{
    /// <summary>The curator who sets a password with it; null for the first administrator.</summary>
    public Guid? CuratorId { get; init; }

    /// <summary>When it expires, UTC.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>
/// One-time links for setting a password. The database stores only hashes; 32 random bytes don't need a slow hash.
/// </summary>
public static class SetUpLinks
{
    /// <summary>How long the first administrator's link is valid.</summary>
    public static readonly TimeSpan FirstLifetime = TimeSpan.FromHours(1);

    /// <summary>How long the link of a new or reset curator is valid.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    /// <summary>How much the clocks of nodes may differ.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private static readonly Sql Insert = new(
        "SetUpLinks.Create",
        "INSERT INTO SetUpLink (TokenHash, CuratorId, CreatedAt, ExpiresAt) VALUES (@hash, @curatorId, @now, @expires)");

    private static readonly Sql DeleteEarlier = new(
        "SetUpLinks.Create",
        "DELETE FROM SetUpLink WHERE CuratorId = @curatorId OR ExpiresAt < @now");

    // A link from the future was made while a clock was wrong, and must not be valid until then.
    private static readonly Sql SelectUsable = new(
        "SetUpLinks.Find",
        "SELECT CuratorId, ExpiresAt FROM SetUpLink WHERE TokenHash = @hash AND UsedAt IS NULL AND ExpiresAt > @now AND CreatedAt <= @latest");

    private static readonly Sql MarkUsed = new(
        "SetUpLinks.Use",
        "UPDATE SetUpLink SET UsedAt = @now WHERE TokenHash = @hash AND UsedAt IS NULL AND ExpiresAt > @now AND CreatedAt <= @latest");

    /// <summary>Creates a link and invalidates earlier ones for the same curator.</summary>
    /// <returns>The token: 43 URL-safe characters.</returns>
    public static async Task<string> CreateAsync(DbSession session, Guid? curatorId, DateTimeOffset now, CancellationToken cancellation)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var expires = now + (curatorId is null ? FirstLifetime : Lifetime);
        await session.ExecuteAsync(DeleteEarlier, new { curatorId, now }, cancellation);
        await session.ExecuteAsync(Insert, new { hash = Hash(token), curatorId, now, expires }, cancellation);
        return token;
    }

    /// <summary>Finds a valid link; null if it is unknown, used or expired. The first administrator's link is invalid once any curator exists.</summary>
    public static async Task<SetUpLink?> FindAsync(DbSession session, string token, DateTimeOffset now, CancellationToken cancellation)
    {
        var link = await session.FindAsync<SetUpLink>(SelectUsable, new { hash = Hash(token), now, latest = now + ClockTolerance }, cancellation);
        return link is { CuratorId: null } && await CuratorStore.AnyAsync(session, cancellation) ? null : link;
    }

    /// <summary>Marks the link as used, in the transaction that sets the password.</summary>
    /// <returns>The link; null if it is invalid or was used in the meantime.</returns>
    public static async Task<SetUpLink?> UseAsync(DbSession session, string token, DateTimeOffset now, CancellationToken cancellation)
    {
        var link = await FindAsync(session, token, now, cancellation);
        return link is not null && await session.ExecuteAsync(MarkUsed, new { hash = Hash(token), now, latest = now + ClockTolerance }, cancellation) == 1 ? link : null;
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
