using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;

namespace HealthEquity.Api.Privacy;

/// <summary>
/// Keeps requests out of all logs, at any log level: no search may be traceable on this machine. The framework's categories (which log paths,
/// queries and headers) log only errors, and only the type of error. No exception message is logged, because it may quote the request.
/// </summary>
/// <remarks>
/// ASP.NET Core's activities have no listener, so no trace contains a path; metrics contain only route templates, statuses and durations. If you
/// add a tracing exporter, exclude <c>url.path</c> and <c>url.query</c>.
/// </remarks>
public static class DiscreetLogging
{
    /// <summary>Wraps all log sinks, including those added later.</summary>
    public static void AddDiscreetLogging(this IServiceCollection services) =>
        services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(provider =>
            new DiscreetLoggerFactory(ActivatorUtilities.CreateInstance<LoggerFactory>(provider))));
}

/// <summary>Creates loggers that can't reveal a request.</summary>
/// <param name="inner">The factory with the actual sinks.</param>
public sealed class DiscreetLoggerFactory(LoggerFactory inner) : ILoggerFactory
{
    /// <summary>
    /// The category of the server's request log. It is completely disabled: if it were enabled, the server would create an activity with the path
    /// for each request.
    /// </summary>
    private const string RequestLog = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => categoryName == RequestLog
        ? NullLogger.Instance
        : new DiscreetLogger(inner.CreateLogger(categoryName), categoryName, MayContainRequests(categoryName));

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    /// <summary>True for categories that may contain request data: all but our own and the host's life cycle.</summary>
    private static bool MayContainRequests(string category) =>
        !category.StartsWith("HealthEquity.", StringComparison.Ordinal) && category != "Microsoft.Hosting.Lifetime";
}

internal sealed class DiscreetLogger(ILogger inner, string category, bool speaksOfRequests) : ILogger
{
    /// <summary>Scopes contain the path of the request, so none is opened.</summary>
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
