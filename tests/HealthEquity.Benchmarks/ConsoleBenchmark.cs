using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Admin.SignIn;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;

namespace HealthEquity.Benchmarks;

/// <summary>
/// Every page of the console as an administrator opens it: milliseconds until its last byte is there, over loopback, one request at a
/// time; bytes over the wire, compressed; and its median as a multiple of the smallest page's in the same run, because the machine's own
/// speed drifts.
/// </summary>
internal sealed partial class ConsoleBenchmark : IDisposable
{
    private const int Times = 25;
    private const int MostBytes = 60_000;
    private const int MostMilliseconds = 100;
    private const int MostMillisecondsWhenLarge = 200;
    private const int Large = 50_000;
    private const string Trivial = "/account/keep";

    private readonly HttpClient _client;
    private readonly ServerProcess _server;
    private readonly int _mostMilliseconds;

    private ConsoleBenchmark(ServerProcess server, int entries)
    {
        (_server, _mostMilliseconds) = (server, entries >= Large ? MostMillisecondsWhenLarge : MostMilliseconds);
        // "localhost", because the cookies want HTTPS anywhere else.
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = new Uri($"http://localhost:{server.Port}") };
    }

    public static async Task RunAsync(int entries)
    {
        using var office = await GeneratedOffice.CreateAsync(new GeneratedDirectory(), entries);
        using var server = await ServerProcess.StartConsoleAsync(office.File, "/icon.svg");
        using var benchmark = new ConsoleBenchmark(server, entries);
        await benchmark.SignInAsync();
        var indexed = await benchmark.IndexedAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entries} entries; index built after {indexed:0.0} s"));
        Console.WriteLine($"{"page",-62} {"p50 ms",8} {"p95 ms",8} {"ratio",7} {"br",8} {"gzip",8}");
        var trivial = (await benchmark.TimeAsync(Trivial)).Median;
        foreach (var page in await PagesAsync(office.Database))
        {
            await benchmark.MeasureAsync(page, trivial);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"resident memory, MiB {server.Memory / 1048576.0:0}"));
    }

    public void Dispose() => _client.Dispose();

    private static async Task<IReadOnlyList<string>> PagesAsync(Database database)
    {
        await using var session = await database.OpenAsync(CancellationToken.None);
        var pages = new List<string>
        {
            "/", "/entries", "/entries?number=2000", "/entries?sort=due", "/entries?sort=assured&desc=true&number=1000", "/entries?sort=changed&number=1000",
            "/entries?sort=assigned", "/entries?sort=assigned&number=1000", "/entries?sort=state&number=1000", "/entries?kind=provider&sort=due&number=500", "/entries?kind=attorney&sort=due", "/entries?listing=suspended&sort=changed", "/entries?draft=inReview",
            "/entries?language=ht&tag=sample", "/entries?state=FL&county=orange", "/entries?assigned=me&dueBefore=2030-01-01&sort=due", "/entries?stale=true",
            "/entries?reviewable=true", "/entries?text=lighthouse", "/entries?text=family", "/entries?text=family&number=20", "/entries?text=family&sort=due&kind=provider",
            "/entries?text=family&listing=suspended", "/entries?text=family&listing=published", "/entries?text=family&sort=due", "/entries?text=305-555-0142", "/entries?text=terapeuta", "/entries?text=xyzzy",
            "/reviews", "/suggestions", "/duplicates", "/policy-actions/matrix", "/policy-actions/matrix?theme=all", "/audit", "/settings", "/vocabularies", "/vocabularies/tag", "/curators", "/account",
            "/account/sessions", "/account/two-factor", "/imports", "/bulk-changes", "/expressions", "/partners", "/settings/site", "/lists",
            "/verify", "/verify?risk=Never", "/verify?number=100", "/verify?county=Orange%2C+FL", "/verify?kind=provider", "/verify?kind=attorney&county=Orange%2C+FL",
            "/verify?risk=Crisis", "/verify?risk=Reported", "/verify?risk=Bounced", "/verify?risk=Overdue", "/verify?assigned=me", "/verify?assigned=nobody&risk=Overdue",
            "/suggestions?number=3", "/suggestions?state=settled", "/translations", "/entries?listing=published&where=texts:not:es", "/entries?facet=texts",
            "/entries?kind=provider&listing=published&where=cost:empty", "/entries?state=FL&where=languages:not:es", "/duplicates?kind=provider",
            "/entries?where=languages:empty&where=assured:never", "/entries?where=cost:not:free&sort=due", "/entries?where=assured:before:2026-01-01",
            "/entries?facet=languages", "/entries?facet=city", "/entries?facet=county", "/entries?facet=tags", "/entries?facet=assured",
            "/entries?columns=state&columns=city&columns=region&columns=phone&columns=languages&columns=cost&columns=immigration&columns=availability&columns=tags",
        };
        foreach (var kind in EntryKinds.All)
        {
            var id = await LargestAsync(session, kind);
            var section = kind is EntryKind.PolicyAction or EntryKind.Material ? "translations" : "contact";
            pages.AddRange([$"/entries/edit/{id}?section={section}", $"/entries/{id}/translations/es", $"/entries/{id}/translations/ko?only=unfinished"]);
            pages.AddRange([$"/entries/new?kind={kind.Code()}", $"/entries/edit/{id}", $"/entries/show/{id}", $"/entries/preview/{id}", $"/entries/history/{id}", $"/verify/{id}"]);
        }

        var inReview = await EntryFinder.FindAsync(session, new EntryFilter { Draft = DraftState.InReview }, EntrySort.Name, 0, 1, CancellationToken.None);
        pages.Add($"/reviews/{inReview[0].EntryId}");
        return pages;
    }

    private static async Task<Guid> LargestAsync(DbSession session, EntryKind kind)
    {
        // The starter directory's own are far larger than generated ones.
        var rows = await EntryFinder.FindAsync(session, new EntryFilter { Kind = kind }, EntrySort.Name, 0, 2_000, CancellationToken.None);
        var (largest, length) = (rows[0].EntryId, 0);
        foreach (var row in rows)
        {
            var body = (await EntryStore.ReadRevisionAsync(session, row.EntryId, row.LatestRevision, CancellationToken.None)).Body;
            if (body.Length > length)
            {
                (largest, length) = (row.EntryId, body.Length);
            }
        }

        return largest;
    }

    private async Task SignInAsync()
    {
        var answer = await PostAsync("/sign-in", ("UserName", GeneratedOffice.UserName), ("Password", GeneratedOffice.Password));
        var next = answer.Headers.Location?.ToString() ?? throw new InvalidOperationException("The benchmark's own curator could not sign in.");
        var second = await PostAsync(next, ("Code", AuthenticatorCodes.CodeAt(GeneratedOffice.AuthenticatorKey, DateTimeOffset.UtcNow)));
        if (second.StatusCode != HttpStatusCode.Redirect)
        {
            throw new InvalidOperationException($"The code was not taken: {second.StatusCode}.");
        }
    }

    /// <exception cref="OperationCanceledException">The index is not ready after five minutes.</exception>
    private async Task<double> IndexedAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while ((await _client.GetStringAsync(new Uri("/entries?text=xyzzy", UriKind.Relative))).Contains("index is not ready", StringComparison.Ordinal))
        {
            await Task.Delay(100, limit.Token);
        }

        return _server.SinceStart.TotalSeconds;
    }

    private async Task<HttpResponseMessage> PostAsync(string page, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await _client.GetStringAsync(new Uri(page, UriKind.Relative))).Groups[1].Value;
        using var form = new FormUrlEncodedContent(fields.Append(("formToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        return await _client.PostAsync(new Uri(page, UriKind.Relative), form);
    }

    private async Task MeasureAsync(string page, double trivial)
    {
        if ((await AskAsync(page, "br")).Status is var status and not HttpStatusCode.OK)
        {
            Console.WriteLine($"{page,-62} {(int)status}");
            return;
        }

        var (median, p95, brotli) = await TimeAsync(page);
        var gzip = (await AskAsync(page, "gzip")).Bytes;
        var over = median > _mostMilliseconds || brotli > MostBytes || gzip > MostBytes ? "  OVER" : "";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Short(page),-62} {median,8:0.0} {p95,8:0.0} {median / trivial,7:0.0} {brotli,8} {gzip,8}{over}"));
    }

    private async Task<(double Median, double P95, int Bytes)> TimeAsync(string page)
    {
        for (var warm = 0; warm < 3; warm++)
        {
            await AskAsync(page, "br");
        }

        var times = new List<double>();
        var bytes = 0;
        for (var n = 0; n < Times; n++)
        {
            var watch = Stopwatch.StartNew();
            bytes = (await AskAsync(page, "br")).Bytes;
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        return (times[Times / 2], times[Times * 95 / 100], bytes);
    }

    private async Task<(HttpStatusCode Status, int Bytes)> AskAsync(string page, string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(page, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        using var answer = await _client.SendAsync(request);
        return (answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync()).Length);
    }

    private static string Short(string page) => page.Length <= 62 ? page : page[..62];

    [GeneratedRegex("name=\"formToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
