using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Hosting;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Tests.Admin;
using HealthEquity.Tests.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace HealthEquity.Tests.Hosting;

public sealed class TelemetryTests(DirectoryApi api)
{
    private const string Secret = "otterly";

    // Of a small town in Alaska.
    private const string Zip = "99950";

    private const string Agent = "OtterBrowser/7";

    private const string Visitor = "203.0.113.77";

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
    public async Task What_is_sent_over_the_wire_says_nothing_of_what_people_asked_for()
    {
        await using var collector = await Collector.StartAsync();
        var node = await api.OpenAsync(
            SampleDirectory.FillAsync, null, ("Telemetry:Enabled", "true"), ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
        var slug = (string)(await node.Client.GetFromJsonAsync<JsonNode>("/v1/providers", Cancellation))!["items"]![0]!["slug"]!;
        foreach (var path in new[] { $"/v1/search?q={Secret}", $"/v1/providers?zip={Zip}", $"/v1/providers/{slug}", $"/v1/suggest?q={Secret}", $"/find?q={Secret}&near={Zip}", $"/providers/{slug}", $"/es/providers/{slug}", $"/{Secret}/{Zip}" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("User-Agent", Agent);
            request.Headers.Add("X-Forwarded-For", Visitor);
            await node.Client.SendAsync(request, Cancellation);
        }

        await node.Client.PostAsJsonAsync("/v1/search", new { q = Secret, zip = Zip }, Cancellation);

        await FlushAsync(node.Factory.Services, collector, "/v1/search", "/v1/providers/{idOrSlug}", "directory.entries");
        AssertSilent(collector, Secret, Zip, slug, Agent, Visitor);
    }

    [Fact]
    public async Task What_the_console_sends_over_the_wire_says_nothing_of_what_curators_looked_at()
    {
        await using var collector = await Collector.StartAsync();
        await using var host = await ConsoleHost.StartAsync(
            settings: [("Telemetry:Enabled", "true"), ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")]);
        var curator = await host.AddCuratorAsync(CuratorRole.Curator, $"{Secret}-curator");
        var browser = host.Browse();
        browser.Client.DefaultRequestHeaders.Add("User-Agent", Agent);
        browser.Client.DefaultRequestHeaders.Add("X-Forwarded-For", Visitor);
        await browser.SignInAsync(curator);
        var entry = (await host.Database.TransactAsync(
            s => host.Stores.Entries.CreateAsync(s, new Organization { Name = $"House {Secret}" }, Actor.System("test"), null, null, Cancellation), Cancellation)).ToString();
        foreach (var path in new[] { "/", $"/entries?q={Secret}", $"/entries/show/{entry}", $"/audit?about={entry}", $"/{Secret}/{Zip}", "/health/ready" })
        {
            await browser.GetAsync(path);
        }

        await FlushAsync(host.Services, collector, "HealthEquity.Admin", "sign-in", "entries/show/{id:guid}", "health/ready");
        AssertSilent(collector, Secret, Zip, entry, Agent, Visitor, curator.CuratorId.ToString());
    }

    [Fact]
    public async Task Nothing_is_exported_unless_the_settings_ask_for_it() =>
        Assert.Null((await api.SharedAsync()).Factory.Services.GetService<MeterProvider>());

    /// <summary>Sends whatever there is to send, today only metrics, until all of this has arrived.</summary>
    private static Task FlushAsync(IServiceProvider services, Collector collector, params string[] awaited) => Node.UntilAsync(() =>
    {
        services.GetService<MeterProvider>()?.ForceFlush(1000);
        services.GetService<TracerProvider>()?.ForceFlush(1000);
        services.GetService<LoggerProvider>()?.ForceFlush(1000);
        return Task.FromResult(awaited.All(known => collector.Sent().Any(s => s.Text.Contains(known, StringComparison.OrdinalIgnoreCase))));
    });

    private static void AssertSilent(Collector collector, params string[] secrets)
    {
        var sent = collector.Sent();
        Assert.All(sent, s => Assert.All(secrets, secret => Assert.DoesNotContain(secret, s.Text, StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(["/v1/metrics"], sent.Select(s => s.Path).Distinct());
    }

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

    /// <summary>Takes what the exporter sends, as it is on the wire. Texts are readable in it, because protocol buffers keep them as they are.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly ConcurrentQueue<(string Path, string Text)> _sent = new();

        private Collector(WebApplication app) => _app = app;

        public string Address => _app.Urls.Single();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var collector = new Collector(builder.Build());
            collector._app.Run(collector.TakeAsync);
            await collector._app.StartAsync(Cancellation);
            return collector;
        }

        public IReadOnlyList<(string Path, string Text)> Sent() => [.. _sent];

        public async ValueTask DisposeAsync() => await _app.DisposeAsync();

        private async Task TakeAsync(HttpContext context)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var headers = string.Join('\n', context.Request.Headers.Select(h => $"{h.Key}: {h.Value}"));
            _sent.Enqueue((context.Request.Path, $"{headers}\n{Encoding.Latin1.GetString(body.ToArray())}"));
        }
    }
}
