using System.Globalization;
using HealthEquity.Admin.Verification;
using HealthEquity.Store.Settings;

namespace HealthEquity.Tests.Admin.Verification;

public sealed class TryAgainTests
{
    private static readonly DirectorySettings Miami = new() { TimeZone = "America/New_York" };

    [Theory]
    // A Thursday.
    [InlineData("2026-12-03T10:00", "Tomorrow morning", "In three hours", "Tomorrow afternoon", "Monday morning", "Tuesday morning", "Wednesday morning", "Thursday morning")]
    // The day before Thanksgiving, Thanksgiving itself, and before a long weekend.
    [InlineData("2026-11-25T10:00", "Friday morning", "In three hours", "Friday afternoon", "Monday morning", "Tuesday morning", "Wednesday morning")]
    [InlineData("2026-11-26T10:00", "Tomorrow morning", "Tomorrow afternoon", "Monday morning", "Tuesday morning", "Wednesday morning", "Thursday morning")]
    [InlineData("2026-09-04T10:00", "Tuesday morning", "In three hours", "Tuesday afternoon", "Wednesday morning", "Thursday morning", "Friday morning")]
    // A Friday, and late on one: three hours later is Saturday.
    [InlineData("2026-11-27T10:00", "Monday morning", "In three hours", "Monday afternoon", "Tuesday morning", "Wednesday morning", "Thursday morning", "Friday morning")]
    [InlineData("2026-11-27T22:00", "Monday morning", "Monday afternoon", "Tuesday morning", "Wednesday morning", "Thursday morning", "Friday morning")]
    // The weekend.
    [InlineData("2026-11-28T10:00", "Monday morning", "Monday afternoon", "Tuesday morning", "Wednesday morning", "Thursday morning", "Friday morning")]
    [InlineData("2026-11-29T22:00", "Tomorrow morning", "Tomorrow afternoon", "Tuesday morning", "Wednesday morning", "Thursday morning", "Friday morning")]
    public void Only_working_days_are_offered_in_the_time_zone_of_the_department(string local, params string[] labels)
    {
        var now = Local(local);
        var choices = TryAgain.Choices(Miami, now);
        Assert.Equal(labels, choices.Select(c => c.Label));
        foreach (var choice in choices)
        {
            var at = TimeZoneInfo.ConvertTime(TryAgain.Parse(choice.Code, Miami)!.Value, Miami.Zone());
            Assert.True(at > now, choice.Label);
            Assert.InRange(at.DayOfWeek, DayOfWeek.Monday, DayOfWeek.Friday);
            Assert.True(!choice.Label.Contains("day ", StringComparison.Ordinal) || choice.Label.StartsWith(at.DayOfWeek.ToString(), StringComparison.Ordinal), choice.Label);
        }
    }

    [Fact]
    public void A_choice_is_said_in_a_sentence_also_after_the_page_was_open_for_a_while()
    {
        var opened = TryAgain.Choices(Miami, Local("2026-11-27T10:00"));
        var sent = TryAgain.Choices(Miami, Local("2026-11-27T10:05"));
        Assert.Equal(["Monday morning", "Nov 27, 2026, 1:00 PM"], opened.Take(2).Select(c => TryAgain.WordsOf(c.Code, sent)));
        Assert.Equal("tomorrow morning", TryAgain.Choices(Miami, Local("2026-12-03T10:00"))[0].Words);
    }

    private static DateTimeOffset Local(string local)
    {
        var time = DateTime.ParseExact(local, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        return new DateTimeOffset(time, Miami.Zone().GetUtcOffset(time));
    }
}
