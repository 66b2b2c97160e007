using System.Net;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Hsds.Reading;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Sources;
using HealthEquity.Tests.Api;
using HealthEquity.Tests.Imports.Running;
using Microsoft.AspNetCore.Http;

namespace HealthEquity.Tests.Formats.Hsds.Reading;

/// <summary>A live HSDS API as a source: ours, well-behaved ones, and malicious ones.</summary>
public sealed class HsdsApiTests(DirectoryApi api)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Our_own_api_is_read_completely_and_again_without_changes()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var address = await server.StartAsync() + "/hsds";
        var found = await SourceRecognition.RecognizeAsync(Request(desk, address), null, desk.Office.Clock, Cancellation);
        Assert.StartsWith("an HSDS 3.1 API", found.Description, StringComparison.Ordinal);

        var summary = await ImportAsync(desk, address);

        Assert.Equal((found.Hsds!.Count, 0, 0), (summary.New, summary.Refused, summary.Flawed));
        Assert.Equal("+13055550101", (await desk.EntryAsync<Provider>("clinica-del-sol")).Phones[0].Number);
        var again = await ImportAsync(desk, address);
        Assert.Equal((0, 0, summary.New, 0), (again.New, again.Changed, again.Same, again.Vanished));
    }

    [Fact]
    public async Task A_local_address_is_read_only_if_allowed()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await using var foreign = await ForeignApi.StartAsync((_, _) => Task.FromResult(false));

        var fault = await FaultAsync(desk, Request(desk, foreign.Address) with { AllowPrivateAddress = false });

        Assert.Contains("--allow-private-address", fault, StringComparison.Ordinal);
        Assert.Empty(foreign.Asked);
    }

    [Fact]
    public async Task Summaries_are_completed_one_by_one_and_organizations_without_services_are_read()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await using var foreign = await ForeignApi.StartAsync((context, path) => (path, context.Request.Query["page"].ToString()) switch
        {
            ("/services", "1") => ForeignApi.SendAsync(context, ForeignApi.Page(1, 2, Short("a"), Short("b"))),
            ("/services", "2") => ForeignApi.SendAsync(context, ForeignApi.Page(2, 2, Short("c"))),
            ("/organizations", _) => ForeignApi.SendAsync(context, ForeignApi.Page(1, 1, """{"id":"o1","name":"Casa","description":"x"}""", """{"id":"o2","name":"Alone","description":"x"}""")),
            ("/organizations/o2", _) => ForeignApi.SendAsync(context, """{"id":"o2","name":"Alone","description":"x","legal_status":"Nonprofit"}"""),
            _ when path.StartsWith("/services/", StringComparison.Ordinal) => ForeignApi.SendAsync(context, Whole(path[^1..])),
            _ => Task.FromResult(false),
        });

        var summary = await ImportAsync(desk, foreign.Address);

        Assert.Equal((4, 0), (summary.New, summary.Refused));
        Assert.Equal("+13055550142", Assert.Single((await desk.EntryAsync<Provider>("counseling-b-casa")).Phones).Number);
        var source = Assert.Single((await desk.EntryAsync<Organization>("alone")).Sources);
        Assert.Equal("County 211 (HSDS)", source.Name);
        Assert.DoesNotContain(foreign.Asked, a => a.Path == "/organizations/o1");
        Assert.All(foreign.Asked, a => Assert.Equal(["Accept", "Accept-Encoding", "Host"], a.Headers.Order()));
    }

    [Fact]
    public async Task Progress_is_reported_even_if_each_item_is_slow()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await using var slow = await ForeignApi.StartAsync((context, path) =>
        {
            if (path.StartsWith("/services/", StringComparison.Ordinal))
            {
                desk.Office.Clock.Advance(TimeSpan.FromSeconds(20));
                return ForeignApi.SendAsync(context, Whole(path[^1..]));
            }

            return path == "/services" ? ForeignApi.SendAsync(context, ForeignApi.Page(1, 1, Short("a"), Short("b"))) : Task.FromResult(false);
        });
        var progress = new ProgressLog();

        await desk.Importer.PlanAsync(Request(desk, slow.Address), progress, Cancellation);

        Assert.Equal(["1 of 2", "2"], progress.Take(2));
    }

    [Fact]
    public async Task Endless_pages_are_refused()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await using var circling = await ForeignApi.StartAsync((context, path) =>
            path == "/services" ? ForeignApi.SendAsync(context, ForeignApi.Page(1, 1_000_000, Full("a"))) : path.StartsWith("/services/", StringComparison.Ordinal) ? ForeignApi.SendAsync(context, Full("a")) : Task.FromResult(false));
        var number = 0;
        await using var endless = await ForeignApi.StartAsync((context, path) => path == "/services"
            ? ForeignApi.SendAsync(context, ForeignApi.Page(1, 1_000_000, Full($"a{number++}"), Full($"a{number++}")))
            : path.StartsWith("/services/", StringComparison.Ordinal) ? ForeignApi.SendAsync(context, Full("x")) : Task.FromResult(false));

        Assert.Contains("repeats earlier items", await FaultAsync(desk, Request(desk, circling.Address)), StringComparison.Ordinal);
        Assert.Contains("more than 50 services", await FaultAsync(desk, Request(desk, endless.Address) with { Limits = new SourceLimits { MaximumItems = 50 } }), StringComparison.Ordinal);
        Assert.Contains("MB in total", await FaultAsync(desk, Request(desk, endless.Address) with { Limits = new SourceLimits { MaximumBytes = 10_000 } }), StringComparison.Ordinal);
        Assert.Equal(0, await desk.CountAsync());
    }

    [Fact]
    public async Task A_redirect_is_followed_only_on_the_same_host()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await using var other = await ForeignApi.StartAsync((_, _) => Task.FromResult(false));
        await using var luring = await ForeignApi.StartAsync((context, path) => path == "/services" ? Redirect(context, other.Address + "/services") : Task.FromResult(false));
        await using var moving = await ForeignApi.StartAsync((context, path) => path switch
        {
            "/services" => Redirect(context, "/v3/moved"),
            "/moved" => ForeignApi.SendAsync(context, ForeignApi.Page(1, 1, Full("a"))),
            "/services/a" => ForeignApi.SendAsync(context, Full("a")),
            _ => Task.FromResult(false),
        });
        await using var circling = await ForeignApi.StartAsync((context, path) => path == "/services" ? Redirect(context, "/v3/services") : Task.FromResult(false));

        Assert.Contains("another host", await FaultAsync(desk, Request(desk, luring.Address)), StringComparison.Ordinal);
        Assert.Empty(other.Asked);
        Assert.Contains("redirects too many times", await FaultAsync(desk, Request(desk, circling.Address)), StringComparison.Ordinal);
        Assert.Equal(1, (await ImportAsync(desk, moving.Address)).New);
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_after_its_wait_time()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var times = 0;
        await using var busy = await ForeignApi.StartAsync((context, path) =>
        {
            if (path != "/services" || times++ > 1)
            {
                return path == "/services" ? ForeignApi.SendAsync(context, ForeignApi.Page(1, 1, Full("a"))) : path == "/services/a" ? ForeignApi.SendAsync(context, Full("a")) : Task.FromResult(false);
            }

            context.Response.StatusCode = times == 1 ? 429 : 503;
            context.Response.Headers.RetryAfter = "0";
            return Task.FromResult(true);
        });
        await using var away = await ForeignApi.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "86400";
            return Task.FromResult(true);
        });

        Assert.Equal(1, (await ImportAsync(desk, busy.Address)).New);
        Assert.Contains("1440 minutes", await FaultAsync(desk, Request(desk, away.Address)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_respond_times_out()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var asked = new TaskCompletionSource();
        await using var slow = await ForeignApi.StartAsync(async (context, path) =>
        {
            if (path != "/services")
            {
                return false;
            }

            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        });

        var import = FaultAsync(desk, Request(desk, slow.Address));
        await asked.Task;
        desk.Office.Clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Contains("within 30 seconds", await import, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html", "<html>", "'text/html' instead of JSON")]
    [InlineData("application/json", "{\"contents\":", "invalid JSON")]
    [InlineData("application/json", "{\"items\":[]}", "does not return an HSDS page")]
    public async Task A_page_that_is_not_hsds_is_refused(string type, string text, string message)
    {
        await using var desk = await ImportDesk.OpenAsync();
        await using var wrong = await ForeignApi.StartAsync((context, path) => path == "/services" ? ForeignApi.SendAsync(context, text, type) : Task.FromResult(false));
        Assert.Contains(message, await FaultAsync(desk, Request(desk, wrong.Address)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://user:secret@hsds.example.org/", "name, password")]
    [InlineData("https://hsds.example.org/?key=1", "question mark")]
    public async Task An_address_with_credentials_or_a_query_is_refused(string address, string message)
    {
        await using var desk = await ImportDesk.OpenAsync();
        Assert.Contains(message, await FaultAsync(desk, Request(desk, address)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("ff02::1", false)]
    public void Only_globally_reachable_addresses_are_public(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddress.IsPublic(IPAddress.Parse(address)));

    private sealed class ProgressLog : List<string>, IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => Add(value.ToString().Split(" rows")[0]);
    }

    private static string Short(string id) => $$"""{"id":"{{id}}","organization_id":"o1","name":"Counseling {{id}}","status":"active"}""";

    private static string Whole(string id) =>
        $$"""{"id":"{{id}}","name":"Counseling {{id}}","status":"active","organization":{"id":"o1","name":"Casa","description":"x"},"phones":[{"id":"p","number":"305-555-0142"}]}""";

    private static string Full(string id) => $$"""{"id":"{{id}}","name":"Counseling {{id}}","status":"active","phones":[],"schedules":[]}""";

    private static Task<bool> Redirect(HttpContext context, string to)
    {
        context.Response.Redirect(to);
        return Task.FromResult(true);
    }

    private static ImportRequest Request(ImportDesk desk, string address) => new() { Path = address, AllowPrivateAddress = true, RefusedFolder = desk.Folder };

    private static Task<ImportSummary> ImportAsync(ImportDesk desk, string address) => desk.Importer.ImportAsync(Request(desk, address), null, Cancellation);

    private static async Task<string> FaultAsync(ImportDesk desk, ImportRequest request) =>
        (await Assert.ThrowsAsync<ImportFileException>(() => desk.Importer.PlanAsync(request, null, Cancellation))).Message;
}
