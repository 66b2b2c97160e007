using System.Text.Json;
using FluentValidation.Results;
using HealthEquity.Api.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace HealthEquity.Api.Problems;

/// <summary>What went wrong, and what to do (RFC 9457, <c>application/problem+json</c>).</summary>
public sealed record Problem
{
    /// <summary>The media type of problems.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>The kind of problem, a reference to its description.</summary>
    public required string Type { get; init; }

    /// <summary>The kind of problem in words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status code.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong with this request, and what to do about it.</summary>
    public string? Detail { get; init; }

    /// <summary>Messages by parameter or field; messages about the whole request stand under the empty name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    /// <summary>Why something is gone: an entry <c>withdrawn</c> or <c>merged</c>; in the change feed, <c>startOver</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>The id of the entry that lives on, where the one asked for was merged into it.</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>A number to name to the operator when reporting a fault; it says nothing about the request.</summary>
    public string? Instance { get; init; }

    /// <summary>The problem that a status code stands for.</summary>
    public static Problem Of(int status, string? detail = null) => new()
    {
        Type = $"/problems#{Name(status)}",
        Title = ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Error",
        Status = status,
        Detail = detail ?? DetailOf(status),
    };

    /// <summary>The problem of parameters or fields that are wrong.</summary>
    public static Problem Of(IEnumerable<ValidationFailure> failures) => Of(StatusCodes.Status400BadRequest) with
    {
        Errors = failures
            .GroupBy(f => f.PropertyName ?? "", StringComparer.Ordinal)
            .ToDictionary(g => g.Key, IReadOnlyList<string> (g) => [.. g.Select(f => f.ErrorMessage).Distinct()]),
    };

    /// <summary>Sends the problem. Nobody is to keep it.</summary>
    public Task SendAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        FastEndpoints.HttpContextExtensions.MarkResponseStart(context);
        var body = JsonSerializer.SerializeToUtf8Bytes(Under(context.Request.PathBase), ApiJson.Options);
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, 0, body.Length);
    }

    /// <summary>The same problem with its type as it is reached under a path base.</summary>
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
        400 => "The request is not right. See 'errors' for what to change.",
        404 => "There is nothing at this address. /docs lists the addresses there are.",
        405 => "This address does not take this method. The Allow header lists those it takes.",
        413 => $"The body is larger than {RequestBody.Longest / 1024} KB.",
        415 => "Send the body as application/json.",
        >= 500 => "Something failed here. It was not your request; try again in a moment.",
        _ => null,
    };
}
