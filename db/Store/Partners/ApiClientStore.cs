using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Partners;

/// <summary>A partner that uses the API with a key.</summary>
public sealed record ApiClient
{
    /// <summary>The partner's id.</summary>
    public Guid ApiClientId { get; init; }

    /// <summary>The partner's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The rate limit; null for the partners' default.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>When the partner was added, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the key was revoked, UTC.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>A key's hash and rate limit.</summary>
public sealed record ApiClientKey
{
    /// <summary>The partner's id.</summary>
    public Guid ApiClientId { get; init; }

    /// <summary>The key's hash (<see cref="ApiClientStore.Hash"/>).</summary>
    public string KeyHash { get; init; } = "";

    /// <summary>The rate limit; null for the partners' default.</summary>
    public int? RequestsPerMinute { get; init; }
}

/// <summary>Stores the partners. Only the hash of a key is stored; 32 random bytes don't need a slow hash.</summary>
public sealed class ApiClientStore(TimeProvider clock, AuditLog audit)
{
    /// <summary>The highest limit that a partner can be given.</summary>
    public const int MaxRequestsPerMinute = 100_000;

    private const int MaxNameLength = 200;

    private static readonly Sql Insert = new(
        "ApiClientStore.Add",
        """
        INSERT INTO ApiClient (ApiClientId, Name, KeyHash, RequestsPerMinute, CreatedAt)
        VALUES (@ApiClientId, @Name, @hash, @RequestsPerMinute, @CreatedAt)
        """);

    private static readonly Sql SetRevoked = new(
        "ApiClientStore.Revoke",
        "UPDATE ApiClient SET RevokedAt = @now WHERE ApiClientId = @id AND RevokedAt IS NULL");

    private static readonly Sql UpdateLimit = new(
        "ApiClientStore.ChangeLimit",
        "UPDATE ApiClient SET RequestsPerMinute = @requestsPerMinute WHERE ApiClientId = @id AND RevokedAt IS NULL");

    private static readonly Sql SelectAll = new(
        "ApiClientStore.List",
        "SELECT ApiClientId, Name, RequestsPerMinute, CreatedAt, RevokedAt FROM ApiClient ORDER BY Name, CreatedAt");

    private static readonly Sql SelectOne = new(
        "ApiClientStore.Find",
        "SELECT ApiClientId, Name, RequestsPerMinute, CreatedAt, RevokedAt FROM ApiClient WHERE ApiClientId = @id");

    private static readonly Sql SelectKeys = new(
        "ApiClientStore.ReadKeys",
        "SELECT ApiClientId, KeyHash, RequestsPerMinute FROM ApiClient WHERE RevokedAt IS NULL");

    private static readonly Sql SelectKey = new(
        "ApiClientStore.FindKey",
        "SELECT ApiClientId, KeyHash, RequestsPerMinute FROM ApiClient WHERE KeyHash = @hash AND RevokedAt IS NULL");

    /// <summary>The key of this hash, if it is good. Needs no more than <see cref="DatabaseAccess.Public"/>.</summary>
    public static Task<ApiClientKey?> FindKeyAsync(DbSession session, string hash, CancellationToken cancellation) =>
        session.FindAsync<ApiClientKey>(SelectKey, new { hash }, cancellation);

    /// <summary>The valid keys. Requires only <see cref="DatabaseAccess.Public"/>.</summary>
    public static Task<IReadOnlyList<ApiClientKey>> ReadKeysAsync(DbSession session, CancellationToken cancellation) =>
        session.QueryAsync<ApiClientKey>(SelectKeys, null, cancellation);

    /// <summary>All partners, including revoked ones, by name.</summary>
    public static Task<IReadOnlyList<ApiClient>> ListAsync(DbSession session, CancellationToken cancellation) =>
        session.QueryAsync<ApiClient>(SelectAll, null, cancellation);

    /// <summary>A partner, or null.</summary>
    public static Task<ApiClient?> FindAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        session.FindAsync<ApiClient>(SelectOne, new { id }, cancellation);

    /// <summary>The hash of a key as stored: SHA-256 in lowercase hex.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Adds a partner.</summary>
    /// <returns>The partner and the key. The key is not stored anywhere.</returns>
    /// <exception cref="RefusedException">The name is missing or too long, or the limit is out of range.</exception>
    public async Task<(ApiClient Client, string Key)> AddAsync(
        DbSession session, string name, int? requestsPerMinute, Actor actor, CancellationToken cancellation)
    {
        if (name.Trim().Length is 0 or > MaxNameLength)
        {
            throw new RefusedException($"Enter the partner's name, {MaxNameLength} characters at most.") { Field = nameof(ApiClient.Name) };
        }

        ThrowUnlessLimit(requestsPerMinute);
        var now = clock.GetUtcNow();
        var key = "heq_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var client = new ApiClient { ApiClientId = Guid.CreateVersion7(now), Name = name.Trim(), RequestsPerMinute = requestsPerMinute, CreatedAt = now };
        await session.ExecuteAsync(Insert, new { client.ApiClientId, client.Name, hash = Hash(key), client.RequestsPerMinute, client.CreatedAt }, cancellation);
        await audit.AppendAsync(session, actor, "addClient", $"client:{client.ApiClientId}", client.Name, cancellation);
        return (client, key);
    }

    /// <summary>Changes the limit of a partner whose key is active; null for the partners' default.</summary>
    /// <exception cref="RefusedException">The limit is out of range, or there is no such partner.</exception>
    public async Task ChangeLimitAsync(DbSession session, Guid id, int? requestsPerMinute, Actor actor, CancellationToken cancellation)
    {
        ThrowUnlessLimit(requestsPerMinute);
        if (await session.ExecuteAsync(UpdateLimit, new { id, requestsPerMinute }, cancellation) == 0)
        {
            throw new NotFoundException("partner with this id and an active key");
        }

        await audit.AppendAsync(session, actor, "changeClientLimit", $"client:{id}", requestsPerMinute?.ToString(CultureInfo.InvariantCulture) ?? "default", cancellation);
    }

    /// <summary>Revokes the partner's key.</summary>
    /// <returns>False if there is no such partner or its key was already revoked.</returns>
    public async Task<bool> RevokeAsync(DbSession session, Guid id, Actor actor, CancellationToken cancellation)
    {
        if (await session.ExecuteAsync(SetRevoked, new { id, now = clock.GetUtcNow() }, cancellation) == 0)
        {
            return false;
        }

        await audit.AppendAsync(session, actor, "revokeClient", $"client:{id}", null, cancellation);
        return true;
    }

    private static void ThrowUnlessLimit(int? requestsPerMinute)
    {
        if (requestsPerMinute is < 1 or > MaxRequestsPerMinute)
        {
            throw new RefusedException($"Enter a limit from 1 to {MaxRequestsPerMinute} requests a minute.") { Field = nameof(ApiClient.RequestsPerMinute) };
        }
    }
}
