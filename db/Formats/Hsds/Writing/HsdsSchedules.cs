using System.Globalization;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Hsds.Writing;

/// <summary>
/// Maps opening hours to HSDS: one schedule for all days with the same interval. Times are local. The standard's time zone is a fixed UTC offset,
/// which is right only in winter, so the zone's name is in our profile.
/// </summary>
internal static class HsdsSchedules
{
    private const string EveryDay = "MO,TU,WE,TH,FR,SA,SU";

    /// <summary>The schedules for hours.</summary>
    /// <param name="hours">The hours.</param>
    /// <param name="service">The service's id.</param>
    /// <param name="what">The kind of hours, unless they are opening hours.</param>
    public static IEnumerable<HsdsSchedule> Of(Hours? hours, Guid service, string? what = null)
    {
        if (hours is null)
        {
            yield break;
        }

        var root = what is null ? "schedule" : $"schedule/{what}";
        var zone = Offset(hours.TimeZone);
        if (hours.AlwaysOpen)
        {
            yield return Weekly("always", EveryDay, TimeOnly.MinValue, new TimeOnly(23, 59), "Open 24 hours.");
        }

        foreach (var interval in hours.Times.GroupBy(t => (t.Opens, t.Closes)).OrderBy(g => g.Key))
        {
            var (opens, closes) = interval.Key;
            var days = string.Join(',', interval.Select(t => t.Day).Distinct().OrderBy(d => ((int)d + 6) % 7).Select(Code));
            yield return Weekly($"{Clock(opens)}-{Clock(closes)}", days, opens, closes, closes <= opens ? "Closes the next day." : null);
        }

        if (hours is { AlwaysOpen: false, Times.Count: 0, Note: not null })
        {
            yield return new HsdsSchedule { Id = HsdsIds.Of(service, $"{root}/note"), ServiceId = service, Description = Sentences(what, hours.Note) };
        }

        HsdsSchedule Weekly(string path, string days, TimeOnly opens, TimeOnly closes, string? says) => new()
        {
            Id = HsdsIds.Of(service, $"{root}/{path}"),
            ServiceId = service,
            Timezone = zone,
            Freq = "WEEKLY",
            Byday = days,
            Description = Sentences(what, says),
            OpensAt = Clock(opens),
            ClosesAt = Clock(closes),
            Notes = hours.Note,
        };
    }

    private static string? Sentences(string? what, string? says) => (what, says) switch
    {
        (null, _) => says,
        (_, null) => what,
        _ => $"{what} {says}",
    };

    private static string Code(DayOfWeek day) => day.ToString()[..2].ToUpperInvariant();

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static double? Offset(string? timeZone) =>
        timeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone.BaseUtcOffset.TotalHours : null;
}
