using System.Globalization;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Rules;
using HealthEquity.Formats.OpeningHours;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>
/// Reads opening hours from schedules. Weekly schedules become times (RFC 5545 <c>FREQ</c> and <c>BYDAY</c>, or a weekday of HSDS 1). Anything
/// that a week can't express (every second Monday, a season, several locations with different hours) becomes a note.
/// </summary>
internal static partial class HsdsHours
{
    private static readonly string[] Rule = ["freq", "interval", "byday", "byweekno", "bymonthday", "byyearday", "count", "until"];

    private static readonly TimeOnly LastMinute = new(23, 59);

    private static readonly string[] Codes = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    // One zone per winter UTC offset, if neither zone nor state is given.
    private static readonly (double Offset, string Zone)[] Zones =
        [(-5, "America/New_York"), (-6, "America/Chicago"), (-7, "America/Denver"), (-8, "America/Los_Angeles"), (-9, "America/Anchorage"), (-10, "Pacific/Honolulu"), (-4, "America/Puerto_Rico")];

    /// <summary>The hours; null if the source has none.</summary>
    /// <param name="service">The service.</param>
    /// <param name="places">Its locations.</param>
    /// <param name="state">The main state; null if unknown.</param>
    /// <param name="today">Today, to skip seasons that are over.</param>
    /// <param name="reading">Receives errors for schedules whose times and text differ; can be null.</param>
    public static Hours? Of(HsdsThing service, IReadOnlyList<HsdsThing> places, string? state, DateOnly today, HsdsReading? reading = null)
    {
        var here = places.Select(p => (Name: p.One(HsdsInputTables.Location)?["name"], Schedules: OfPlace(p))).Where(p => p.Schedules.Count > 0).ToList();
        var own = service.List("schedules");
        var alike = own.Count > 0 || here.Select(p => string.Join('|', p.Schedules.Select(Words))).Distinct().Count() == 1;
        var used = own.Count > 0 ? own : alike && here.Count > 0 ? here[0].Schedules : [];
        var notes = new List<string?>();
        foreach (var denied in HsdsHoursConflict.Find(used, today))
        {
            used = [.. used.Except(denied.Schedules)];
            notes.Add(denied.Text);
            reading?.Drop(denied.Schedules[0], "original_text", "The days and times of the schedule differ from its text, which was kept as a note.", "Correct the one that is wrong.");
        }

        if (own.Count > 0 || !alike)
        {
            notes.AddRange(here.Select(p => $"At {p.Name ?? "another place"}: {string.Join("; ", p.Schedules.Select(Words))}"));
        }

        var (times, zone, zones) = (new List<OpeningTime>(), Zone(used, States.Find(state)?.TimeZone), new HashSet<string?>());
        foreach (var schedule in used)
        {
            if (Times(schedule, today) is { } read)
            {
                times.AddRange(read);
                notes.AddRange([schedule["description"], schedule["notes"]]);
                zones.Add(zone);
            }
            else if (Text(schedule, today) is { } text)
            {
                times.AddRange(text.IsAlways ? Enum.GetValues<DayOfWeek>().Select(d => new OpeningTime { Day = d, Opens = TimeOnly.MinValue, Closes = TimeOnly.MinValue }) : text.Times);
                notes.Add(text.Note);
                notes.AddRange(Texts(schedule).Skip(1));
                zones.Add(text.Zone ?? zone);
            }
            else
            {
                notes.Add(Words(schedule));
            }
        }

        notes.AddRange(service.List("holidays").Select(Holiday));
        // Times in two zones don't make one week.
        return Put(times, notes, zones.Count > 1 ? null : zones.FirstOrDefault() ?? zone);
    }

    private static Hours? Put(List<OpeningTime> times, List<string?> notes, string? zone)
    {
        times = [.. times.Distinct().OrderBy(t => ((int)t.Day + 6) % 7).ThenBy(t => t.Opens)];
        var always = times.Count == 7 && times.DistinctBy(t => t.Day).Count() == 7 && times.TrueForAll(t => t.Opens == TimeOnly.MinValue && (t.Closes == t.Opens || t.Closes == LastMinute));
        var hours = new Hours { TimeZone = always ? null : zone, AlwaysOpen = always, Times = always ? [] : times, Note = Note(notes) };
        if (times.Count > 0 && !new HoursValidator().Validate(hours).IsValid)
        {
            // The times overlap, or the time zone is unknown. Keep them as text.
            hours = new Hours { Note = Note(notes.Prepend(string.Join("; ", times.Select(t => $"{t.Day} {Clock(t.Opens)}-{Clock(t.Closes)}")))) };
        }

        return times.Count > 0 || hours.Note is not null ? hours : null;
    }

    private static string? Note(IEnumerable<string?> notes) => HsdsReading.Joined(notes.Select(HsdsReading.Line).Distinct(), "; ", 1_000);

    private static List<HsdsThing> OfPlace(HsdsThing place) =>
        place.List("schedules") is { Count: > 0 } own ? [.. own] : [.. place.One(HsdsInputTables.Location)?.List("schedules") ?? []];

    /// <summary>The weekly times; null if the schedule is not weekly.</summary>
    public static List<OpeningTime>? Times(HsdsThing schedule, DateOnly today)
    {
        if (Days(schedule) is not { Count: > 0 } days || Clock(schedule["opens_at"]) is not { } opens || Clock(schedule["closes_at"]) is not { } closes
            || schedule["interval"] is not (null or "1" or "1.0") || schedule["count"] is not null || schedule["byweekno"] is not null
            || schedule["bymonthday"] is not null || schedule["byyearday"] is not null || !Holds(schedule, today))
        {
            return null;
        }

        return [.. days.Select(d => new OpeningTime { Day = d, Opens = opens, Closes = closes })];
    }

    /// <summary>Hours from text, if it is unambiguous; otherwise null.</summary>
    private static ReadHours? Text(HsdsThing schedule, DateOnly today)
    {
        string[] structure = [.. Rule, "weekday", "dtstart", "opens_at", "closes_at"];
        return Texts(schedule).FirstOrDefault() is { } text && Holds(schedule, today) && structure.All(f => schedule[f] is not { } value || (f == "freq" && value.Equals("WEEKLY", StringComparison.OrdinalIgnoreCase)))
            ? HoursText.Read(text)
            : null;
    }

    private static IEnumerable<string> Texts(HsdsThing schedule) => new[] { schedule["original_text"], schedule["description"], schedule["notes"] }.OfType<string>();

    /// <summary>True for a schedule that has begun and has no end.</summary>
    private static bool Holds(HsdsThing schedule, DateOnly today) =>
        schedule["until"] is null && schedule["valid_to"] is null && (schedule["valid_from"] is not { } from || (Day(from) is { } day && day <= today));

    private static List<DayOfWeek>? Days(HsdsThing schedule)
    {
        if (schedule["weekday"] is { } weekday)
        {
            return WeekDay(weekday) is { } day ? [day] : null;
        }

        var frequency = schedule["freq"]?.ToUpperInvariant();
        if (schedule["byday"] is not { } list)
        {
            return frequency switch
            {
                "DAILY" => [.. Enum.GetValues<DayOfWeek>()],
                "WEEKLY" when schedule["dtstart"] is { } start && Day(start) is { } first => [first.DayOfWeek],
                _ => null,
            };
        }

        // "1MO" is the first Monday of the month.
        var days = list.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries).Select(d => Array.IndexOf(Codes, d.Trim().ToUpperInvariant())).ToList();
        return frequency is null or "WEEKLY" or "DAILY" && days.TrueForAll(d => d >= 0) ? [.. days.Distinct().Select(d => (DayOfWeek)d)] : null;
    }

    /// <summary>A weekday of HSDS 1: a name, or a number starting with 1 for Monday (ISO 8601).</summary>
    private static DayOfWeek? WeekDay(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number is >= 0 and <= 7 ? (DayOfWeek)(number % 7) : null;
        }

        var code = text.Length >= 2 ? Array.IndexOf(Codes, text[..2].ToUpperInvariant()) : -1;
        return code >= 0 && Enum.GetNames<DayOfWeek>()[code].StartsWith(text.TrimEnd('.'), StringComparison.OrdinalIgnoreCase) ? (DayOfWeek)code : null;
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text.Length >= 10 ? text[..10] : text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A time of day, ignoring the UTC offset after it.</summary>
    private static TimeOnly? Clock(string? text)
    {
        var plain = Offset().Replace(text ?? "", "");
        return plain is "24:00" or "24:00:00" ? TimeOnly.MinValue
            : TimeOnly.TryParseExact(plain, ["H:mm", "H:mm:ss", "h:mm tt", "h:mmtt", "h tt", "htt"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new TimeOnly(time.Hour, time.Minute)
            : null;
    }

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A complete text version of a schedule.</summary>
    public static string Words(HsdsThing schedule)
    {
        var rule = Rule.Where(f => schedule[f] is { } value && (f, value) is not ("interval", "1")).Select(f => $"{f} {schedule[f]}");
        string?[] parts =
        [
            schedule["original_text"],
            schedule["description"],
            schedule["weekday"] is { } day ? WeekDay(day)?.ToString() ?? day : null,
            string.Join(", ", rule),
            (schedule["opens_at"], schedule["closes_at"]) switch { (null, null) => null, var (opens, closes) => $"{opens}-{closes}" },
            schedule["valid_from"] is { } from ? $"from {from}" : null,
            schedule["valid_to"] is { } to ? $"to {to}" : null,
            schedule["notes"],
        ];
        return string.Join(" ", parts.Where(p => !string.IsNullOrEmpty(p)));
    }

    private static string Holiday(HsdsThing holiday)
    {
        var days = string.Join(" to ", new[] { holiday["start_date"], holiday["end_date"] }.OfType<string>().Distinct());
        return holiday["closed"]?.ToUpperInvariant() is "TRUE" or "T" or "1" or "YES" || holiday["opens_at"] is null ? $"closed {days}" : $"{days} {holiday["opens_at"]}-{holiday["closes_at"]}";
    }

    /// <summary>The given zone; else the state's zone, unless the given offset contradicts it.</summary>
    public static string? Zone(IEnumerable<HsdsThing> schedules, string? usual)
    {
        var said = schedules.Select(s => s["timezone"]).FirstOrDefault(z => z is not null);
        if (said is not null && TimeZoneInfo.TryFindSystemTimeZoneById(said, out var zone) && zone.HasIanaId && said.Contains('/', StringComparison.Ordinal))
        {
            return said;
        }

        return !double.TryParse(said, CultureInfo.InvariantCulture, out var offset) || (usual is not null && TimeZoneInfo.FindSystemTimeZoneById(usual).BaseUtcOffset.TotalHours == offset)
            ? usual
            : Array.Find(Zones, z => z.Offset == offset).Zone ?? usual;
    }

    [GeneratedRegex(@"(Z|[+-]\d{2}:?\d{2})\z")]
    private static partial Regex Offset();
}
