using System.Globalization;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;

namespace HealthEquity.Directory.Entries;

/// <summary>Recurrence rules of events (RFC 5545, 3.3.10).</summary>
public static class Recurrence
{
    /// <summary>The first year that an event may name.</summary>
    public const int FirstYear = 1970;

    /// <summary>The last year that an event may name.</summary>
    public const int LastYear = 2200;

    /// <summary>How often an event may take place within a year.</summary>
    public const int MaxPerYear = 400;

    private const int YearsAhead = 10;

    /// <summary>
    /// How many repetitions in a row a rule may leave out, at most, before it is taken to have no more days. This bounds what a rule can cost:
    /// some rules match nothing, for ever. The longest honest gap is that of February 29 on one weekday, 40 years.
    /// </summary>
    private const int MaxUnmatched = 45 * 365;

    /// <summary>How many times of day a rule may list. The library multiplies the lists before it looks at the limit.</summary>
    private const int MaxTimesPerDay = 24;

    /// <summary>How many repetitions of each frequency fit into ten years.</summary>
    private static readonly Dictionary<string, long> MostInterval = new(StringComparer.OrdinalIgnoreCase)
    {
        ["YEARLY"] = YearsAhead,
        ["MONTHLY"] = YearsAhead * 12,
        ["WEEKLY"] = YearsAhead * 52,
        ["DAILY"] = YearsAhead * 365,
        ["HOURLY"] = YearsAhead * 365 * 24,
        ["MINUTELY"] = YearsAhead * 365 * 24 * 60,
        ["SECONDLY"] = YearsAhead * 365L * 24 * 60 * 60,
    };

    private static readonly string[] UntilForms = ["yyyyMMdd", "yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmmss'Z'"];

    /// <summary>Describes what is wrong with a rule and how to fix it. Null if the rule is valid.</summary>
    /// <param name="rule">The rule, without "RRULE:".</param>
    /// <param name="startsAt">The local start of the event.</param>
    /// <param name="allDay">True if only the dates count.</param>
    /// <param name="today">
    /// Today's date: a rule without an end must have a day in the ten years from here. Without it, in the ten years from the start.
    /// </param>
    public static string? Problem(string rule, DateTime startsAt, bool allDay = false, DateOnly? today = null)
    {
        if (rule.StartsWith("RRULE:", StringComparison.OrdinalIgnoreCase))
        {
            return "starts with 'RRULE:'. Enter only what follows it.";
        }

        var parts = rule.Split(';').Select(p => p.Split('=', 2)).ToList();
        if (rule.Any(char.IsWhiteSpace) || parts.Any(p => p.Length != 2 || p[1].Length == 0))
        {
            return "is not a recurrence rule. Enter NAME=VALUE pairs joined by ';', such as FREQ=YEARLY or FREQ=WEEKLY;BYDAY=TU.";
        }

        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in parts.Where(p => !values.TryAdd(p[0], p[1])))
        {
            return $"has {part[0].ToUpperInvariant()} twice. Keep one of them.";
        }

        if (values.ContainsKey("COUNT") && values.ContainsKey("UNTIL"))
        {
            return "has both COUNT and UNTIL. Keep one of them.";
        }

        return UntilProblem(values, startsAt) ?? ParseProblem(rule) ?? CostProblem(values) ?? DaysProblem(rule, values, startsAt, allDay, today);
    }

    /// <summary>Whether an event may name this day: from <see cref="FirstYear"/> to <see cref="LastYear"/>.</summary>
    public static bool IsInRange(DateTime day) => day.Year is >= FirstYear and <= LastYear;

    /// <summary>The starts of a recurring event, in order, by local date. Ends quietly where the rule has no more days, or none that can be found.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="startsAt">The local start of the event.</param>
    /// <param name="allDay">True if only the dates count.</param>
    /// <param name="from">Only starts on this day or later.</param>
    public static IEnumerable<DateOnly> Days(string rule, DateTime startsAt, bool allDay, DateOnly from)
    {
        if (from.Year > LastYear)
        {
            yield break;
        }

        var component = new CalendarEvent { Start = new CalDateTime(startsAt, hasTime: !allDay), RecurrenceRule = new RecurrenceRule(rule) };
        var unmatched = MostInterval[component.RecurrenceRule.Frequency.ToString()] / YearsAhead * 45;
        var options = new EvaluationOptions { MaxUnmatchedIncrementsLimit = (int)Math.Min(unmatched, MaxUnmatched) };
        using var occurrences = component.GetOccurrences(new CalDateTime(from.Year, from.Month, from.Day), options).GetEnumerator();
        while (Next(occurrences) is { } day && day.Year <= LastYear)
        {
            yield return day;
        }
    }

    /// <summary>The library says by exceptions, of several kinds, that there is nothing more before the end of its calendar.</summary>
    private static DateOnly? Next(IEnumerator<Occurrence> occurrences)
    {
        try
        {
            return occurrences.MoveNext() ? DateOnly.FromDateTime(occurrences.Current.Period.StartTime.Value) : null;
        }
        catch (Exception e) when (e is EvaluationException or ArgumentException or OverflowException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? CostProblem(Dictionary<string, string> values)
    {
        if (values.TryGetValue("INTERVAL", out var written)
            && long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var interval)
            && MostInterval.TryGetValue(values.GetValueOrDefault("FREQ", ""), out var most) && interval > most)
        {
            return $"has the INTERVAL {interval}, so it does not repeat within ten years. Lower INTERVAL, or remove the rule.";
        }

        var times = (long)Listed(values, "BYHOUR") * Listed(values, "BYMINUTE") * Listed(values, "BYSECOND");
        return times > MaxTimesPerDay ? $"lists more than {MaxTimesPerDay} times of day. Shorten BYHOUR, BYMINUTE or BYSECOND." : null;

        static int Listed(Dictionary<string, string> values, string name) => values.TryGetValue(name, out var list) ? list.Count(c => c == ',') + 1 : 1;
    }

    private static string? DaysProblem(string rule, Dictionary<string, string> values, DateTime startsAt, bool allDay, DateOnly? today)
    {
        if (!IsInRange(startsAt))
        {
            // Reported at the start.
            return null;
        }

        var start = DateOnly.FromDateTime(startsAt);
        if (!HasDay(start))
        {
            return "has no day within ten years of the start. Check the days and months: February 30 or a 366th Monday never comes.";
        }

        var ends = values.ContainsKey("COUNT") || values.ContainsKey("UNTIL");
        if (today > start && !ends && !HasDay(today.Value))
        {
            return "has no day in the next ten years. Check the days, the months and INTERVAL.";
        }

        var last = start.AddYears(YearsAhead);
        var year = new Queue<DateOnly>(MaxPerYear + 1);
        foreach (var day in Days(rule, startsAt, allDay, start).TakeWhile(d => d <= last))
        {
            year.Enqueue(day);
            if (year.Count > MaxPerYear && year.Dequeue().AddYears(1) > day)
            {
                return $"takes place more than {MaxPerYear} times a year. Describe the hours in the text, and repeat the event once a day or less.";
            }
        }

        return null;

        bool HasDay(DateOnly from) => Days(rule, startsAt, allDay, from).Take(1).Any(d => d <= from.AddYears(YearsAhead));
    }

    private static string? UntilProblem(Dictionary<string, string> values, DateTime startsAt)
    {
        if (!values.TryGetValue("UNTIL", out var written))
        {
            return null;
        }

        if (!DateTime.TryParseExact(written, UntilForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var until))
        {
            return "has an UNTIL that is not a date. Enter it as yyyyMMdd, such as UNTIL=20301231.";
        }

        if (!IsInRange(until))
        {
            return $"has an UNTIL outside the years {FirstYear} to {LastYear}. Correct it, or leave it out if the event has no end.";
        }

        return until.Date < startsAt.Date ? "ends before the event starts. Correct UNTIL or 'startsAt'." : null;
    }

    private static string? ParseProblem(string rule)
    {
        try
        {
            _ = new RecurrenceRule(rule);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // The parser's message names the faulty part. Its note about the parameter is for programmers.
            var reason = e.Message.Split(" (Parameter")[0].TrimEnd('.');
            return $"is not a recurrence rule ({reason}). Use the RFC 5545 form, such as FREQ=YEARLY or FREQ=MONTHLY;BYDAY=1TU.";
        }
    }
}
