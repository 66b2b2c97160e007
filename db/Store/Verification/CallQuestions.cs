using HealthEquity.Directory.Entries;
using HealthEquity.Store.Settings;

namespace HealthEquity.Store.Verification;

/// <summary>
/// The groups in which a person is asked about an entry. An answer is stored under the code of its group, or under the path of a field, which
/// belongs to a group.
/// </summary>
public static class CallQuestions
{
    /// <summary>It is right.</summary>
    public const string Right = "confirmed";

    /// <summary>It has changed, and the new value is known.</summary>
    public const string Changed = "changed";

    /// <summary>It is wrong.</summary>
    public const string Wrong = "wrong";

    /// <summary>They were asked and could not say.</summary>
    public const string Unsure = "unsure";

    /// <summary>The groups in the order in which a person asks, with the members of an entry that belong to each.</summary>
    public static readonly IReadOnlyList<(string Code, IReadOnlyList<string> Members)> Groups =
    [
        ("phone", ["phones"]),
        ("place", ["locations", "serviceArea", "location"]),
        ("hours", ["hours", "intakeHours", "startsAt", "endsAt", "recurrence"]),
        ("languages", ["languages"]),
        ("cost", ["cost"]),
        ("immigrationStatus", ["eligibility.immigrationStatus"]),
        ("capacity", ["capacity"]),
        ("accessibility", []),
        ("credentials", ["licenses", "barAdmissions", "dojAccreditation", "npi", "ein", "recognizedOrganization"]),
        ("web", ["website", "emails", "url", "registrationUrl"]),
        ("scope", ["remoteService", "eligibility", "practiceAreas", "functions", "detainedDocket", "intakePolicy", "kindsOfHelp", "modalities", "specialties", "editions", "adoptions"]),
    ];

    /// <summary>The group of an answer; null for a path that is not asked about.</summary>
    /// <param name="path">The code of a group, or the path of a field, such as <c>phones[0].number</c>.</param>
    public static string? GroupOf(string path)
    {
        if (Groups.Any(g => g.Code == path) || path.Contains("].accessibility", StringComparison.Ordinal))
        {
            return path.Contains("].accessibility", StringComparison.Ordinal) ? "accessibility" : path;
        }

        return Groups.FirstOrDefault(g => g.Members.Any(m => Starts(path, m))).Code;
    }

    /// <summary>The required groups that have no answer. "Not asked" is no answer.</summary>
    /// <param name="settings">The department's settings.</param>
    /// <param name="kind">The entry's kind.</param>
    /// <param name="answers">The answers by group or path.</param>
    public static IReadOnlyList<string> Missing(DirectorySettings settings, EntryKind kind, IReadOnlyDictionary<string, string> answers)
    {
        var answered = answers.Where(a => a.Value is Right or Changed or Wrong or Unsure).Select(a => GroupOf(a.Key)).ToHashSet();
        return [.. Required(settings, kind).Where(g => !answered.Contains(g))];
    }

    /// <summary>The groups that must be answered before a check confirms an entry of a kind.</summary>
    public static IReadOnlyList<string> Required(DirectorySettings settings, EntryKind kind) =>
        settings.RequiredQuestions.GetValueOrDefault(kind.Code()) ?? [];

    /// <summary>The words for a group, in a sentence.</summary>
    public static string Label(string group) => group switch
    {
        "phone" => "phone",
        "place" => "place or area",
        "immigrationStatus" => "immigration status",
        "web" => "website and email",
        "scope" => "services",
        _ => group,
    };

    private static bool Starts(string path, string member) =>
        path.StartsWith(member, StringComparison.Ordinal) && (path.Length == member.Length || path[member.Length] is '.' or '[');
}
