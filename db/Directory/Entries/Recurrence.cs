using System.Globalization;
using Ical.Net.DataTypes;

namespace HealthEquity.Directory.Entries;

/// <summary>Recurrence rules of events (RFC 5545, 3.3.10).</summary>
public static class Recurrence
{
    private static readonly string[] UntilForms = ["yyyyMMdd", "yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmmss'Z'"];

    /// <summary>What is wrong with a rule and what to do about it, or null when it can be used.</summary>
    /// <param name="rule">The rule, without "RRULE:".</param>
    /// <param name="startsAt">The local start of the event.</param>
    public static string? Problem(string rule, DateTime startsAt)
    {
        if (rule.StartsWith("RRULE:", StringComparison.OrdinalIgnoreCase))
        {
            return "begins with 'RRULE:': leave that out and write what follows it.";
        }

        var parts = rule.Split(';').Select(p => p.Split('=', 2)).ToList();
        if (rule.Any(char.IsWhiteSpace) || parts.Any(p => p.Length != 2 || p[1].Length == 0))
        {
            return "is no recurrence rule: write NAME=VALUE pairs joined by ';', such as FREQ=YEARLY or FREQ=WEEKLY;BYDAY=TU.";
        }

        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in parts.Where(p => !values.TryAdd(p[0], p[1])))
        {
            return $"says {part[0].ToUpperInvariant()} twice: keep one of them.";
        }

        if (values.ContainsKey("COUNT") && values.ContainsKey("UNTIL"))
        {
            return "has both COUNT and UNTIL: keep the one that says when it ends.";
        }

        return UntilProblem(values, startsAt) ?? ParseProblem(rule);
    }

    private static string? UntilProblem(Dictionary<string, string> values, DateTime startsAt)
    {
        if (!values.TryGetValue("UNTIL", out var written))
        {
            return null;
        }

        if (!DateTime.TryParseExact(written, UntilForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var until))
        {
            return "has an UNTIL that is no date: write it as yyyyMMdd, such as UNTIL=20301231.";
        }

        return until.Date < startsAt.Date ? "ends before the event begins: correct UNTIL or 'startsAt'." : null;
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
            // The parser's message names the part; its note on the parameter is for programrs.
            var reason = e.Message.Split(" (Parameter")[0].TrimEnd('.');
            return $"is no recurrence rule ({reason}): write it as RFC 5545 has it, such as FREQ=YEARLY or FREQ=MONTHLY;BYDAY=1TU.";
        }
    }
}
