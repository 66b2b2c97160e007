using System.Runtime.InteropServices;
using FastEndpoints;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using Microsoft.AspNetCore.Http.Features;

namespace HealthEquity.Api.Answers;

/// <summary>Marks endpoints whose answers depend on nothing but the request and the directory, so that they may be kept.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeptAnswerAttribute : Attribute;

/// <summary>
/// Answers a request that was answered before from the finished bytes. A request is remembered only as a keyed hash: no query
/// stays in memory.
/// </summary>
public sealed class CachedAnswers(AnswerCache cache, PublishedDirectory directory)
{
    private const int LongestOnStack = 1024;
    private const char Reading = '\u0001';
    private const char Posting = '\u0002';

    private readonly KeyedHash _hash = new();

    /// <summary>For GET and HEAD, ahead of routing even: what is in the cache was routed when it was put there.</summary>
    public Task AnswerReadAsync(HttpContext context, RequestDelegate next)
    {
        var method = context.Request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
        {
            return next(context);
        }

        var key = KeyOf(context, Reading, default);
        if (cache.Find(key, directory.Generation) is { } answer)
        {
            context.Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(KeyValuePair.Create("http.route", (object?)answer.Route));
            return answer.SendAsync(context);
        }

        context.Features.Set(new Place(cache, key));
        return next(context);
    }

    /// <summary>For searches by POST, behind routing: only their bodies are read ahead.</summary>
    public Task AnswerSearchAsync(HttpContext context, RequestDelegate next) =>
        HttpMethods.IsPost(context.Request.Method) && IsKept(context) && directory.IsReady ? AnswerSearchByBodyAsync(context, next) : next(context);

    /// <summary>Whether answers of the request's endpoint may be kept.</summary>
    public static bool IsKept(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<KeptAnswerAttribute>() is not null;

    private async Task AnswerSearchByBodyAsync(HttpContext context, RequestDelegate next)
    {
        var body = await RequestBody.ReadAsync(context, context.RequestAborted);
        // Whether the last byte stands alone tells apart bodies that fill the same characters.
        var key = KeyOf(context, (char)(Posting + (body.Length % 2)), body.Span);
        if (cache.Find(key, directory.Generation) is { } answer)
        {
            await answer.SendAsync(context);
            return;
        }

        context.Features.Set(new Place(cache, key));
        await next(context);
    }

    /// <summary>HEAD shares the answer of GET.</summary>
    private UInt128 KeyOf(HttpContext context, char method, ReadOnlySpan<byte> body)
    {
        var path = context.Request.Path.Value ?? "";
        var query = context.Request.QueryString.Value ?? "";
        var language = context.Request.Headers.AcceptLanguage.ToString();
        var bodyChars = (body.Length + 1) / 2;
        var length = path.Length + query.Length + language.Length + bodyChars + 3;
        Span<char> text = length <= LongestOnStack ? stackalloc char[LongestOnStack] : new char[length];
        text = text[..length];
        path.CopyTo(text);
        text[path.Length] = '\0';
        var rest = text[(path.Length + 1)..];
        query.CopyTo(rest);
        rest[query.Length] = '\0';
        rest = rest[(query.Length + 1)..];
        language.CopyTo(rest);
        rest[language.Length] = method;
        rest = rest[(language.Length + 1)..];
        rest.Clear();
        body.CopyTo(MemoryMarshal.AsBytes(rest));
        return _hash.Of(text);
    }

    /// <summary>Where the answer to this request is to be kept.</summary>
    public sealed record Place(AnswerCache Cache, UInt128 Key);
}

/// <summary>Sending of finished answers.</summary>
public static class AnswerSending
{
    /// <summary>Keeps the answer, where the endpoint's answers are kept, and sends it.</summary>
    public static Task SendAsync(this HttpContext context, Answer answer)
    {
        if (answer.Status == StatusCodes.Status200OK && context.Features.Get<CachedAnswers.Place>() is { } place && CachedAnswers.IsKept(context))
        {
            answer.Route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
            place.Cache.Keep(place.Key, answer);
        }

        context.MarkResponseStart();
        return answer.SendAsync(context);
    }
}
