using System.Globalization;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.OpeningHours;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>Finds schedules whose structured times contradict their text, so it is unknown which is right.</summary>
internal static partial class HsdsHoursConflict
{
    /// <summary>The schedules that share a contradicting text.</summary>
    public static IReadOnlyList<(string Text, IReadOnlyList<HsdsThing> Schedules)> Find(IEnumerable<HsdsThing> schedules, DateOnly today) =>
    [
        .. schedules.Where(s => s["original_text"] is not null).GroupBy(s => s["original_text"]!, StringComparer.OrdinalIgnoreCase)
            .Select(g => (Text: g.Key, Schedules: (IReadOnlyList<HsdsThing>)[.. g], Times: g.SelectMany(s => HsdsHours.Times(s, today) ?? []).Distinct().ToList()))
            .Where(g => g.Times.Count > 0 && Contradicts(g.Text, g.Times)).Select(g => (g.Text, g.Schedules)),
    ];

    private static bool Contradicts(string text, List<OpeningTime> times)
    {
        if (HoursText.Read(text) is { Times.Count: > 0 } read)
        {
            return !read.Times.ToHashSet().SetEquals(times);
        }

        // Ambiguous text still contains times.
        var said = times.SelectMany(t => new[] { t.Opens, t.Closes }).ToHashSet();
        return Clocks().Matches(text).Any(m => Read(m.Value) is { } clock && !said.Contains(clock));
    }

    private static TimeOnly? Read(string clock) =>
        TimeOnly.TryParseExact(clock.Replace(".", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), ["h:mmtt", "htt"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    [GeneratedRegex(@"\b\d{1,2}(:\d{2})?\s?[ap]\.?m\b\.?", RegexOptions.IgnoreCase)]
    private static partial Regex Clocks();
}
