using System.Net.Http.Json;
using HealthEquity.Hosting;
using HealthEquity.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace HealthEquity.Tests.Hosting;

public sealed class TelemetryTests(DirectoryApi api)
{
    private const string Secret = "otterly";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_know_routes_statuses_durations_and_sizes_and_nothing_else()
    {
        var exported = new List<MetricSnapshot>();
        var node = await api.OpenAsync(
            SampleDirectory.FillAsync,
            services => services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddInMemoryExporter(exported)),
            ("Telemetry:Enabled", "true"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "50"));
        await node.Client.GetAsync($"/v1/providers/{Secret}-slug?lang=es&{Secret}=1", Cancellation);
        await node.Client.GetAsync($"/v1/search?q={Secret}", Cancellation);
        await node.Client.GetAsync($"/{Secret}/nowhere", Cancellation);
        await node.Client.PostAsJsonAsync("/v1/search", new { q = Secret }, Cancellation);
        await node.Client.SendAsync(new HttpRequestMessage(new HttpMethod(Secret.ToUpperInvariant()), $"/v1/search?q={Secret}"), Cancellation);

        // Other tests' hosts are measured too: whatever they were asked must not show either.
        var provider = node.Factory.Services.GetRequiredService<MeterProvider>();
        await Node.UntilAsync(() =>
        {
            provider.ForceFlush(1000);
            return Task.FromResult(Snapshots().Any(m => m.Name == "directory.entries") && RoutesOf(Snapshots()).Contains("/v1/providers/{idOrSlug}"));
        });

        string[] names = ["http.server.request.duration", "directory.entries", "directory.sequence", "directory.age"];
        Assert.Contains("/v1/search", RoutesOf(Snapshots()));
        foreach (var metric in Snapshots())
        {
            Assert.Contains(metric.Name, names);
            foreach (var point in metric.MetricPoints)
            {
                foreach (var (key, value) in point.Tags)
                {
                    Assert.Contains(key, DirectoryTelemetry.RequestAttributes);
                    var text = value?.ToString() ?? "";
                    Assert.DoesNotContain(Secret, text, StringComparison.OrdinalIgnoreCase);
                    Assert.DoesNotContain('?', text);
                    Assert.True(key == "http.route" || text.Length <= 7, $"{key} = {text}");
                }
            }
        }

        List<MetricSnapshot> Snapshots() => [.. exported.ToArray()];
    }

    [Fact]
    public async Task Nothing_is_exported_unless_the_settings_ask_for_it() =>
        Assert.Null((await api.SharedAsync()).Factory.Services.GetService<MeterProvider>());

    private static IEnumerable<string> RoutesOf(IEnumerable<MetricSnapshot> metrics)
    {
        foreach (var metric in metrics)
        {
            foreach (var point in metric.MetricPoints)
            {
                foreach (var (key, value) in point.Tags)
                {
                    if (key == "http.route")
                    {
                        yield return value?.ToString() ?? "";
                    }
                }
            }
        }
    }
}
