using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace HealthEquity.Hosting;

/// <summary>
/// OpenTelemetry metrics, if <c>Telemetry__Enabled=true</c>: the number, status and duration of requests per route, and the size of the index.
/// There are no traces and no logs, and every other instrument and attribute is dropped, so that no path, query or address can leave this
/// process. The exporter uses the standard <c>OTEL_EXPORTER_OTLP_…</c> settings.
/// </summary>
public static class DirectoryTelemetry
{
    /// <summary>The meter of our own instruments. Their measurements carry no attributes.</summary>
    public const string MeterName = "HealthEquity.Directory";

    private const string RequestMeter = "Microsoft.AspNetCore.Hosting";
    private const string RequestDuration = "http.server.request.duration";

    /// <summary>The attributes of a request. The route is the template, such as <c>/v1/providers/{idOrSlug}</c>.</summary>
    public static readonly IReadOnlyList<string> RequestAttributes = ["http.request.method", "http.route", "http.response.status_code"];

    /// <summary>Adds the exporter if the settings enable it.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="program">The name of the program.</param>
    public static void AddDirectoryTelemetry(this IServiceCollection services, IConfiguration configuration, string program)
    {
        if (!configuration.GetValue("Telemetry:Enabled", false))
        {
            return;
        }

        var version = Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3);
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService(program, serviceVersion: version))
            .AddMeter(RequestMeter, MeterName)
            .AddView(View)
            .AddOtlpExporter());
    }

    private static MetricStreamConfiguration? View(Instrument instrument) => (instrument.Meter.Name, instrument.Name) switch
    {
        (RequestMeter, RequestDuration) => new MetricStreamConfiguration { TagKeys = [.. RequestAttributes] },
        (MeterName, _) => new MetricStreamConfiguration { TagKeys = [] },
        _ => MetricStreamConfiguration.Drop,
    };
}
