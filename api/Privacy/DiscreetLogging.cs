using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;

namespace HealthEquity.Api.Privacy;

/// <summary>
/// Keeps requests out of every log, whatever the log levels say: who searched for what must not be found on this machine.
/// The framework's own categories (they carry paths, queries, headers) say nothing below Error, and at Error only what kind of
/// fault it was. No exception's message passes, since it may quote what was sent.
/// </summary>
/// <remarks>
/// No listener is attached to ASP.NET Core's activities, so no trace carries a path either; metrics know route templates,
/// statuses and durations. Whoever adds a tracing exporter has to leave out <c>url.path</c> and <c>url.query</c>.
/// </remarks>
public static class DiscreetLogging
{
    /// <summary>Puts the guard in front of all log sinks, those added later too.</summary>
    public static void AddDiscreetLogging(this IServiceCollection services) =>
        services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(provider =>
            new DiscreetLoggerFactory(ActivatorUtilities.CreateInstance<LoggerFactory>(provider))));
}

/// <summary>Makes loggers that can't give a request away.</summary>
/// <param name="inner">The factory with the real sinks.</param>
public sealed class DiscreetLoggerFactory(LoggerFactory inner) : ILoggerFactory
{
    /// <summary>
    /// The category of the server's own request log. It is wholly silent: while it may speak, the server makes an activity for
    /// each request, with its path in it.
    /// </summary>
    private const string RequestLog = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => categoryName == RequestLog
        ? NullLogger.Instance
        : new DiscreetLogger(inner.CreateLogger(categoryName), categoryName, SpeaksOfRequests(categoryName));

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    /// <summary>Only our own categories and the host's life cycle are known not to.</summary>
    private static bool SpeaksOfRequests(string category) =>
        !category.StartsWith("HealthEquity.", StringComparison.Ordinal) && category != "Microsoft.Hosting.Lifetime";
}

internal sealed class DiscreetLogger(ILogger inner, string category, bool speaksOfRequests) : ILogger
{
    /// <summary>Scopes carry the request's path; none is opened.</summary>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) =>
        (!speaksOfRequests || logLevel >= LogLevel.Error) && inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        if (!speaksOfRequests)
        {
            var text = formatter(state, null);
            inner.Log(logLevel, eventId, exception is null ? text : $"{text} ({TypesOf(exception)})", null, static (s, _) => s);
            return;
        }

        inner.Log(
            logLevel,
            new EventId(eventId.Id),
            $"{category} reported event {eventId.Id}{(exception is null ? "" : $": {TypesOf(exception)}")}",
            null,
            static (text, _) => text);
    }

    private static string TypesOf(Exception exception) =>
        exception.GetType().FullName + (exception.InnerException is { } cause ? $" caused by {TypesOf(cause)}" : "");
}
