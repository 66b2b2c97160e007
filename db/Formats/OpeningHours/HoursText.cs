using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Rules;

namespace HealthEquity.Formats.OpeningHours;

/// <summary>Opening hours read from text.</summary>
/// <param name="IsAlways">Open 24 hours a day, every day.</param>
/// <param name="Times">The times, Monday first.</param>
/// <param name="Note">The text that the times don't express.</param>
/// <param name="Zone">The time zone in the text.</param>
internal sealed record ReadHours(bool IsAlways, IReadOnlyList<OpeningTime> Times, string? Note, string? Zone);

/// <summary>
/// Reads hours as people write them: "M-F 8:30am-5pm; Sat 9-12". Never guesses: returns nothing if a word is unknown, a time can be morning or
/// evening, or two statements contradict each other.
/// </summary>
internal static partial class HoursText
{
    private static readonly TimeOnly Midnight = TimeOnly.MinValue;

    private static readonly HoursValidator Rules = new();

    /// <summary>Reads the text; null if it is ambiguous.</summary>
    public static ReadHours? Read(string text)
    {
        if (ReadOwn(text) is { } own)
        {
            return own;
        }

        var plain = HoursTokens.Plain(text);
        if (HoursTokens.Read(plain) is not { Count: > 0 } tokens)
        {
            return null;
        }

        string?[] zones = [.. tokens.Where(t => t.Part == HoursPart.Zone).Select(t => t.Zone).Distinct()];
        List<HoursToken> said = [.. tokens.Where(t => t.Part != HoursPart.Zone)];
        return zones.Length > 1 ? null
            : said.Any(t => t.Part == HoursPart.Vague) ? Vague(said, text)
            : said.Any(t => t.Part == HoursPart.Always) ? Always(said, text)
            : Times(said, plain, text) is { } read ? read with { Zone = zones.FirstOrDefault() }
            : null;
    }

    /// <summary>Our own text from exports: "monday 09:00-17:00; tuesday 22:00-06:00".</summary>
    private static ReadHours? ReadOwn(string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        if (!parts.All(p => Own().IsMatch(p)))
        {
            return null;
        }

        OpeningTime[] times = [.. parts.Select(OpeningTimes.Read).OfType<System.Text.Json.Nodes.JsonObject>().Select(t => new OpeningTime
        {
            Day = Enum.Parse<DayOfWeek>((string)t["day"]!, ignoreCase: true),
            Opens = TimeOnly.ParseExact((string)t["opens"]!, "HH:mm", null),
            Closes = TimeOnly.ParseExact((string)t["closes"]!, "HH:mm", null),
        })];
        return times.Length == parts.Length && AreValid(times) ? new ReadHours(false, times, null, null) : null;
    }

    private static ReadHours? Vague(List<HoursToken> tokens, string text) =>
        tokens.Any(t => t.Part is HoursPart.Time or HoursPart.Always or HoursPart.AllDay) ? null : new ReadHours(false, [], text, null);

    private static ReadHours? Always(List<HoursToken> tokens, string text) => tokens.All(t =>
        t.Part is HoursPart.Always or HoursPart.Noted or HoursPart.And or HoursPart.Break || (t.Part == HoursPart.Days && t.Days.Count == 7))
        ? new ReadHours(true, [], tokens.Any(t => t.Part == HoursPart.Noted) ? text : null, null)
        : null;

    private static ReadHours? Times(List<HoursToken> tokens, string plain, string text)
    {
        if (tokens.TrueForAll(t => t.Part is HoursPart.AllDay or HoursPart.And or HoursPart.Break))
        {
            return new ReadHours(true, [], null, null);
        }

        var statements = Statements(tokens, plain.Length);
        var parsed = statements.ConvertAll(s => HoursStatement.Read(s.Tokens));
        string? note;
        if (parsed.TrueForAll(p => p is not null))
        {
            string[] noted = [.. statements.Where(s => s.Tokens.Exists(t => t.Part == HoursPart.Noted)).Select(s => plain[s.Start..s.End].Trim(' ', ';', '(', ')', '|', '\r', '\n'))];
            note = noted.Length == 0 ? null : string.Join("; ", noted);
        }
        else
        {
            // "Monday - Friday", then "8:00 am - 5:00 pm" on the next line.
            parsed = [HoursStatement.Read([.. tokens.Where(t => t.Part != HoursPart.Break)])];
            note = tokens.Exists(t => t.Part == HoursPart.Noted) ? text : null;
        }

        return parsed.TrueForAll(p => p is not null) ? Combine(parsed!, note, text) : null;
    }

    private static List<(List<HoursToken> Tokens, int Start, int End)> Statements(List<HoursToken> tokens, int length)
    {
        var statements = new List<(List<HoursToken> Tokens, int Start, int End)>();
        var (current, start) = (new List<HoursToken>(), 0);
        foreach (var token in tokens.Append(new HoursToken(HoursPart.Break, length)))
        {
            if (token.Part != HoursPart.Break)
            {
                current.Add(token);
                continue;
            }

            if (current.Count > 0)
            {
                statements.Add((current, start, token.Start));
                current = [];
            }

            start = token.Start;
        }

        return statements;
    }

    private static ReadHours? Combine(List<HoursStatement> parsed, string? note, string text)
    {
        OpeningTime[] times = [.. parsed.SelectMany(p => p.Times).Distinct().OrderBy(t => HoursWords.Place(t.Day)).ThenBy(t => t.Opens)];
        var closed = parsed.SelectMany(p => p.Closed).ToHashSet();
        if (times.Any(t => closed.Contains(t.Day)) || !AreValid(times))
        {
            return null;
        }

        // "Closed Sundays" alone has no opening times.
        return times.Length == 7 && times.All(t => t.Opens == Midnight && t.Closes == Midnight)
            ? new ReadHours(true, [], note, null)
            : new ReadHours(false, times, times.Length == 0 ? text : note, null);
    }

    private static bool AreValid(OpeningTime[] times) =>
        times.Length == 0 || Rules.Validate(new Hours { TimeZone = "America/New_York", Times = times }).IsValid;

    [GeneratedRegex(@"^[a-z]+day [0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$")]
    private static partial Regex Own();
}
