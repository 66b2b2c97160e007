using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Site.Layout;

/// <summary>Whether a place is open at a moment, or when it opens next.</summary>
/// <param name="IsOpen">True when it is open.</param>
/// <param name="Always">True when it never closes.</param>
/// <param name="Day">The weekday on which it opens next; null while it is open, and when no hours are known.</param>
/// <param name="Time">When it closes, or when it opens next, in its own time zone.</param>
/// <param name="IsToday">True when it opens later on the same day.</param>
public readonly record struct OpeningStatus(bool IsOpen, bool Always, DayOfWeek? Day, TimeOnly? Time, bool IsToday)
{
    /// <summary>The status at a moment; null when hours or their time zone are not known.</summary>
    public static OpeningStatus? At(Hours? hours, DateTimeOffset moment)
    {
        if (hours is null)
        {
            return null;
        }

        if (hours.AlwaysOpen)
        {
            return new(IsOpen: true, Always: true, null, null, IsToday: false);
        }

        if (hours.Times.Count == 0 || hours.TimeZone is null || !TimeZoneInfo.TryFindSystemTimeZoneById(hours.TimeZone, out var zone))
        {
            return null;
        }

        var local = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
        var minute = (int)local.TimeOfDay.TotalMinutes;
        var now = ((int)local.DayOfWeek * 1440) + minute;
        var spans = hours.Times.Select(t => (Start: ((int)t.Day * 1440) + Minutes(t.Opens), Length: LengthOf(t), Time: t)).ToList();
        foreach (var (start, length, time) in spans)
        {
            var since = (now - start + 10080) % 10080;
            if (since < length)
            {
                return new(IsOpen: true, Always: false, null, time.Closes, IsToday: false);
            }
        }

        var next = spans.MinBy(s => (s.Start - now + 10080) % 10080).Time;
        return new(IsOpen: false, Always: false, next.Day, next.Opens, next.Day == local.DayOfWeek && next.Opens > TimeOnly.FromDateTime(local));
    }

    private static int Minutes(TimeOnly time) => (time.Hour * 60) + time.Minute;

    private static int LengthOf(OpeningTime time) => (Minutes(time.Closes) - Minutes(time.Opens) + 1440) % 1440 is var length and > 0 ? length : 1440;
}
