using System.Globalization;
using System.Text;
using HealthEquity.Directory.Entries;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;

namespace HealthEquity.Api.Events;

/// <summary>Writes events as a calendar (iCalendar, RFC 5545) with the rules of their time zones, so that programs without a database of zones agree.</summary>
public static class EventCalendar
{
    private static readonly string[] UntilForms = ["yyyyMMdd", "yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmmss'Z'"];

    /// <summary>The calendar as UTF-8 text.</summary>
    /// <param name="events">The events in the reader's language.</param>
    /// <param name="name">The name of the calendar.</param>
    public static byte[] Write(IReadOnlyList<Event> events, string name)
    {
        var calendar = new Ical.Net.Calendar { ProductId = "-//HealthEquity//Events//EN", Method = "PUBLISH" };
        calendar.AddProperty("X-WR-CALNAME", name);
        foreach (var zone in events.Where(e => HasZone(e)).GroupBy(e => e.TimeZone))
        {
            calendar.AddTimeZone(VTimeZone.FromDateTimeZone(zone.Key, zone.Min(e => e.StartsAt).AddYears(-1), includeHistoricalData: false));
        }

        foreach (var item in events)
        {
            calendar.Events.Add(Of(item));
        }

        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar) ?? "");
    }

    private static CalendarEvent Of(Event entry)
    {
        var component = new CalendarEvent
        {
            Uid = $"urn:uuid:{entry.Id:D}",
            Summary = entry.Name,
            Description = string.Join("\n\n", new[] { entry.Summary, entry.RegistrationUrl ?? entry.Url }.OfType<string>()),
            Start = At(entry.StartsAt, entry),
            DtStamp = new CalDateTime((entry.UpdatedAt ?? DateTimeOffset.UnixEpoch).UtcDateTime, "UTC"),
            LastModified = new CalDateTime((entry.UpdatedAt ?? DateTimeOffset.UnixEpoch).UtcDateTime, "UTC"),
            Categories = [entry.EventType],
        };
        if (entry.EndsAt is { } end)
        {
            // The end of an all-day event is the day after its last one.
            component.End = At(entry.AllDay ? end.Date.AddDays(1) : end, entry);
        }

        if (entry.Location is { Visibility: Visibility.Public } place)
        {
            component.Location = string.Join(", ", new[] { place.Address1, place.City, place.StateProvince }.Where(p => !string.IsNullOrEmpty(p)));
        }

        if (Uri.TryCreate(entry.Url ?? entry.RegistrationUrl, UriKind.Absolute, out var link))
        {
            component.Url = link;
        }

        if (entry.Recurrence is { } rule)
        {
            component.RecurrenceRule = Rule(rule, entry);
        }

        return component;
    }

    private static CalDateTime At(DateTime local, Event entry) =>
        entry.AllDay ? new CalDateTime(DateOnly.FromDateTime(local))
        : new CalDateTime(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), HasZone(entry) ? entry.TimeZone : null);

    /// <summary>
    /// Whether times can be written with their zone. The library has its own database of zones, which may lack a new one; one event must not
    /// keep readers from all others, so its times are then local ones without a zone (RFC 5545, 3.3.5, form 1).
    /// </summary>
    private static bool HasZone(Event entry) => !entry.AllDay && DateTimeZoneProviders.Tzdb.GetZoneOrNull(entry.TimeZone) is not null;

    /// <summary>
    /// The rule, with UNTIL as RFC 5545 (3.3.10) wants it: a date for an all-day event, else a time in UTC. A date means the whole day where
    /// the event takes place.
    /// </summary>
    private static RecurrenceRule Rule(string text, Event entry)
    {
        var parts = text.Split(';').Select(p => p.Split('=', 2)).ToList();
        if (parts.Exists(p => p[1].Equals("YEARLY", StringComparison.OrdinalIgnoreCase)) && !parts.Exists(p => p[0].StartsWith("BY", StringComparison.OrdinalIgnoreCase)))
        {
            // The same, said in full: some programs repeat February 29 on March 1.
            parts.AddRange([["BYMONTH", Number(entry.StartsAt.Month)], ["BYMONTHDAY", Number(entry.StartsAt.Day)]]);
        }

        var rule = new RecurrenceRule(string.Join(';', parts.Where(p => !p[0].Equals("UNTIL", StringComparison.OrdinalIgnoreCase)).Select(p => string.Join('=', p))));
        if (parts.Find(p => p[0].Equals("UNTIL", StringComparison.OrdinalIgnoreCase)) is not { } until)
        {
            return rule;
        }

        var last = DateTime.ParseExact(until[1], UntilForms, CultureInfo.InvariantCulture, DateTimeStyles.None);
        var isUtc = until[1].EndsWith('Z');
        var local = until[1].Length == 8 ? last.AddDays(1).AddSeconds(-1) : last;
        rule.Until = entry.AllDay ? new CalDateTime(DateOnly.FromDateTime(last))
            : new CalDateTime(isUtc ? last : TimeZoneInfo.ConvertTimeToUtc(Valid(local, entry), Zone(entry)), "UTC");
        return rule;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static TimeZoneInfo Zone(Event entry) => TimeZoneInfo.TryFindSystemTimeZoneById(entry.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>A time that the clocks skip in spring is an hour later.</summary>
    private static DateTime Valid(DateTime local, Event entry) => Zone(entry).IsInvalidTime(local) ? local.AddHours(1) : local;
}
