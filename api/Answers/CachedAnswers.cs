using System.Runtime.InteropServices;
using FastEndpoints;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using Microsoft.AspNetCore.Http.Features;

namespace HealthEquity.Api.Answers;

/// <summary>Marks endpoints whose answers depend only on the request and the directory, so they can be cached.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeptAnswerAttribute : Attribute;

/// <summary>
/// Answers repeated requests from the cache. Requests are stored only as keyed hashes, so no query stays in memory.
/// </summary>
public sealed class CachedAnswers(AnswerCache cache, PublishedDirectory directory)
{
    private const int MaxStackLength = 1024;
    private const char Reading = '\u0001';
    private const char Posting = '\u0002';

    private readonly KeyedHash _hash = new();

    /// <summary>For GET and HEAD, before routing: cached answers were routed when they were added.</summary>
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

    /// <summary>For searches by POST, after routing: only their bodies are read early.</summary>
    public Task AnswerSearchAsync(HttpContext context, RequestDelegate next) =>
        HttpMethods.IsPost(context.Request.Method) && IsKept(context) && directory.IsReady ? AnswerSearchByBodyAsync(context, next) : next(context);

    /// <summary>Whether answers of the endpoint can be cached.</summary>
    public static bool IsKept(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<KeptAnswerAttribute>() is not null;

    private async Task AnswerSearchByBodyAsync(HttpContext context, RequestDelegate next)
    {
        var body = await RequestBody.ReadAsync(context, context.RequestAborted);
        // An odd last byte distinguishes bodies that fill the same characters.
        var key = KeyOf(context, (char)(Posting + (body.Length % 2)), body.Span);
        if (cache.Find(key, directory.Generation) is { } answer)
        {
            await answer.SendAsync(context);
            return;
        }

        context.Features.Set(new Place(cache, key));
        await next(context);
    }

    /// <summary>HEAD uses the answer of GET.</summary>
    private UInt128 KeyOf(HttpContext context, char method, ReadOnlySpan<byte> body)
    {
        var path = context.Request.Path.Value ?? "";
        var query = context.Request.QueryString.Value ?? "";
        var language = context.Request.Headers.AcceptLanguage.ToString();
        var bodyChars = (body.Length + 1) / 2;
        var length = path.Length + query.Length + language.Length + bodyChars + 3;
        Span<char> text = length <= MaxStackLength ? stackalloc char[MaxStackLength] : new char[length];
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

    /// <summary>The cache slot for the answer to this request.</summary>
    public sealed record Place(AnswerCache Cache, UInt128 Key);
}

/// <summary>Sends finished answers.</summary>
public static class AnswerSending
{
    /// <summary>Caches the answer if the endpoint allows it, and sends it.</summary>
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
