using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using HealthEquity.Api.Problems;
using HealthEquity.Hosting;
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
}

/// <summary>
/// Limits what one address, or one partner, can make the directory work out. Answers from the cache and "not modified" cost
/// nothing and count for nothing. An address is known only as a hash under a salt that is drawn anew each day and kept nowhere.
/// Answers that count, and every 429, say what is left (draft-ietf-httpapi-ratelimit-headers-11).
/// </summary>
public sealed class RequestLimits(RequestLimitOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly FixedWindows<(Caller Caller, string Policy)> _windows = new(clock);

    private volatile DailySalt _salt = new(DateOnly.MinValue, []);

    /// <summary>Passes the request on, or answers 429.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var counts = Counts(context.Request);
        var caller = counts ? CallerOf(context) : default;
        var limits = counts ? LimitsOf(context, caller) : [];
        if (limits.Count == 0)
        {
            await next(context);
            return;
        }

        // A conditional request may turn out to cost nothing: it is let in if there is room, and charged when it does cost.
        var conditional = context.Request.Headers.IfNoneMatch.Count > 0;
        var cost = context.GetEndpoint()?.Metadata.GetMetadata<RequestCostAttribute>()?.Requests ?? 1;
        for (var i = 0; i < limits.Count; i++)
        {
            var allowance = Take(caller, limits[i], conditional ? 0 : Math.Min(cost, limits[i].Quota));
            if (!allowance.Granted)
            {
                for (var taken = 0; taken < i && !conditional; taken++)
                {
                    GiveBack(caller, limits[taken], cost);
                }

                context.Response.Headers.RetryAfter = Seconds(allowance.Reset);
                Describe(context.Response.Headers, caller, limits);
                await Problem.Of(StatusCodes.Status429TooManyRequests, limits[i].Refusal).SendAsync(context);
                return;
            }
        }

        // Before the first byte is sent: a long answer is not to be asked for many times at once.
        context.Response.OnStarting(() =>
        {
            Settle(context, caller, limits, conditional, cost);
            return Task.CompletedTask;
        });
        await next(context);
    }

    /// <summary>Counts more requests for one that turns out to be much work: that many, or whatever is left.</summary>
    public void ChargeAlso(HttpContext context, int requests)
    {
        var caller = CallerOf(context);
        if (RateOf(caller) is { Quota: > 0 } rate)
        {
            Charge(caller, rate, requests);
        }
    }

    private static bool Counts(HttpRequest request) =>
        request.Path.StartsWithSegments("/v1") || request.Path.StartsWithSegments("/hsds") || HttpMethods.IsPost(request.Method);

    private void Settle(HttpContext context, Caller caller, List<Limit> limits, bool conditional, int cost)
    {
        if (conditional && context.Response.StatusCode == StatusCodes.Status304NotModified)
        {
            return;
        }

        foreach (var limit in limits)
        {
            if (conditional)
            {
                Charge(caller, limit, cost);
            }
            else if (limit.OnlyAccepted && context.Response.StatusCode != StatusCodes.Status202Accepted)
            {
                GiveBack(caller, limit, cost);
            }
        }

        Describe(context.Response.Headers, caller, limits);
    }

    /// <summary>The two headers: what the limits are, and what is left of them.</summary>
    private void Describe(IHeaderDictionary headers, Caller caller, List<Limit> limits)
    {
        headers["RateLimit-Policy"] = string.Join(", ", limits.Select(l => string.Create(CultureInfo.InvariantCulture, $"\"{l.Policy}\";q={l.Quota};w={(int)l.Window.TotalSeconds}")));
        headers["RateLimit"] = string.Join(", ", limits.Select(l =>
        {
            var left = Charge(caller, l, 0);
            return string.Create(CultureInfo.InvariantCulture, $"\"{l.Policy}\";r={left.Remaining};t={Seconds(left.Reset)}");
        }));
    }

    private Allowance Take(Caller caller, Limit limit, int count) => _windows.Take((caller, limit.Policy), limit.Quota, limit.Window, count);

    /// <summary>Takes that much, or whatever is left.</summary>
    private Allowance Charge(Caller caller, Limit limit, int count) => _windows.TakeUpTo((caller, limit.Policy), limit.Quota, limit.Window, count);

    private void GiveBack(Caller caller, Limit limit, int count) => _windows.GiveBack((caller, limit.Policy), limit.Quota, limit.Window, Math.Min(count, limit.Quota));

    private static string Seconds(TimeSpan left) => ((int)Math.Ceiling(left.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private List<Limit> LimitsOf(HttpContext context, Caller caller)
    {
        var limits = new List<Limit>(2);
        if (RateOf(caller) is { Quota: > 0 } rate)
        {
            limits.Add(rate);
        }

        if (caller.Partner is null && options.SuggestionsPerHour > 0 && context.GetEndpoint()?.Metadata.GetMetadata<FewRequestsAttribute>() is not null)
        {
            limits.Add(new Limit("suggestions", options.SuggestionsPerHour, Hour, "Too many suggestions from this address. Try again in an hour.", OnlyAccepted: true));
        }

        return limits;
    }

    private Limit RateOf(Caller caller) => caller.Partner is null
        ? new Limit("requests", options.PerMinute, Minute, "Too many requests from this address. Wait a minute; send If-None-Match to ask again for free.")
        : new Limit("partner", caller.PartnerLimit ?? options.PartnerPerMinute, Minute, "Too many requests with this key. Wait a minute; send If-None-Match to ask again for free.");

    private Caller CallerOf(HttpContext context) => context.Features.Get<ApiClientKey>() is { } partner
        ? new Caller(partner.ApiClientId, default, partner.RequestsPerMinute)
        : new Caller(null, Hash(context.Connection.RemoteIpAddress ?? IPAddress.None), null);

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

    /// <summary>Whose requests are counted together: a partner's, or an address's.</summary>
    private readonly record struct Caller(Guid? Partner, UInt128 Address, int? PartnerLimit);

    /// <param name="Policy">What the limit is called in the headers.</param>
    /// <param name="Quota">How many there may be in a window.</param>
    /// <param name="Window">How long a window is.</param>
    /// <param name="Refusal">What is said when there are too many.</param>
    /// <param name="OnlyAccepted">Whether only requests that were accepted (202) count.</param>
    private sealed record Limit(string Policy, int Quota, TimeSpan Window, string Refusal, bool OnlyAccepted = false);

    private sealed record DailySalt(DateOnly Day, byte[] Bytes);
}
