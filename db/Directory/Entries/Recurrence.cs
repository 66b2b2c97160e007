using System.Globalization;
using Ical.Net.DataTypes;

namespace HealthEquity.Directory.Entries;

/// <summary>Recurrence rules of events (RFC 5545, 3.3.10).</summary>
public static class Recurrence
{
    private static readonly string[] UntilForms = ["yyyyMMdd", "yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmmss'Z'"];

    /// <summary>Describes what is wrong with a rule and how to fix it. Null if the rule is valid.</summary>
    /// <param name="rule">The rule, without "RRULE:".</param>
    /// <param name="startsAt">The local start of the event.</param>
    public static string? Problem(string rule, DateTime startsAt)
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
            return "has an UNTIL that is not a date. Enter it as yyyyMMdd, such as UNTIL=20301231.";
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
