using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Curators;

/// <summary>What a set-up link is for.</summary>
public sealed record SetUpLink
{
    /// <summary>Who chooses a password with it; null makes the first administrator.</summary>
    public Guid? CuratorId { get; init; }

    /// <summary>Until when it is good, UTC.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>
/// Links that let somebody choose a password, once. The database holds their hashes only; 32 random bytes need no slow hash.
/// </summary>
public static class SetUpLinks
{
    /// <summary>How long the first administrator's link is good.</summary>
    public static readonly TimeSpan FirstLifetime = TimeSpan.FromHours(1);

    /// <summary>How long a link for somebody added or reset is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    private static readonly Sql Insert = new(
        "SetUpLinks.Create",
        "INSERT INTO SetUpLink (TokenHash, CuratorId, CreatedAt, ExpiresAt) VALUES (@hash, @curatorId, @now, @expires)");

    private static readonly Sql DeleteEarlier = new(
        "SetUpLinks.Create",
        "DELETE FROM SetUpLink WHERE CuratorId = @curatorId OR ExpiresAt < @now");

    private static readonly Sql SelectUsable = new(
        "SetUpLinks.Find",
        "SELECT CuratorId, ExpiresAt FROM SetUpLink WHERE TokenHash = @hash AND UsedAt IS NULL AND ExpiresAt > @now");

    private static readonly Sql MarkUsed = new(
        "SetUpLinks.Use",
        "UPDATE SetUpLink SET UsedAt = @now WHERE TokenHash = @hash AND UsedAt IS NULL AND ExpiresAt > @now");

    /// <summary>Makes a link; an earlier one for the same curator is dead with it.</summary>
    /// <returns>The token: 43 characters that a URL takes as they are.</returns>
    public static async Task<string> CreateAsync(DbSession session, Guid? curatorId, DateTimeOffset now, CancellationToken cancellation)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var expires = now + (curatorId is null ? FirstLifetime : Lifetime);
        await session.ExecuteAsync(DeleteEarlier, new { curatorId, now }, cancellation);
        await session.ExecuteAsync(Insert, new { hash = Hash(token), curatorId, now, expires }, cancellation);
        return token;
    }

    /// <summary>What the link is for; null when it is unknown, used or too old. The first administrator's is dead once anybody is there.</summary>
    public static async Task<SetUpLink?> FindAsync(DbSession session, string token, DateTimeOffset now, CancellationToken cancellation)
    {
        var link = await session.FindAsync<SetUpLink>(SelectUsable, new { hash = Hash(token), now }, cancellation);
        return link is { CuratorId: null } && await CuratorStore.AnyAsync(session, cancellation) ? null : link;
    }

    /// <summary>Uses the link up, in the transaction that sets the password.</summary>
    /// <returns>What it is for; null when it is no good, or somebody was quicker.</returns>
    public static async Task<SetUpLink?> UseAsync(DbSession session, string token, DateTimeOffset now, CancellationToken cancellation)
    {
        var link = await FindAsync(session, token, now, cancellation);
        return link is not null && await session.ExecuteAsync(MarkUsed, new { hash = Hash(token), now }, cancellation) == 1 ? link : null;
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
