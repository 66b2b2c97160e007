using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using HealthEquity.Directory.Entries;
using HealthEquity.Tests.Api.OpenApi;
using Ical.Net.DataTypes;

namespace HealthEquity.Tests.Api.Events;

/// <summary>The calendar, as two independent libraries read it: over a leap day and both changes of the clocks.</summary>
public sealed class EventCalendarTests(DirectoryApi api)
{
    private const int Most = 12;

    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(DocumentTests.SnapshotPath())!, "Api", "Events", "Calendar");
    private static readonly Source Source = new() { Name = "Test" };
    private static readonly Lock Gate = new();
    private static Task<Node>? _node;

    private static readonly Event[] Events =
    [
        // The clocks go forward on March 8, 2026, and back on November 1.
        new() { Name = "Spring", EventType = "webinar", StartsAt = new(2026, 2, 24, 18, 30, 0), EndsAt = new(2026, 2, 24, 20, 0, 0), TimeZone = "America/New_York", Recurrence = "FREQ=WEEKLY;COUNT=4", Sources = [Source] },
        // A date as the end means the whole day where it takes place.
        new() { Name = "Fall", EventType = "training", StartsAt = new(2026, 10, 18, 9, 0, 0), TimeZone = "America/Chicago", Recurrence = "FREQ=WEEKLY;BYDAY=SU;UNTIL=20261108", Sources = [Source] },
        new() { Name = "Leap", EventType = "awarenessDay", StartsAt = new(2028, 2, 29, 10, 0, 0), TimeZone = "America/Los_Angeles", Recurrence = "FREQ=YEARLY;COUNT=3", Sources = [Source] },
        new() { Name = "Month", EventType = "webinar", StartsAt = new(2028, 1, 31, 8, 0, 0), TimeZone = "America/Phoenix", Recurrence = "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", Sources = [Source] },
        new() { Name = "Day", EventType = "awarenessDay", AllDay = true, StartsAt = new(2026, 10, 10), EndsAt = new(2026, 10, 10), TimeZone = "America/New_York", Recurrence = "FREQ=YEARLY;UNTIL=20281010", Sources = [Source] },
        new() { Name = "Once", EventType = "rally", StartsAt = new(2026, 7, 4, 12, 0, 0), TimeZone = "Pacific/Honolulu", Sources = [Source] },
    ];

    private static readonly string[] Expected =
    [
        "Day 2026-10-10", "Day 2027-10-10", "Day 2028-10-10",
        "Fall 2026-10-18T14:00", "Fall 2026-10-25T14:00", "Fall 2026-11-01T15:00", "Fall 2026-11-08T15:00",
        "Leap 2028-02-29T18:00", "Leap 2032-02-29T18:00", "Leap 2036-02-29T18:00",
        "Month 2028-01-31T15:00", "Month 2028-02-29T15:00", "Month 2028-03-31T15:00",
        "Once 2026-07-04T22:00",
        "Spring 2026-02-24T23:30", "Spring 2026-03-03T23:30", "Spring 2026-03-10T22:30", "Spring 2026-03-17T22:30",
    ];

    [Fact]
    public async Task Ical_Net_reads_every_time_as_it_is_meant()
    {
        var calendar = Ical.Net.Calendar.Load(await CalendarAsync())!;
        var read = calendar.Events.SelectMany(e => e.GetOccurrences(new CalDateTime(2026, 1, 1)).Take(Most).Select(o => $"{e.Summary} {Text(o.Period.StartTime)}"));
        Assert.Equal(Expected, read.Order(StringComparer.Ordinal));

        static string Text(CalDateTime time) => time.HasTime
            ? time.AsUtc.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)
            : time.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Ical_js_reads_every_time_as_it_is_meant()
    {
        Assert.SkipUnless(System.IO.Directory.Exists(Path.Combine(Folder, "node_modules")), $"Run 'npm ci' in {Path.GetFileName(Folder)} beside this test to have it run; it needs Node 20 or later.");
        var start = new ProcessStartInfo("node", "read.mjs") { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(await CalendarAsync());
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        Assert.Equal(Expected, (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_event_has_its_type_its_end_and_a_permanent_id()
    {
        var calendar = Ical.Net.Calendar.Load(await CalendarAsync())!;
        var spring = calendar.Events.Single(e => e.Summary == "Spring");
        Assert.Equal(["webinar"], spring.Categories);
        Assert.Equal(new DateTime(2026, 2, 25, 1, 0, 0), spring.End!.AsUtc);
        Assert.Matches("^urn:uuid:[0-9a-f-]{36}$", spring.Uid);
        Assert.Equal(new DateOnly(2026, 10, 11), calendar.Events.Single(e => e.Summary == "Day").End!.Date);
        Assert.Equal(calendar.Events.Count, calendar.Events.Select(e => e.Uid).Distinct().Count());
    }

    [Fact]
    public async Task The_calendar_is_filtered_like_a_search_and_unchanged_has_no_body()
    {
        var node = await NodeAsync();
        var rallies = await node.Client.GetStringAsync("/v1/events.ics?type=rally");
        Assert.Equal(["Once"], Ical.Net.Calendar.Load(rallies)!.Events.Select(e => e.Summary));
        Assert.Equal("Unknown parameter. Did you mean 'type'?", await node.ErrorAsync("/v1/events.ics?typ=rally", "typ"));

        var first = await node.Client.GetAsync("/v1/events.ics");
        Assert.Equal("text/calendar", first.Content.Headers.ContentType!.MediaType);
        var again = new HttpRequestMessage(HttpMethod.Get, "/v1/events.ics");
        again.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(first.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, (await node.Client.SendAsync(again)).StatusCode);
        var shared = await api.SharedAsync();
        Assert.Equal(["Rights workshop"], Ical.Net.Calendar.Load(await shared.Client.GetStringAsync("/v1/events.ics?state=FL"))!.Events.Select(e => e.Summary));
    }

    private async Task<string> CalendarAsync() => await (await NodeAsync()).Client.GetStringAsync("/v1/events.ics");

    private Task<Node> NodeAsync()
    {
        lock (Gate)
        {
            return _node ??= api.OpenAsync(async node =>
            {
                foreach (var item in Events)
                {
                    await node.PublishAsync(item, item.Name.ToLowerInvariant());
                }
            });
        }
    }
}
