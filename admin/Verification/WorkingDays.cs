namespace HealthEquity.Admin.Verification;

/// <summary>
/// The days on which offices answer the phone: all but weekends and federal holidays (5 U.S.C. 6103(a)). A holiday on a Saturday is observed on
/// the Friday before (5 U.S.C. 6103(b)), one on a Sunday on the Monday after (Executive Order 11582). Inauguration Day is a holiday only in and
/// around the District of Columbia, and is a working day here.
/// </summary>
public static class WorkingDays
{
    /// <summary>True if offices are open on a day.</summary>
    public static bool IsWorkingDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !IsHoliday(day)
        && !(day.DayOfWeek == DayOfWeek.Friday && IsHoliday(day.AddDays(1)))
        && !(day.DayOfWeek == DayOfWeek.Monday && IsHoliday(day.AddDays(-1)));

    private static bool IsHoliday(DateOnly day) => (day.Month, day.Day) switch
    {
        (1, 1) or (6, 19) or (7, 4) or (11, 11) or (12, 25) => true,
        // Martin Luther King, Jr., Washington, Labor Day, Columbus Day.
        (1 or 2, >= 15 and <= 21) or (9, <= 7) or (10, >= 8 and <= 14) => day.DayOfWeek == DayOfWeek.Monday,
        // Memorial Day, the last Monday.
        (5, >= 25) => day.DayOfWeek == DayOfWeek.Monday,
        // Thanksgiving Day, the fourth Thursday.
        (11, >= 22 and <= 28) => day.DayOfWeek == DayOfWeek.Thursday,
        _ => false,
    };
}
