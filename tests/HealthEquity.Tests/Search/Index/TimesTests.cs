using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Search.Index;

namespace HealthEquity.Tests.Search.Index;

public sealed class TimesTests
{
    [Theory]
    [InlineData("2026-06-15T13:59:00Z", false)] // Monday 09:59 in Miami
    [InlineData("2026-06-15T14:00:00Z", true)]
    [InlineData("2026-06-15T15:59:00Z", true)]
    [InlineData("2026-06-15T16:00:00Z", false)] // the noon break
    [InlineData("2026-06-15T17:30:00Z", true)]
    [InlineData("2026-06-16T14:00:00Z", false)] // Tuesday
    [InlineData("2026-01-12T14:30:00Z", false)] // Monday 09:30, winter time
    [InlineData("2026-01-12T15:00:00Z", true)]
    public void Hours_are_in_local_time(string moment, bool open) =>
        Assert.Equal(open, IsOpen(moment, Opens(DayOfWeek.Monday, "10:00", "12:00"), Opens(DayOfWeek.Monday, "13:00", "17:00")));

    [Theory]
    [InlineData("2026-06-21T01:59:00Z", false)] // Saturday 21:59
    [InlineData("2026-06-21T02:00:00Z", true)] // Saturday 22:00
    [InlineData("2026-06-21T05:59:00Z", true)] // Sunday 01:59: the week begins anew at midnight
    [InlineData("2026-06-21T06:00:00Z", false)]
    public void Hours_can_extend_into_the_next_day(string moment, bool open) => Assert.Equal(open, IsOpen(moment, Opens(DayOfWeek.Saturday, "22:00", "02:00")));

    [Theory]
    [InlineData("2026-11-01T05:30:00Z", true)] // 01:30, the first time
    [InlineData("2026-11-01T06:30:00Z", true)] // 01:30 again, an hour later
    [InlineData("2026-11-01T07:30:00Z", false)] // 02:30
    public void When_clocks_go_back_an_hour_happens_twice(string moment, bool open) => Assert.Equal(open, IsOpen(moment, Opens(DayOfWeek.Sunday, "01:00", "02:00")));

    [Fact]
    public void Always_open_entries_are_open_and_unknown_hours_count_as_closed()
    {
        var directory = TestDirectory.Of(
            new Organization { Name = "Hotline", Hours = new Hours { AlwaysOpen = true } },
            new Organization { Name = "Unknown" });

        Assert.Equal(["Hotline"], directory.Find(new SearchQuery { OpenAt = DateTimeOffset.UnixEpoch }));
    }

    [Theory]
    [InlineData("2026-07-01", "2026-07-01", "Once")]
    [InlineData("2026-07-02", "2026-07-02")]
    [InlineData("2026-07-10", "2026-07-10", "Three days")]
    [InlineData("2026-07-12", "2026-07-30", "Three days")]
    [InlineData("2026-07-13", "2026-07-30")]
    [InlineData("2031-11-01", "2031-11-30", "Yearly")]
    [InlineData("2058-11-12", "2058-11-12", "Yearly")]
    [InlineData("2058-11-13", "2059-11-11")]
    [InlineData("2026-01-20", "2026-01-26", "Weekly")]
    [InlineData("2026-01-27", "2026-02-10", "Weekly")]
    [InlineData("2026-02-11", "2026-06-30")]
    [InlineData("2026-11-01", null, "Yearly")]
    [InlineData(null, "2014-11-11")]
    [InlineData(null, "2014-11-12", "Yearly")]
    public void Events_are_found_by_date_range(string? from, string? to, params string[] names)
    {
        var directory = TestDirectory.Of(
            new Organization { Name = "No event" },
            Event("Once", "2026-07-01T22:00:00", "2026-07-02T00:00:00"),
            Event("Three days", "2026-07-10T00:00:00", "2026-07-12T00:00:00") with { AllDay = true },
            Event("Yearly", "2014-11-12T00:00:00") with { AllDay = true, Recurrence = "FREQ=YEARLY" },
            Event("Weekly", "2026-01-06T18:00:00") with { Recurrence = "FREQ=WEEKLY;UNTIL=20260210T235959Z" });

        Assert.Equal(names, directory.Find(new SearchQuery { From = Day(from), To = Day(to), Sort = SearchSort.Name }));
    }

    [Fact]
    public void Ranges_that_move_a_day_at_a_time_are_expanded_once_in_years()
    {
        var directory = TestDirectory.Of(Event("Daily", "1970-01-01T18:00:00") with { Recurrence = "FREQ=DAILY" });
        directory.Find(new SearchQuery { To = new DateOnly(2026, 6, 15) });
        directory.Find(Range(new DateOnly(2026, 6, 15)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var day = 0; day < 300; day++)
        {
            Assert.Single(directory.Find(Range(new DateOnly(2026, 6, 14).AddDays(-day))));
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000_000);

        static SearchQuery Range(DateOnly from) => new() { From = from, To = from.AddDays(1) };
    }

    [Fact]
    public void A_range_without_a_beginning_expands_nothing()
    {
        var directory = TestDirectory.Of(Event("Daily", "1970-01-01T18:00:00") with { Recurrence = "FREQ=DAILY" }, Event("Later", "2090-01-01T18:00:00") with { Recurrence = "FREQ=DAILY" });
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(["Daily"], directory.Find(new SearchQuery { To = new DateOnly(2089, 12, 31) }));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 5_000_000);
    }

    private static bool IsOpen(string moment, params OpeningTime[] times)
    {
        var directory = TestDirectory.Of(new Organization { Name = "Office", Hours = new Hours { TimeZone = "America/New_York", Times = times } });
        return directory.Find(new SearchQuery { OpenAt = DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture) }).Length == 1;
    }

    private static OpeningTime Opens(DayOfWeek day, string opens, string closes) => new()
    {
        Day = day,
        Opens = TimeOnly.Parse(opens, CultureInfo.InvariantCulture),
        Closes = TimeOnly.Parse(closes, CultureInfo.InvariantCulture),
    };

    private static Event Event(string name, string starts, string? ends = null) => new()
    {
        Name = name,
        EventType = "workshop",
        StartsAt = DateTime.Parse(starts, CultureInfo.InvariantCulture),
        EndsAt = ends is null ? null : DateTime.Parse(ends, CultureInfo.InvariantCulture),
        TimeZone = "America/New_York",
    };

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
