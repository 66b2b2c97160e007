using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using HealthEquity.Api.Problems;
using HealthEquity.Hosting;
using HealthEquity.Store.Partners;

namespace HealthEquity.Api.Limits;

/// <summary>Limits for requests of one address.</summary>
public sealed class RequestLimitOptions
{
    /// <summary>Requests per minute, without cached answers; 0 for no limit.</summary>
    public int PerMinute { get; set; } = 600;

    /// <summary>The default limit for partners with a key; 0 for no limit.</summary>
    public int PartnerPerMinute { get; set; } = 6_000;

    /// <summary>Suggestions per hour; 0 for no limit.</summary>
    public int SuggestionsPerHour { get; set; } = 20;
}

/// <summary>
/// Limits the work that one address or partner can cause. Cached answers and "not modified" cost nothing and don't count. An address is known
/// only as a hash with a salt that changes daily and is never stored. Answers that count, and every 429, report what is left
/// (draft-ietf-httpapi-ratelimit-headers-11).
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

        // A conditional request may cost nothing: admit it if the limit allows, and charge it only if it does cost.
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

        // Charge before the first byte is sent, so nobody requests a long answer many times at once.
        context.Response.OnStarting(() =>
        {
            Settle(context, caller, limits, conditional, cost);
            return Task.CompletedTask;
        });
        await next(context);
    }

    /// <summary>Charges additional requests for one that turns out to be expensive, up to what is left.</summary>
    public void ChargeMore(HttpContext context, int requests)
    {
        var caller = CallerOf(context);
        if (RateOf(caller) is { Quota: > 0 } rate)
        {
            Charge(caller, rate, requests);
        }
    }

    private static bool Counts(HttpRequest request) =>
        request.Path.StartsWithSegments("/v1") || request.Path.StartsWithSegments("/hsds") || HttpMethods.IsPost(request.Method) || IsLinkedSearch(request);

    /// <summary>A search that stands in a copied link or in the address of a sheet to print: it costs as much as one by form.</summary>
    private static bool IsLinkedSearch(HttpRequest request) =>
        request.QueryString.HasValue && request.Path.Value is { } path && (path.EndsWith("/find", StringComparison.Ordinal) || path.EndsWith("/print", StringComparison.Ordinal));

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

    /// <summary>The two headers with the limits and what is left.</summary>
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

    /// <summary>Takes the amount, up to what is left.</summary>
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

        if (caller.Partner is null && options.SuggestionsPerHour > 0 && context.GetEndpoint()?.Metadata.GetMetadata<HourlyLimitAttribute>() is not null)
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
        // A household or office has a whole IPv6 /64.
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(salt.Bytes, address.IsIPv4MappedToIPv6 || address.GetAddressBytes().Length == 4 ? bytes : bytes[..8], hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    /// <summary>A caller whose requests are counted together: a partner or an address.</summary>
    private readonly record struct Caller(Guid? Partner, UInt128 Address, int? PartnerLimit);

    /// <param name="Policy">The name of the limit in the headers.</param>
    /// <param name="Quota">The maximum number of requests in a window.</param>
    /// <param name="Window">The length of a window.</param>
    /// <param name="Refusal">The message if the limit is exceeded.</param>
    /// <param name="OnlyAccepted">Whether only requests that were accepted (202) count.</param>
    private sealed record Limit(string Policy, int Quota, TimeSpan Window, string Refusal, bool OnlyAccepted = false);

    private sealed record DailySalt(DateOnly Day, byte[] Bytes);
}
