using System.Diagnostics;
using System.Security.Cryptography;
using HealthEquity.Api.Json;
using HealthEquity.Api.Privacy;
using Microsoft.AspNetCore.Diagnostics;

namespace HealthEquity.Api.Problems;

/// <summary>Converts all errors to problem documents.</summary>
public static class Faults
{
    /// <summary>Answers exceptions. The log contains the route, the type and our own methods, never the request.</summary>
    public static void UseFaultAnswers(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Faults).FullName!);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            AllowStatusCode404Response = true,
            SuppressDiagnosticsCallback = _ => true,
            ExceptionHandler = context => AnswerAsync(context, log),
        });
    }

    /// <summary>Adds a body to answers with only a status code: unknown paths, wrong methods, wrong media types.</summary>
    public static void UseStatusAnswers(this WebApplication app) => app.UseStatusCodePages(context =>
    {
        var http = context.HttpContext;
        if (http.Response.StatusCode == StatusCodes.Status405MethodNotAllowed && HttpMethods.IsOptions(http.Request.Method))
        {
            SafeHeaders.AllowSending(http);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        return Problem.Of(http.Response.StatusCode).SendAsync(http);
    });

    private static Task AnswerAsync(HttpContext context, ILogger log)
    {
        var feature = context.Features.Get<IExceptionHandlerFeature>()!;
        SafeHeaders.Set(context.Response.Headers);
        if (feature.Error is BadHttpRequestException bad)
        {
            return Problem.Of(bad.StatusCode, (bad as RefusedBodyException)?.Message).SendAsync(context);
        }

        if (context.RequestAborted.IsCancellationRequested)
        {
            return Task.CompletedTask;
        }

        var id = RandomNumberGenerator.GetHexString(12, lowercase: true);
        log.LogError(
            "Fault {Id} in {Route}: {Type} at {Frames}",
            id,
            (feature.Endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "no route",
            feature.Error.GetType().FullName,
            OwnFrames(feature.Error));
        return (Problem.Of(StatusCodes.Status500InternalServerError) with { Instance = $"urn:fault:{id}" }).SendAsync(context);
    }

    /// <summary>Our own methods in the stack. Names only, so there is no request data.</summary>
    private static string OwnFrames(Exception fault) => string.Join(
        " < ",
        new StackTrace(fault, fNeedFileInfo: false).GetFrames()
            .Select(f => f.GetMethod())
            .Where(m => m?.DeclaringType?.FullName?.StartsWith("HealthEquity.", StringComparison.Ordinal) == true)
            .Select(m => $"{m!.DeclaringType!.FullName}.{m.Name}")
            .Take(20));
}
