using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Site.Print;

/// <summary>Opening hours in one line: "Monday–Friday 9:00 AM–5:00 PM · Saturday 9:00 AM–1:00 PM".</summary>
public static class PaperHours
{
    private static readonly DayOfWeek[] Week =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>The line; null if no hours are known.</summary>
    public static string? Of(Hours? hours, SiteText text)
    {
        if (hours is null)
        {
            return null;
        }

        if (hours.AlwaysOpen)
        {
            return text["card.alwaysOpen"];
        }

        var runs = new List<(DayOfWeek First, DayOfWeek Last, string Times)>();
        DayOfWeek? before = null;
        foreach (var day in Week)
        {
            var times = string.Join(", ", hours.Times.Where(t => t.Day == day).OrderBy(t => t.Opens).Select(t => $"{Together(text.Time(t.Opens))}–{Together(text.Time(t.Closes))}"));
            if (times.Length > 0 && runs.Count > 0 && runs[^1].Last == before && runs[^1].Times == times)
            {
                runs[^1] = runs[^1] with { Last = day };
            }
            else if (times.Length > 0)
            {
                runs.Add((day, day, times));
            }

            before = day;
        }

        var known = runs.Select(r => $"{text.Weekday(r.First)}{(r.First == r.Last ? "" : $"–{text.Weekday(r.Last)}")} {r.Times}").Append(hours.Note is { } note ? text.Isolate(note) : null).OfType<string>().ToList();
        return known.Count == 0 ? null : string.Join(" · ", known);
    }

    /// <summary>A time on one line: browsers break at the space before "AM", and between any two Chinese characters.</summary>
    private static string Together(string time) =>
        string.Concat(time.Select(c => c == ' ' ? "\u00A0" : char.IsAsciiLetterOrDigit(c) || !char.IsLetter(c) ? $"{c}" : $"{c}\u2060"));
}
