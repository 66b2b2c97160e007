using System.Text.RegularExpressions;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Directory.Comparison;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Verification;

namespace HealthEquity.Admin.Verification;

/// <summary>Something to ask: a field, what stands in it, and what was found the last time.</summary>
public sealed partial record Question(string Path, string Label, string Text, string? Last)
{
    /// <summary>What can be said of a field, by code.</summary>
    public static readonly IReadOnlyDictionary<string, string> Answers =
        new Dictionary<string, string> { ["confirmed"] = "Right", ["changed"] = "Has changed", ["wrong"] = "Wrong" };

    private static readonly string[] Asked =
    [
        "phones", "emails", "website", "locations", "hours", "intakeHours", "serviceArea", "remoteService", "languages", "cost", "eligibility", "capacity",
        "licenses", "barAdmissions", "dojAccreditation", "practiceAreas", "detainedDocket", "intakePolicy", "functions", "editions", "adoptions",
        "startsAt", "url", "registrationUrl",
    ];

    /// <summary>What to ask of an entry, in the order of its form.</summary>
    public static IReadOnlyList<Question> Of(Entry entry, IReadOnlyList<VerificationRecord> earlier, VocabularySet vocabularies)
    {
        // Of each field what was said of it last, whichever check that was in.
        var last = earlier.SelectMany(c => c.ByField().Select(f => (Path: f.Key, Said: $"{Answers.GetValueOrDefault(f.Value, f.Value)} ({c.CheckedOn:yyyy-MM-dd})")))
            .DistinctBy(f => f.Path).ToDictionary(f => f.Path, f => f.Said);
        var fields =
            from change in EntryComparison.Compare(null, entry)
            where Asked.Contains(change.Path.Split('.', '[')[0]) && change.After is not null && !Minor(change.Path)
            let called = ChangeView.Called(entry.Kind, change.Path)
            where called.Field is { Editorial: false }
            orderby Array.IndexOf(Asked, change.Path.Split('.', '[')[0])
            select (change.Path, called.Label, Text: ChangeView.Worded(called.Field, change.After, vocabularies)!);
        return
        [
            .. from field in fields
               group field by InOneBreath().Match(field.Path) is { Success: true } part ? part.Value : field.Path into asked
               select new Question(
                   asked.Key,
                   asked.Key == asked.First().Path ? asked.First().Label : ChangeView.Called(entry.Kind, asked.Key).Label,
                   asked.Key.Contains(".times[", StringComparison.Ordinal) ? Time([.. asked.Select(f => f.Text)]) : string.Join(", ", asked.Select(f => f.Text)),
                   last.GetValueOrDefault(asked.Key)),
        ];
    }

    private static string Time(string[] time) => time is [var day, var opens, var closes] ? $"{EntryFormView.Capital(day)}, {opens}–{closes}" : string.Join(", ", time);

    /// <summary>Parts that are one question on the telephone: "Mondays from eight to five?"</summary>
    [GeneratedRegex(@"^(?:(?:hours|intakeHours)\.times|languages|emails)\[\d+\]")]
    private static partial Regex InOneBreath();

    private static bool Minor(string path) => path.EndsWith("atitude", StringComparison.Ordinal) || path.EndsWith("ongitude", StringComparison.Ordinal)
        || path.EndsWith("country", StringComparison.Ordinal) || path.EndsWith("visibility", StringComparison.Ordinal) || path.EndsWith("timeZone", StringComparison.Ordinal);
}
