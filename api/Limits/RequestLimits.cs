using System.Net;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using HealthEquity.Api.Problems;

namespace HealthEquity.Api.Limits;

/// <summary>How much one address may ask.</summary>
public sealed class RequestLimitOptions
{
    /// <summary>Requests a minute that have to be worked out anew; 0 for no limit.</summary>
    public int PerMinute { get; set; } = 600;

    /// <summary>
    /// Behind a proxy, every request comes from the proxy's address. Set this when the proxy adds the caller's own to
    /// X-Forwarded-For, and only then: anybody else could write anything there.
    /// </summary>
    public bool BehindProxy { get; set; }
}

/// <summary>
/// Limits what one address can make the directory work out. Answers from the cache and "not modified" cost nothing and count
/// for nothing. An address is known only as a hash under a salt that is drawn anew each day and kept nowhere.
/// </summary>
public sealed class RequestLimits : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly RequestLimitOptions _options;
    private readonly TimeProvider _clock;
    private readonly PartitionedRateLimiter<UInt128>? _limiter;
    private volatile DailySalt _salt = new(DateOnly.MinValue, []);

    /// <summary>Makes the limits.</summary>
    public RequestLimits(RequestLimitOptions options, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        _limiter = options.PerMinute <= 0 ? null : PartitionedRateLimiter.Create<UInt128, UInt128>(address =>
            RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = options.PerMinute,
                Window = Window,
                QueueLimit = 0,
            }));
    }

    /// <summary>Passes the request on, or answers 429.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (_limiter is null || !(context.Request.Path.StartsWithSegments("/v1") || HttpMethods.IsPost(context.Request.Method)))
        {
            await next(context);
            return;
        }

        var address = Hash(AddressOf(context));
        // A conditional request may turn out to cost nothing: it is let in if there is room, and charged when it did cost.
        var conditional = context.Request.Headers.IfNoneMatch.Count > 0;
        using (var lease = _limiter.AttemptAcquire(address, conditional ? 0 : 1))
        {
            if (!lease.IsAcquired)
            {
                context.Response.Headers.RetryAfter = "60";
                await Problem.Of(StatusCodes.Status429TooManyRequests, "Too many requests from this address. Wait a minute; send If-None-Match to ask again for free.")
                    .SendAsync(context);
                return;
            }
        }

        await next(context);
        if (conditional && context.Response.StatusCode != StatusCodes.Status304NotModified)
        {
            _limiter.AttemptAcquire(address).Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter?.Dispose();

    /// <summary>The last address in X-Forwarded-For is the one that our own proxy saw.</summary>
    private IPAddress AddressOf(HttpContext context) =>
        _options.BehindProxy && IPAddress.TryParse(context.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim(), out var forwarded)
            ? forwarded
            : context.Connection.RemoteIpAddress ?? IPAddress.None;

    private UInt128 Hash(IPAddress address)
    {
        var today = DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime);
        var salt = _salt;
        if (salt.Day != today)
        {
            _salt = salt = new DailySalt(today, RandomNumberGenerator.GetBytes(32));
        }

        Span<byte> bytes = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        // One household or one office holds a whole /64 of IPv6.
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(salt.Bytes, address.IsIPv4MappedToIPv6 || address.GetAddressBytes().Length == 4 ? bytes : bytes[..8], hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    private sealed record DailySalt(DateOnly Day, byte[] Bytes);
}
