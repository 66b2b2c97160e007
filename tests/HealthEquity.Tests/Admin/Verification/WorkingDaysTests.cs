using System.Globalization;
using HealthEquity.Admin.Verification;

namespace HealthEquity.Tests.Admin.Verification;

public sealed class WorkingDaysTests
{
    // The days on which the holidays of 5 U.S.C. 6103 are observed; the last ones can be those of the next year.
    [Theory]
    [InlineData(2021, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31")]
    [InlineData(2024, "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25")]
    [InlineData(2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25")]
    [InlineData(2027, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31")]
    [InlineData(2028, "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25")]
    public void Offices_are_closed_on_federal_holidays(int year, string holidays)
    {
        var closed = Enumerable.Range(0, 366).Select(n => new DateOnly(year, 1, 1).AddDays(n))
            .Where(d => d.Year == year && d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !WorkingDays.IsWorkingDay(d));
        Assert.Equal(holidays, string.Join(' ', closed.Select(d => d.ToString("MM-dd", CultureInfo.InvariantCulture))));
    }

    [Theory]
    [InlineData("2026-11-28")]
    [InlineData("2026-11-29")]
    public void Offices_are_closed_on_weekends(string day) => Assert.False(WorkingDays.IsWorkingDay(DateOnly.Parse(day, CultureInfo.InvariantCulture)));
}
