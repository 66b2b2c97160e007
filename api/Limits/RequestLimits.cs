using System.Net;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using HealthEquity.Api.Problems;
using HealthEquity.Store.Partners;

namespace HealthEquity.Api.Limits;

/// <summary>How much one address may ask.</summary>
public sealed class RequestLimitOptions
{
    /// <summary>Requests a minute that have to be worked out anew; 0 for no limit.</summary>
    public int PerMinute { get; set; } = 600;

    /// <summary>The same for a partner with a key, where the department gave that partner no limit of its own; 0 for no limit.</summary>
    public int PartnerPerMinute { get; set; } = 6_000;

    /// <summary>Suggestions an hour; 0 for no limit.</summary>
    public int SuggestionsPerHour { get; set; } = 20;

    /// <summary>
    /// Behind a proxy, every request comes from the proxy's address. Set this when the proxy adds the caller's own to
    /// X-Forwarded-For, and only then: anybody else could write anything there.
    /// </summary>
    public bool BehindProxy { get; set; }
}

/// <summary>
/// Limits what one address, or one partner, can make the directory work out. Answers from the cache and "not modified" cost
/// nothing and count for nothing. An address is known only as a hash under a salt that is drawn anew each day and kept nowhere.
/// </summary>
public sealed class RequestLimits(RequestLimitOptions options, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly PartitionedRateLimiter<Caller> _limiter = PartitionedRateLimiter.Create<Caller, Caller>(static caller =>
        RateLimitPartition.GetFixedWindowLimiter(caller, static c => new FixedWindowRateLimiterOptions
        {
            PermitLimit = c.Limit,
            Window = c.Window,
            QueueLimit = 0,
        }));

    private volatile DailySalt _salt = new(DateOnly.MinValue, []);

    /// <summary>Passes the request on, or answers 429.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!(context.Request.Path.StartsWithSegments("/v1") || context.Request.Path.StartsWithSegments("/hsds") || HttpMethods.IsPost(context.Request.Method)) || CallerOf(context) is not { Limit: > 0 } caller)
        {
            await next(context);
            return;
        }

        // A conditional request may turn out to cost nothing: it is let in if there is room, and charged when it does cost.
        var conditional = context.Request.Headers.IfNoneMatch.Count > 0;
        var cost = Math.Min(context.GetEndpoint()?.Metadata.GetMetadata<RequestCostAttribute>()?.Requests ?? 1, caller.Limit);
        using (var lease = _limiter.AttemptAcquire(caller, conditional ? 0 : cost))
        {
            if (!lease.IsAcquired)
            {
                context.Response.Headers.RetryAfter = ((int)caller.Window.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
                await Problem.Of(StatusCodes.Status429TooManyRequests, caller.Refusal).SendAsync(context);
                return;
            }
        }

        if (conditional)
        {
            // Before the first byte is sent: a long answer is not to be asked for many times at once.
            context.Response.OnStarting(() =>
            {
                if (context.Response.StatusCode != StatusCodes.Status304NotModified)
                {
                    Charge(caller, cost);
                }

                return Task.CompletedTask;
            });
        }

        await next(context);
    }

    /// <summary>Counts more requests for one that turns out to be much work: that many, or whatever is left.</summary>
    public void ChargeAlso(HttpContext context, int requests)
    {
        if (CallerOf(context) is { Limit: > 0 } caller)
        {
            Charge(caller, requests);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();

    /// <summary>Takes that much, or whatever is left.</summary>
    private void Charge(Caller caller, int cost)
    {
        for (var taken = true; taken && cost > 0; cost--)
        {
            using var lease = _limiter.AttemptAcquire(caller);
            taken = lease.IsAcquired;
        }
    }

    private Caller CallerOf(HttpContext context)
    {
        if (context.Features.Get<ApiClientKey>() is { } partner)
        {
            return new Caller(partner.ApiClientId, default, partner.RequestsPerMinute ?? options.PartnerPerMinute, Minute);
        }

        var address = Hash(AddressOf(context));
        return context.GetEndpoint()?.Metadata.GetMetadata<FewRequestsAttribute>() is null
            ? new Caller(null, address, options.PerMinute, Minute)
            : new Caller(null, address, options.SuggestionsPerHour, Hour);
    }

    /// <summary>The last address in X-Forwarded-For is the one that our own proxy saw.</summary>
    private IPAddress AddressOf(HttpContext context) =>
        options.BehindProxy && IPAddress.TryParse(context.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim(), out var forwarded)
            ? forwarded
            : context.Connection.RemoteIpAddress ?? IPAddress.None;

    private UInt128 Hash(IPAddress address)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
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

    /// <summary>Whose requests are counted together, and how many there may be.</summary>
    private readonly record struct Caller(Guid? Partner, UInt128 Address, int Limit, TimeSpan Window)
    {
        public string Refusal => (Partner, Window.TotalMinutes) switch
        {
            (not null, _) => "Too many requests with this key. Wait a minute; send If-None-Match to ask again for free.",
            (_, > 1) => "Too many suggestions from this address. Wait an hour.",
            _ => "Too many requests from this address. Wait a minute; send If-None-Match to ask again for free.",
        };
    }

    private sealed record DailySalt(DateOnly Day, byte[] Bytes);
}
