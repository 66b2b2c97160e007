using System.Collections.Concurrent;
using System.Net;
using System.Text;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Suggestions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace HealthEquity.Tests.Api.Privacy;

[Collection(nameof(ConsoleOutput))]
public sealed class PrivacyTests(DirectoryApi api)
{
    private const string Marked = "zqxmarked";

    [Fact]
    public async Task Nothing_of_a_request_is_in_any_log_at_any_level()
    {
        var sink = new EverythingLogged();
        var clock = new FaultyClock();
        var console = new StringWriter();
        var before = (Console.Out, Console.Error);
        Console.SetOut(TextWriter.Synchronized(console));
        Console.SetError(TextWriter.Synchronized(console));
        try
        {
            var node = await api.OpenAsync(
                SampleDirectory.FillAsync,
                services =>
                {
                    services.AddLogging(logging => logging.AddProvider(sink).AddConsole().SetMinimumLevel(LogLevel.Trace));
                    services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
                },
                ("Logging:LogLevel:Default", "Trace"),
                ("Logging:LogLevel:Microsoft", "Trace"),
                ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"),
                ("Logging:LogLevel:Microsoft.AspNetCore.Hosting", "Trace"),
                ("Logging:LogLevel:Microsoft.AspNetCore.Routing", "Trace"),
                ("Logging:LogLevel:FastEndpoints", "Trace"));
            Assert.NotEmpty(sink.Lines);

            foreach (var request in Requests())
            {
                await node.Client.SendAsync(request);
            }

            await AssertHandedInAsync(node);
            await HandInWithoutDatabaseAsync(node);

            // The same with an unhandled exception whose message quotes the request.
            clock.Fault = new InvalidOperationException($"{Marked} in a message", new ArgumentException(Marked));
            foreach (var address in new[] { "/v1/providers?q=" + Marked, "/v1/providers/" + Marked + "?lang=" + Marked, "/v1/search?q=other" + Marked })
            {
                await node.Client.SendAsync(Mark(new HttpRequestMessage(HttpMethod.Get, address)));
            }

            var fault = await node.ProblemAsync("/v1/search?q=more" + Marked, HttpStatusCode.InternalServerError);
            Assert.DoesNotContain(Marked, fault.ToString(), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("HealthEquity.", fault.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(" at ", fault.ToString(), StringComparison.Ordinal);
            Assert.Contains(sink.Lines, l => l.Contains((string)fault["instance"]! is var id ? id.Split(':')[^1] : "", StringComparison.Ordinal)
                && l.Contains("/v1/search", StringComparison.Ordinal) && l.Contains("InvalidOperationException", StringComparison.Ordinal));

            // A framework's sink must not log requests, either.
            var loggers = node.Factory.Services.GetRequiredService<ILoggerFactory>();
            loggers.CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics").LogError(new InvalidOperationException(Marked), "Request {Path}", Marked);
            loggers.CreateLogger("HealthEquity.Api.Feed").LogError(new InvalidOperationException(Marked), "The database failed");

            var written = string.Join('\n', sink.Lines) + console;
            Assert.DoesNotContain(Marked, written, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("127.0.0.1", written, StringComparison.Ordinal);
            Assert.Contains("Directory loaded", written, StringComparison.Ordinal);
        }
        finally
        {
            Console.SetOut(before.Out);
            Console.SetError(before.Error);
        }

        Assert.Empty(System.IO.Directory.EnumerateFiles(AppContext.BaseDirectory, "*.log", SearchOption.AllDirectories));
    }

    /// <summary>The suggestion is stored for the curators only.</summary>
    private static async Task AssertHandedInAsync(Node node)
    {
        await using var session = await node.Database.OpenAsync(CancellationToken.None);
        Assert.Equal(Marked, Assert.Single(await SuggestionStore.ListAsync(session, "open", 0, 10, CancellationToken.None)).Message);
    }

    /// <summary>The error of the database may quote the data.</summary>
    private static async Task HandInWithoutDatabaseAsync(Node node)
    {
        await node.Database.TransactAsync(
            s => s.ExecuteAsync(new Sql("test", $"CREATE TRIGGER Refuse BEFORE INSERT ON Suggestion BEGIN SELECT RAISE(ABORT, '{Marked}'); END"), null, CancellationToken.None),
            CancellationToken.None);
        await node.ProblemAsync(
            Mark(new HttpRequestMessage(HttpMethod.Post, "/v1/suggestions") { Content = new StringContent($$"""{"kind":"event","text":"{{Marked}}"}""", Encoding.UTF8, "application/json") }),
            HttpStatusCode.ServiceUnavailable);
    }

    private static IEnumerable<HttpRequestMessage> Requests()
    {
        foreach (var address in new[]
        {
            $"/v1/providers?q={Marked}", $"/v1/providers?{Marked}=1", $"/v1/providers?specialty={Marked}", $"/v1/providers/{Marked}", $"/{Marked}",
            $"/v1/suggest?q={Marked}", $"/v1/vocabularies/{Marked}", $"/v1/changes?after={Marked}", "/v1/providers", $"/v1/adoptions?jurisdiction={Marked}", "/", $"/v1/exports/directory.csv?q={Marked}", $"/v1/exports/{Marked}",
        })
        {
            yield return Mark(new HttpRequestMessage(HttpMethod.Get, address));
            yield return Mark(new HttpRequestMessage(HttpMethod.Head, address));
            yield return Mark(new HttpRequestMessage(HttpMethod.Delete, address));
        }

        foreach (var body in new[]
        {
            $$"""{"entry":"clinica-del-sol","field":"phones","text":"{{Marked}}"}""", $$"""{"entry":"clinica-del-sol","field":"{{Marked}}","text":"{{Marked}}"}""", $$"""{"entry":"{{Marked}}","text":"{{Marked}}"}""",
            $$"""{"kind":"event","text":"{{Marked}}","website":"{{Marked}}"}""", $$"""{"{{Marked}}":1}""", $$"""{"text":{{Marked}}""",
        })
        {
            yield return Mark(new HttpRequestMessage(HttpMethod.Post, "/v1/suggestions") { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        }

        // An unknown key must not be logged, either.
        var withKey = Mark(new HttpRequestMessage(HttpMethod.Get, "/v1/providers?q=" + Marked));
        withKey.Headers.Add("X-Api-Key", Marked);
        yield return withKey;

        foreach (var body in new[] { $$"""{"q":"{{Marked}}"}""", $$"""{"{{Marked}}":1}""", $$"""{"q":{{Marked}}""", "{\"q\":\"" + Marked + new string('a', 70_000) + "\"}" })
        {
            yield return Mark(new HttpRequestMessage(HttpMethod.Post, "/v1/search") { Content = new StringContent(body, Encoding.UTF8, "application/json") });
            yield return Mark(new HttpRequestMessage(HttpMethod.Post, $"/v1/search?{Marked}") { Content = new StringContent(body, Encoding.UTF8, "text/" + Marked) });
            yield return Mark(new HttpRequestMessage(HttpMethod.Post, "/") { Content = new FormUrlEncodedContent([new("q", Marked)]) });
        }
    }

    private static HttpRequestMessage Mark(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("User-Agent", Marked);
        request.Headers.TryAddWithoutValidation("Referer", $"https://{Marked}.example/");
        request.Headers.TryAddWithoutValidation("Cookie", $"a={Marked}");
        request.Headers.TryAddWithoutValidation("Accept-Language", Marked);
        request.Headers.TryAddWithoutValidation("X-" + Marked, Marked);
        request.Headers.TryAddWithoutValidation("Origin", $"https://{Marked}.example");
        request.Headers.TryAddWithoutValidation("If-None-Match", $"\"{Marked}\"");
        return request;
    }

    private sealed class FaultyClock : TimeProvider
    {
        public Exception? Fault { get; set; }

        public override DateTimeOffset GetUtcNow() => Fault is null ? base.GetUtcNow() : throw Fault;
    }

    private sealed class EverythingLogged : ILoggerProvider
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => new Line(_lines, categoryName);

        public void Dispose()
        {
        }

        private sealed class Line(ConcurrentQueue<string> lines, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull
            {
                lines.Enqueue($"scope {category} {state}");
                return null;
            }

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var parts = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : "";
                lines.Enqueue($"{logLevel} {category} {eventId} {formatter(state, exception)} {parts} {exception}");
            }
        }
    }
}

/// <summary>Tests that read the output of the whole process run alone.</summary>
[CollectionDefinition(nameof(ConsoleOutput), DisableParallelization = true)]
public sealed class ConsoleOutput;
