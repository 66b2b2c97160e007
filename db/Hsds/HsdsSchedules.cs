using System.Globalization;
using HealthEquity.Db.Entries;

namespace HealthEquity.Db.Hsds;

/// <summary>Opening hours as HSDS has them: one schedule for all days that share an interval.</summary>
internal static class HsdsSchedules
{
    private const string EveryDay = "MO,TU,WE,TH,FR,SA,SU";

    public static IEnumerable<HsdsSchedule> Of(Hours? hours, Guid service)
    {
        if (hours is null)
        {
            yield break;
        }

        var zone = Offset(hours.TimeZone);
        if (hours.AlwaysOpen)
        {
            yield return Weekly("always", EveryDay, "00:00", "00:00") with { Description = "Open day and night." };
        }

        foreach (var interval in hours.Times.GroupBy(t => (t.Opens, t.Closes)).OrderBy(g => g.Key))
        {
            var days = string.Join(',', interval.Select(t => t.Day).Distinct().OrderBy(d => ((int)d + 6) % 7).Select(Code));
            yield return Weekly($"{interval.Key}", days, Clock(interval.Key.Opens), Clock(interval.Key.Closes));
        }

        if (hours is { AlwaysOpen: false, Times.Count: 0, Note: not null })
        {
            yield return new HsdsSchedule { Id = HsdsIds.Of(service, "schedule/note"), ServiceId = service, Description = hours.Note };
        }

        HsdsSchedule Weekly(string path, string days, string opens, string closes) => new()
        {
            Id = HsdsIds.Of(service, $"schedule/{path}"),
            ServiceId = service,
            Timezone = zone,
            Freq = "WEEKLY",
            Interval = 1,
            Byday = days,
            OpensAt = opens,
            ClosesAt = closes,
            Notes = hours.Note,
        };
    }

    private static string Code(DayOfWeek day) => day.ToString()[..2].ToUpperInvariant();

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static double? Offset(string? timeZone) =>
        timeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone.BaseUtcOffset.TotalHours : null;
}
