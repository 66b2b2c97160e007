using System.Collections.Frozen;
using System.Data.Common;
using HealthEquity.Api.Problems;
using HealthEquity.Hosting;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Partners;

namespace HealthEquity.Api.ApiClients;

/// <summary>
/// Identifies partners by their key. A key raises the limit and nothing else, because all data is public. An unknown or revoked key is refused,
/// so its owner notices. Keys are read again at most once per minute.
/// </summary>
public sealed class PartnerKeys(Database database, TimeProvider clock, ILogger<PartnerKeys> log) : IDisposable
{
    /// <summary>The header with the key.</summary>
    public const string Header = "X-Api-Key";

    private const int LookUpsASecond = 20;

    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FixedWindows<int> _lookUps = new(clock);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Known? _known;

    /// <summary>Answers 401 for an invalid key. Passes everything else on, with the partner's <see cref="ApiClientKey"/> as a feature.</summary>
    public Task CheckAsync(HttpContext context, RequestDelegate next) =>
        context.Request.Headers.TryGetValue(Header, out var key) ? CheckAsync(context, key.ToString(), next) : next(context);

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();

    private async Task CheckAsync(HttpContext context, string key, RequestDelegate next)
    {
        var hash = ApiClientStore.Hash(key);
        var clients = (await KnownAsync(context.RequestAborted)).Clients;
        var client = clients?.GetValueOrDefault(hash);
        if (clients is not null && client is null && (client = await LookUpAsync(hash, context.RequestAborted)) is null)
        {
            context.Response.Headers.WWWAuthenticate = $"ApiKey header=\"{Header}\"";
            await Problem.Of(StatusCodes.Status401Unauthorized, $"The key in {Header} is unknown or was revoked. Omit the header to continue without a key.")
                .SendAsync(context);
            return;
        }

        // While keys can't be read, treat every key as none, because all data is public.
        context.Features.Set(client);
        await next(context);
    }

    /// <summary>Looks up a key that may have been issued since the keys were read. The node limits such lookups, so invented keys can't cause more.</summary>
    private async Task<ApiClientKey?> LookUpAsync(string hash, CancellationToken cancellation)
    {
        if (!_lookUps.Take(0, LookUpsASecond, Second, 1).Granted)
        {
            return null;
        }

        try
        {
            await using var session = await database.OpenAsync(cancellation);
            if (await ApiClientStore.FindKeyAsync(session, hash, cancellation) is not { } found)
            {
                return null;
            }

            await _reading.WaitAsync(cancellation);
            try
            {
                if (_known is { Clients: { } clients } known)
                {
                    _known = known with { Clients = clients.Append(KeyValuePair.Create(hash, found)).DistinctBy(c => c.Key).ToFrozenDictionary(StringComparer.Ordinal) };
                }
            }
            finally
            {
                _reading.Release();
            }

            return found;
        }
        catch (DbException fault)
        {
            log.LogWarning(fault, "A partner key could not be looked up");
            return null;
        }
    }

    private async ValueTask<Known> KnownAsync(CancellationToken cancellation)
    {
        if (_known is { } known && IsFresh(known))
        {
            return known;
        }

        await _reading.WaitAsync(cancellation);
        try
        {
            if (_known is { } read && IsFresh(read))
            {
                return read;
            }

            return _known = new Known(await ReadAsync(cancellation) ?? _known?.Clients, clock.GetUtcNow());
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Whether the keys need not be read again. After the clock was set back, they seem to be from the future, and are.</summary>
    private bool IsFresh(Known known) => (clock.GetUtcNow() - known.ReadAt).Duration() < GoodFor;

    private async Task<FrozenDictionary<string, ApiClientKey>?> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            await using var session = await database.OpenAsync(cancellation);
            return (await ApiClientStore.ReadKeysAsync(session, cancellation)).ToFrozenDictionary(c => c.KeyHash, StringComparer.Ordinal);
        }
        catch (DbException fault)
        {
            log.LogWarning(fault, "The partner keys could not be read; the previous ones stay in use");
            return null;
        }
    }

    /// <param name="Clients">The partners by the hash of their key; null before the first read.</param>
    /// <param name="ReadAt">When they were last read, or when reading was last tried.</param>
    private sealed record Known(FrozenDictionary<string, ApiClientKey>? Clients, DateTimeOffset ReadAt);
}
