using System.Text.Json;
using FluentValidation.Results;
using HealthEquity.Api.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace HealthEquity.Api.Problems;

/// <summary>An error and how to fix it (RFC 9457, <c>application/problem+json</c>).</summary>
public sealed record Problem
{
    /// <summary>The media type of problems.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>The type of problem, as a link to its description.</summary>
    public required string Type { get; init; }

    /// <summary>The title of the type.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status code.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong with this request, and how to fix it.</summary>
    public string? Detail { get; init; }

    /// <summary>Messages by parameter or field. Messages about the whole request have an empty name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    /// <summary>Why something is gone: an entry <c>withdrawn</c> or <c>merged</c>; in the change feed, <c>startOver</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>The id of the entry that the requested one was merged into.</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>A reference number for reporting the error to the operator. It reveals nothing about the request.</summary>
    public string? Instance { get; init; }

    /// <summary>The problem for a status code.</summary>
    public static Problem Of(int status, string? detail = null) => new()
    {
        Type = $"/problems#{Name(status)}",
        Title = ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Error",
        Status = status,
        Detail = detail ?? DetailOf(status),
    };

    /// <summary>The problem for invalid parameters or fields.</summary>
    public static Problem Of(IEnumerable<ValidationFailure> failures) => Of(StatusCodes.Status400BadRequest) with
    {
        Errors = failures
            .GroupBy(f => f.PropertyName ?? "", StringComparer.Ordinal)
            .ToDictionary(g => g.Key, IReadOnlyList<string> (g) => [.. g.Select(f => f.ErrorMessage).Distinct()]),
    };

    /// <summary>Sends the problem, not to be cached: to people as a page, to programs as a document.</summary>
    public async Task SendAsync(HttpContext context)
    {
        if (context.RequestServices.GetService<IProblemPages>() is { } pages && await pages.TrySendAsync(context, this))
        {
            return;
        }

        var response = context.Response;
        response.StatusCode = Status;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        FastEndpoints.HttpContextExtensions.MarkResponseStart(context);
        var body = JsonSerializer.SerializeToUtf8Bytes(Under(context.Request.PathBase), ApiJson.Options);
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body);
        }
    }

    /// <summary>The same problem, with the path base added to its type.</summary>
    public Problem Under(PathString pathBase) => pathBase.HasValue ? this with { Type = pathBase + Type } : this;

    private static string Name(int status) => status switch
    {
        400 => "bad-request",
        401 => "unknown-key",
        404 => "not-found",
        405 => "method-not-allowed",
        410 => "gone",
        413 => "body-too-large",
        415 => "unsupported-media-type",
        429 => "too-many-requests",
        503 => "not-ready",
        < 500 => "request",
        _ => "fault",
    };

    private static string? DetailOf(int status) => status switch
    {
        400 => "The request is invalid. See 'errors' for how to fix it.",
        404 => "There is nothing at this address. See /docs for all addresses.",
        405 => "This address does not support this method. See the Allow header.",
        413 => $"The body is larger than {RequestBody.MaxLength / 1024} KB.",
        415 => "Send the body as application/json.",
        >= 500 => "An internal error, not caused by your request. Try again in a moment.",
        _ => null,
    };
}
