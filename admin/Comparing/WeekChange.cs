using System.Text.RegularExpressions;
using HealthEquity.Admin.Forms;
using HealthEquity.Directory.Comparison;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Admin.Comparing;

/// <summary>Joins the changes of single opening times, three for each, into one change of the week, as people read it.</summary>
internal static partial class WeekChange
{
    private static readonly DayOfWeek[] Days =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>Returns the changes with one for each week that changed, in the place of its first one.</summary>
    /// <param name="changes">The changes, field by field.</param>
    /// <param name="before">The older version; null for none.</param>
    /// <param name="after">The newer version.</param>
    public static IEnumerable<FieldChange> Joined(IReadOnlyList<FieldChange> changes, string? before, string after)
    {
        var joined = new HashSet<string>();
        foreach (var change in changes)
        {
            var path = OfTime().Match(change.Path).Groups[1].Value;
            if (path.Length == 0)
            {
                yield return change;
            }
            else if (joined.Add(path))
            {
                yield return new FieldChange(path, Week(before, path), Week(after, path));
            }
        }
    }

    /// <summary>The week in lines, such as "Monday to Friday: 9:00 AM – 5:00 PM"; null for no opening times.</summary>
    private static string? Week(string? body, string path)
    {
        var entry = body is null ? null : EntryJson.Read(body);
        var hours = path.StartsWith("intakeHours", StringComparison.Ordinal) ? (entry as Attorney)?.IntakeHours : (entry as ServiceEntry)?.Hours;
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

        return lines.Count == 0 ? null : string.Join('\n', lines.Select(l => $"{(l.First == l.Last ? l.First : $"{l.First} to {l.Last}")}: {l.Times}"));
    }

    [GeneratedRegex(@"^(hours\.times|intakeHours\.times)\[[0-9]+\]\.")]
    private static partial Regex OfTime();
}
