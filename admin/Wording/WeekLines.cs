using HealthEquity.Admin.Forms;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Admin.Wording;

/// <summary>Opening times as people read them: days with the same times on one line.</summary>
internal static class WeekLines
{
    private static readonly DayOfWeek[] Days =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>Returns lines such as "Monday to Friday: 9:00 AM – 5:00 PM"; none if there are no opening times.</summary>
    public static IReadOnlyList<string> Of(Hours? hours)
    {
        var lines = new List<(DayOfWeek First, DayOfWeek Last, string Times)>();
        foreach (var day in Days)
        {
            var times = string.Join(", ", (hours?.Times ?? []).Where(t => t.Day == day).OrderBy(t => t.Opens).Select(t => $"{DisplayFormat.Time(t.Opens)} – {DisplayFormat.Time(t.Closes)}"));
            if (times.Length > 0 && lines is [.., var last] && last.Times == times && Array.IndexOf(Days, last.Last) == Array.IndexOf(Days, day) - 1)
            {
                lines[^1] = last with { Last = day };
            }
            else if (times.Length > 0)
            {
                lines.Add((day, day, times));
            }
        }

        return [.. lines.Select(l => $"{(l.First == l.Last ? l.First : $"{l.First} to {l.Last}")}: {l.Times}")];
    }
}
