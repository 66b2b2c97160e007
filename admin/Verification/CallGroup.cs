using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Forms;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Verification;

namespace HealthEquity.Admin.Verification;

/// <summary>How a new value is entered.</summary>
public enum CallInput
{
    /// <summary>Not here: in the entry's form.</summary>
    None,

    /// <summary>A line of text.</summary>
    Line,

    /// <summary>One of a few choices.</summary>
    Choice,

    /// <summary>Any of a few choices.</summary>
    Boxes,
}

/// <summary>A group of questions on the call screen: what is public, and how to answer.</summary>
/// <param name="Code">The code of the group in <see cref="CallQuestions"/>.</param>
/// <param name="Label">The label.</param>
/// <param name="Lines">What is public; empty if it is unknown.</param>
/// <param name="Input">How a new value is entered.</param>
public sealed record CallGroup(string Code, string Label, IReadOnlyList<string> Lines, CallInput Input)
{
    /// <summary>The choices.</summary>
    public IReadOnlyList<FormOption> Options { get; init; } = [];

    /// <summary>The current choices.</summary>
    public IReadOnlyList<string> Chosen { get; init; } = [];

    /// <summary>What a typed value can replace, if there is a choice.</summary>
    public IReadOnlyList<FormOption> Targets { get; init; } = [];

    /// <summary>What a typed value replaces unless the caller chooses something else; empty if the caller must choose.</summary>
    public string Target => Targets is [var only, { Code: CallTargets.New }] ? only.Code : "";

    /// <summary>An example of what to type.</summary>
    public string? Hint { get; init; }

    /// <summary>Whether it must be answered before the entry can be confirmed.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The last answer with its date; null for none.</summary>
    public string? Last { get; init; }

    /// <summary>Whether something is public that can be right.</summary>
    public bool IsKnown => Lines.Count > 0;

    private static readonly string[] Costs = ["free", "slidingScale", "uninsuredWelcome", "paymentAssistance", "medicaid", "medicare", "privateInsurance"];

    private static readonly string[] Buildings = ["wheelchairEntrance", "elevator", "accessibleRestroom", "accessibleParking", "accessibleTransit", "signLanguage"];

    private static readonly Dictionary<string, string> Labels = new()
    {
        ["phone"] = "Phone",
        ["place"] = "Place",
        ["hours"] = "Hours",
        ["languages"] = "Languages",
        ["cost"] = "Cost",
        ["immigrationStatus"] = "Papers",
        ["capacity"] = "New clients",
        ["accessibility"] = "Accessibility",
        ["credentials"] = "Credentials",
        ["web"] = "Website, email",
        ["scope"] = "Services",
    };

    /// <summary>Returns the groups for an entry in the order in which a person asks.</summary>
    public static IReadOnlyList<CallGroup> Of(Entry entry, IReadOnlyList<VerificationRecord> earlier, VocabularySet vocabularies, DirectorySettings settings)
    {
        var questions = Question.Of(entry, earlier, vocabularies).ToLookup(q => CallQuestions.GroupOf(q.Path));
        var last = earlier.SelectMany(c => c.ByField().Select(f => (Group: CallQuestions.GroupOf(f.Key), f.Value, c.CheckedOn)))
            .Where(a => a.Group is not null).DistinctBy(a => a.Group).ToDictionary(a => a.Group!, a => $"{Question.Answers.GetValueOrDefault(a.Value, a.Value)} ({DisplayFormat.Date(a.CheckedOn)})");
        var required = CallQuestions.Required(settings, entry.Kind);
        return
        [
            .. from code in CallQuestions.Groups.Select(g => g.Code)
               let lines = LinesOf(code, entry, questions[code], vocabularies)
               let input = entry is ServiceEntry service ? InputOf(code, service) : CallInput.None
               where lines.Count > 0 || input != CallInput.None || required.Contains(code)
               select new CallGroup(code, Labels[code], lines, input)
               {
                   IsRequired = required.Contains(code),
                   Last = last.GetValueOrDefault(code),
                   Hint = HintOf(code),
                   Targets = CallTargets.Of(code, entry as ServiceEntry, vocabularies),
                   Options = OptionsOf(code, entry as ServiceEntry, vocabularies),
                   Chosen = ChosenOf(code, entry as ServiceEntry),
               },
        ];
    }

    /// <summary>The public values. "Unknown" is none.</summary>
    private static IReadOnlyList<string> LinesOf(string code, Entry entry, IEnumerable<Question> questions, VocabularySet vocabularies) => (code, entry) switch
    {
        ("immigrationStatus", ServiceEntry { Eligibility: null or { ImmigrationStatus: "unknown" } }) => [],
        ("capacity", ServiceEntry { Capacity: null or { Status: "unknown" } }) => [],
        ("phone", ServiceEntry service) => [.. CallTargets.PhonesOf(service).Select(p => PhoneLine(p, vocabularies))],
        ("place", ServiceEntry service) => [.. service.Locations.Where(l => l.Visibility != Visibility.Private).Select(PlaceLine).Where(l => l.Length > 0), .. AreaLines(service.ServiceArea)],
        _ => [.. questions.Where(q => q.Text != "unknown" && q.Text != "Unknown").Select(q => Said(q, code == "scope"))],
    };

    /// <summary>The value, with its label where the value alone says too little. A plain "yes" is said by its label.</summary>
    private static string Said(Question question, bool isLabeled)
    {
        var label = isLabeled ? question.Label : question.Label[(question.Label.LastIndexOf(": ", StringComparison.Ordinal) is var at and >= 0 ? at + 2 : 0)..];
        return question.Text.ToLowerInvariant() switch
        {
            "yes" => label,
            "no" => $"{label}: no",
            _ when !isLabeled || question.Text.Contains(question.Label, StringComparison.Ordinal) => question.Text,
            _ => $"{label}: {question.Text}",
        };
    }

    private static string PhoneLine(Phone phone, VocabularySet vocabularies) => string.Join(", ", new[]
    {
        CallTargets.Number(phone), CallTargets.TypeOf(phone, vocabularies), phone.Label,
        string.Join(", ", phone.Languages.Select(EntryFormView.LanguageName)),
    }.Where(p => !string.IsNullOrEmpty(p)));

    internal static string PlaceLine(Location place) => place.Visibility == Visibility.Area
        ? string.Join(", ", new[] { place.County, place.StateProvince }.Where(p => !string.IsNullOrEmpty(p)))
        : string.Join(", ", new[] { place.Address1, place.Address2, place.City, $"{place.StateProvince} {place.PostalCode}".Trim() }.Where(p => !string.IsNullOrEmpty(p)));

    private static IEnumerable<string> AreaLines(ServiceArea? area)
    {
        if (area is null)
        {
            yield break;
        }

        var parts = (area.Nationwide ? ["the whole country"] : area.States).Concat(area.Counties.Select(c => c.Split(':')[^1])).Concat(area.ZipCodes).ToList();
        if (parts.Count > 0)
        {
            yield return $"Serves {string.Join(", ", parts.Take(8))}{(parts.Count > 8 ? $" and {parts.Count - 8} more" : "")}";
        }
    }

    private static CallInput InputOf(string code, ServiceEntry entry) => code switch
    {
        "phone" or "hours" or "languages" or "web" => CallInput.Line,
        "place" => entry.Locations is [] or [{ Visibility: Visibility.Public }, ..] ? CallInput.Line : CallInput.None,
        "cost" => CallInput.Boxes,
        "accessibility" => entry.Locations is [{ Visibility: Visibility.Public }, ..] ? CallInput.Boxes : CallInput.None,
        "immigrationStatus" or "capacity" => CallInput.Choice,
        _ => CallInput.None,
    };

    private static string? HintOf(string code) => code switch
    {
        "phone" => "For example: (713) 555-0170 ext. 2",
        "place" => "For example: 9401 Sample Fwy, Houston, TX 77074",
        "hours" => "For example: Mon-Thu 8am-7pm; Fri 8am-5pm",
        "languages" => "All of them, for example: English, Spanish, Vietnamese (interpreter)",
        "web" => "For example: www.example.org",
        _ => null,
    };

    private static IReadOnlyList<FormOption> OptionsOf(string code, ServiceEntry? entry, VocabularySet vocabularies) => code switch
    {
        "immigrationStatus" => [new("notAsked", "Never asks", null), new("notRequired", "Not required", null), new("restricted", "Restricted", null)],
        "capacity" => [new("accepting", "Yes", null), new("waitlist", "Waitlist", null), new("full", "Full", null)],
        "cost" => Terms(VocabularyNames.Cost, Costs.Union(entry?.Cost?.Options ?? []), vocabularies),
        "accessibility" => Terms(VocabularyNames.Accessibility, Buildings.Union(entry?.Locations is [var place, ..] ? place.Accessibility : []), vocabularies),
        _ => [],
    };

    private static FormOption[] Terms(string vocabulary, IEnumerable<string> codes, VocabularySet vocabularies) =>
        [.. codes.Select(c => vocabularies.Find(vocabulary, c)).Where(t => t is { Retired: false }).Select(t => new FormOption(t!.Code, t.Label, null))];

    private static IReadOnlyList<string> ChosenOf(string code, ServiceEntry? entry) => code switch
    {
        "immigrationStatus" => entry?.Eligibility?.ImmigrationStatus is { } status ? [status] : [],
        "capacity" => entry?.Capacity?.Status is { } capacity ? [capacity] : [],
        "cost" => entry?.Cost?.Options ?? [],
        "accessibility" => entry?.Locations is [var place, ..] ? place.Accessibility : [],
        _ => [],
    };
}
