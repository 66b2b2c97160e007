using System.Text.RegularExpressions;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Comparison;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Admin.Comparing;

/// <summary>Joins the changes of single opening times, three for each, into one change of the week, as people read it.</summary>
internal static partial class WeekChange
{
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

    /// <summary>The week in lines; null for no opening times.</summary>
    private static string? Week(string? body, string path)
    {
        var entry = body is null ? null : EntryJson.Read(body);
        var hours = path.StartsWith("intakeHours", StringComparison.Ordinal) ? (entry as Attorney)?.IntakeHours : (entry as ServiceEntry)?.Hours;
        return WeekLines.Of(hours) is { Count: > 0 } lines ? string.Join('\n', lines) : null;
    }

    [GeneratedRegex(@"^(hours\.times|intakeHours\.times)\[[0-9]+\]\.")]
    private static partial Regex OfTime();
}
