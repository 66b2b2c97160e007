using System.Text.RegularExpressions;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Forms;
using HealthEquity.Directory.Comparison;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Verification;

namespace HealthEquity.Admin.Verification;

/// <summary>A question on the call sheet: a field, its value, and the last answer.</summary>
public sealed partial record Question(string Path, string Label, string Text, string? Last)
{
    /// <summary>The possible answers by code.</summary>
    public static readonly IReadOnlyDictionary<string, string> Answers =
        new Dictionary<string, string> { ["confirmed"] = "Correct", ["changed"] = "Has changed", ["wrong"] = "Wrong" };

    /// <summary>A call is about an edition, not about each of its letters.</summary>
    private const int MaxTextLength = 300;

    private static readonly string[] Asked =
    [
        "phones", "emails", "website", "locations", "hours", "intakeHours", "serviceArea", "remoteService", "languages", "cost", "eligibility", "capacity",
        "licenses", "barAdmissions", "dojAccreditation", "practiceAreas", "detainedDocket", "intakePolicy", "functions", "editions", "adoptions",
        "startsAt", "url", "registrationUrl",
    ];

    /// <summary>Returns the questions for an entry in a fixed order.</summary>
    public static IReadOnlyList<Question> Of(Entry entry, IReadOnlyList<VerificationRecord> earlier, VocabularySet vocabularies)
    {
        // Use the latest answer for each field from any check.
        var last = earlier.SelectMany(c => c.ByField().Select(f => (Path: f.Key, Answer: $"{Answers.GetValueOrDefault(f.Value, f.Value)} ({DisplayFormat.Date(c.CheckedOn)})")))
            .DistinctBy(f => f.Path).ToDictionary(f => f.Path, f => f.Answer);
        var fields =
            from change in EntryComparison.Compare(null, entry)
            where Asked.Contains(change.Path.Split('.', '[')[0]) && change.After is not null && !Minor(change.Path)
            let called = ChangeView.Describe(entry.Kind, change.Path)
            where called.Field is { Editorial: false }
            orderby Array.IndexOf(Asked, change.Path.Split('.', '[')[0])
            select (change.Path, called.Label, Text: ChangeView.Format(called.Field, change.After, vocabularies)!);
        return
        [
            .. from field in fields
               group field by SingleQuestion().Match(field.Path) is { Success: true } part ? part.Value : field.Path into asked
               select new Question(
                   asked.Key,
                   asked.Key == asked.First().Path ? asked.First().Label : ChangeView.Describe(entry.Kind, asked.Key).Label,
                   asked.Key.Contains(".times[", StringComparison.Ordinal) ? Time([.. asked.Select(f => f.Text)]) : string.Join(", ", asked.Select(f => Short(f.Text))),
                   last.GetValueOrDefault(asked.Key)),
        ];
    }

    private static string Short(string text) => text.Length <= MaxTextLength ? text : $"{text[..MaxTextLength]}…";

    private static string Time(string[] time) => time is [var day, var opens, var closes] ? $"{EntryFormView.Capital(day)}, {opens}–{closes}" : string.Join(", ", time);

    /// <summary>Matches parts that are asked as one question, such as "Monday, 8:00 AM–5:00 PM".</summary>
    [GeneratedRegex(@"^(?:(?:hours|intakeHours)\.times|languages|emails)\[\d+\]")]
    private static partial Regex SingleQuestion();

    private static bool Minor(string path) => path.EndsWith("atitude", StringComparison.Ordinal) || path.EndsWith("ongitude", StringComparison.Ordinal)
        || path.Contains("].fields[", StringComparison.Ordinal) || path.EndsWith("country", StringComparison.Ordinal) || path.EndsWith("visibility", StringComparison.Ordinal) || path.EndsWith("timeZone", StringComparison.Ordinal);
}
