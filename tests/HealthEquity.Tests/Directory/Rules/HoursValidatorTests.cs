using System.Globalization;
using HealthEquity.Directory.Entries;
using static HealthEquity.Tests.Directory.Rules.EntryCheck;

namespace HealthEquity.Tests.Directory.Rules;

public class HoursValidatorTests
{
    [Theory]
    [InlineData("Monday 09:00 12:00, Monday 13:00 17:00", true)]
    [InlineData("Monday 09:00 12:00, Monday 12:00 17:00", true)]
    [InlineData("Monday 09:00 12:00, Monday 11:59 17:00", false)]
    [InlineData("Monday 09:00 17:00, Monday 09:00 17:00", false)]
    [InlineData("Monday 09:00 17:00, Tuesday 09:00 17:00", true)]
    [InlineData("Friday 18:00 02:00, Saturday 02:00 05:00", true)]
    [InlineData("Friday 18:00 02:00, Saturday 01:00 05:00", false)]
    [InlineData("Saturday 20:00 06:00, Sunday 06:00 10:00", true)]
    [InlineData("Sunday 05:00 10:00, Saturday 20:00 06:00", false)]
    [InlineData("Monday 00:00 00:00, Tuesday 00:00 00:00", true)]
    [InlineData("Monday 08:00 08:00, Tuesday 07:00 09:00", false)]
    public void Times_do_not_overlap_even_across_midnight_or_the_week(string written, bool good)
    {
        var failures = Failures(AProvider with { Hours = new() { TimeZone = "America/New_York", Times = Times(written) } });
        Assert.Equal(good, failures.Count == 0);
        Assert.All(failures, f => Assert.Matches(@"^hours\.times\[\d\]: .*overlaps .*\. Shorten one of them, or combine them\.$", f));
    }

    [Theory]
    [InlineData("America/New_York", true)]
    [InlineData("Pacific/Honolulu", true)]
    [InlineData("Eastern Standard Time", false)]
    [InlineData("America/Miami", false)]
    public void The_time_zone_is_an_IANA_zone(string zone, bool good) =>
        Check(AProvider with { Hours = new() { TimeZone = zone, Times = Times("Monday 09:00 12:00") } }, good, "hours.timeZone", "such as America/New_York");

    [Fact]
    public void Times_need_a_time_zone_but_always_open_does_not()
    {
        Refuses(AProvider with { Hours = new() { Times = Times("Monday 09:00 12:00") } }, "hours.timeZone", "Enter the time zone");
        Accepts(AProvider with { Hours = new() { AlwaysOpen = true } });
        Refuses(AProvider with { Hours = new() { AlwaysOpen = true, TimeZone = "America/New_York", Times = Times("Monday 09:00 12:00") } }, "hours.times", "set 'alwaysOpen' to false");
    }

    [Fact]
    public void Hours_are_not_empty()
    {
        Refuses(AProvider with { Hours = new() }, "hours.times", "leave the hours out");
        Accepts(AProvider with { Hours = new() { Note = "By appointment" } });
    }

    [Fact]
    public void Intake_hours_are_validated_too() =>
        Refuses(AnAttorney with { IntakeHours = new() { Times = Times("Monday 09:00 12:00") } }, "intakeHours.timeZone", "Enter the time zone");

    private static List<OpeningTime> Times(string written) => [.. written.Split(", ").Select(w => w.Split(' ')).Select(w => new OpeningTime
    {
        Day = Enum.Parse<DayOfWeek>(w[0]),
        Opens = TimeOnly.Parse(w[1], CultureInfo.InvariantCulture),
        Closes = TimeOnly.Parse(w[2], CultureInfo.InvariantCulture),
    })];
}
