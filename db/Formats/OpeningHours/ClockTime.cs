namespace HealthEquity.Formats.OpeningHours;

/// <summary>The half of the day that a time was written with.</summary>
internal enum DayHalf
{
    /// <summary>None: "9".</summary>
    Unsaid,

    /// <summary>"9am".</summary>
    Morning,

    /// <summary>"5pm".</summary>
    Afternoon,

    /// <summary>"noon", "midnight": nothing to infer.</summary>
    Named,
}

/// <summary>A time of day as written.</summary>
/// <param name="Hour">0 to 24, as written.</param>
/// <param name="Minute">0 to 59.</param>
/// <param name="Half">The half of the day, if written.</param>
/// <param name="IsOf24">True for a time that is certainly on the 24-hour clock: "17:00", "0830", "17h".</param>
/// <param name="HasZero">True for a leading zero: "08:30".</param>
internal readonly record struct ClockTime(int Hour, int Minute, DayHalf Half, bool IsOf24, bool HasZero)
{
    private const int Noon = 12 * 60;
    private const int Day = 24 * 60;

    // A missing half is inferred for offices, clinics and classes. They don't open before six, or for more than fourteen hours.
    private const int Earliest = 6 * 60;
    private const int Longest = 14 * 60;

    public static ClockTime AtNoon { get; } = new(12, 0, DayHalf.Named, false, false);

    public static ClockTime AtMidnight { get; } = new(0, 0, DayHalf.Named, false, false);

    /// <summary>Minutes since midnight, with the hour as written.</summary>
    private int Written => Hour * 60 + Minute;

    /// <summary>Minutes since midnight, with the written half of the day, or else the given one.</summary>
    private int In(DayHalf half) => Half switch
    {
        DayHalf.Named => Written,
        _ => Hour % 12 * 60 + Minute + (half == DayHalf.Afternoon ? Noon : 0),
    };

    /// <summary>The interval from one time to another; null if ambiguous.</summary>
    public static (TimeOnly Opens, TimeOnly Closes)? Interval(ClockTime opens, ClockTime closes)
    {
        var minutes = opens.IsOf24 || closes.IsOf24 ? Of24(opens, closes)
            : (IsSaid(opens), IsSaid(closes)) switch
            {
                (true, true) => Said(opens, closes),
                (false, true) => WithoutFirst(opens, closes),
                (true, false) => WithoutSecond(opens, closes),
                _ => Unsaid(opens, closes),
            };
        return minutes is var (from, to) ? (Time(from), Time(to)) : null;
    }

    private static bool IsSaid(ClockTime time) => time.Half != DayHalf.Unsaid;

    private static TimeOnly Time(int minutes) => TimeOnly.MinValue.AddMinutes(minutes % Day);

    private static (int, int)? Of24(ClockTime opens, ClockTime closes)
    {
        if (opens.Half is DayHalf.Morning or DayHalf.Afternoon || closes.Half is DayHalf.Morning or DayHalf.Afternoon)
        {
            return null;
        }

        var (from, to) = (opens.Written, closes.Written % Day);
        // "0900-0500" more likely ends at 5 pm than after twenty hours.
        return from < Day && (to > from || to == 0 || from >= Noon) ? (from, to) : null;
    }

    private static (int, int)? Said(ClockTime opens, ClockTime closes)
    {
        var (from, to) = (opens.In(opens.Half), closes.In(closes.Half));
        // Many people write noon as 12am and midnight as 12pm.
        var noonAsMidnight = (from == 0 && opens.Half != DayHalf.Named && to is >= Noon and < Day - 60)
            || (to == 0 && closes.Half != DayHalf.Named && from < Noon)
            || (from == Noon && opens.Half != DayHalf.Named && to is > 0 and < Noon);
        var overnight = to <= from && to > 0;
        return noonAsMidnight || from == to || (overnight && (from < Noon || to >= Noon)) ? null : (from, to);
    }

    private static (int, int)? WithoutFirst(ClockTime opens, ClockTime closes)
    {
        var to = closes.In(closes.Half) is var minutes and > 0 ? minutes : Day;
        var (morning, afternoon) = (opens.In(DayHalf.Morning), opens.In(DayHalf.Afternoon));
        var mayBeMorning = morning >= Earliest && morning < to && (to <= Noon || to - morning <= Longest);
        var mayBeAfternoon = afternoon < to;
        return mayBeMorning == mayBeAfternoon ? null : (mayBeMorning ? morning : afternoon, to);
    }

    private static (int, int)? WithoutSecond(ClockTime opens, ClockTime closes)
    {
        var from = opens.In(opens.Half);
        // "12am-5", "12pm-…": the first may itself be wrong.
        if (from == 0)
        {
            return null;
        }

        var (morning, afternoon) = (closes.In(DayHalf.Morning), closes.In(DayHalf.Afternoon));
        return from < Noon
            ? afternoon == Noon || morning <= from && afternoon - from <= Longest ? (from, afternoon) : null
            : afternoon > from && afternoon != Noon ? (from, afternoon) : null;
    }

    private static (int, int)? Unsaid(ClockTime opens, ClockTime closes)
    {
        if (opens.HasZero || closes.HasZero)
        {
            // "09:00-11:00" uses the 24-hour clock, "09:00-05:00" does not.
            return opens.Written >= Earliest && closes.Written > opens.Written ? (opens.Written, closes.Written) : null;
        }

        var (morning, afternoon) = (opens.In(DayHalf.Morning), opens.In(DayHalf.Afternoon));
        var (untilMorning, untilAfternoon) = (closes.In(DayHalf.Morning), closes.In(DayHalf.Afternoon));
        return opens.Hour switch
        {
            12 => closes.Hour is >= 1 and <= 10 ? (afternoon, untilAfternoon) : null,
            < 6 => untilAfternoon > afternoon && closes.Hour != 12 ? (afternoon, untilAfternoon) : null,
            // "7-12" ends at noon. "9-11" can be morning or evening, "8-8" day or night.
            _ when untilAfternoon == Noon && opens.Hour > 6 => (morning, Noon),
            _ => untilMorning < morning && closes.Hour != 12 && untilAfternoon - morning <= Longest ? (morning, untilAfternoon) : null,
        };
    }
}
