using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Text;
using HealthEquity.Store.Entries;

namespace HealthEquity.Admin.EntryForms;

/// <summary>A code that can be chosen.</summary>
/// <param name="Code">The code.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Help">What it means.</param>
public readonly record struct FormOption(string Code, string Label, string? Help);

/// <summary>What the form's markup needs to know beside the form.</summary>
public sealed class EntryFormView(EntryForm form, VocabularySet vocabularies, IReadOnlyList<EntryWarning> warnings)
{
    private static readonly string[] Languages =
    [
        "en English", "es Spanish", "ht Haitian Creole", "pt-BR Portuguese (Brazil)", "fr French", "zh-Hans Chinese (simplified)",
        "zh-Hant Chinese (traditional)", "vi Vietnamese", "ko Korean", "tl Tagalog", "ru Russian", "uk Ukrainian", "ar Arabic", "fa Persian",
        "prs Dari", "ps Pashto", "ur Urdu", "hi Hindi", "bn Bengali", "pa Punjabi", "ne Nepali", "so Somali", "am Amharic", "ti Tigrinya",
        "sw Swahili", "my Burmese", "km Khmer", "hmn Hmong", "pl Polish", "quc K'iche'", "mam Mam", "kjb Q'anjob'al", "kek Q'eqchi'",
        "mix Mixtec", "zap Zapotec", "nah Nahuatl", "ase American Sign Language",
    ];

    /// <summary>What a language is called in English; its code where nobody knows it.</summary>
    public static string LanguageName(string code) =>
        Languages.FirstOrDefault(l => l.StartsWith(code + " ", StringComparison.Ordinal)) is { } language ? language[(code.Length + 1)..] : LanguageNames.Of(code)?[0] ?? code;

    /// <summary>The form.</summary>
    public EntryForm Form { get; } = form;

    /// <summary>What is worth a second look.</summary>
    public IReadOnlyList<EntryWarning> Warnings { get; } = warnings;

    /// <summary>The element that takes the focus when the page opens; null for none.</summary>
    public string? FocusId { get; init; }

    /// <summary>An error's place in the summary: the element to jump to.</summary>
    public static string Target(FormPart part) => part.Field.Type is FieldType.Choices or FieldType.Part or FieldType.List ? part.ElementId + "-group" : part.ElementId;

    /// <summary>A part's name with those of the parts that it belongs to, such as "Telephone number 2: Number".</summary>
    public string Called(FormPart part)
    {
        var names = new List<string>();
        var at = Form.Root;
        while (at != part && at.Parts.FirstOrDefault(p => p == part || IsWithin(part.Path, p.Path)) is { } next)
        {
            names.Add(at.Field.Type == FieldType.List ? $"{Capital(at.Field.ItemLabel)} {at.Parts.IndexOf(next) + 1}" : next.Field.Label);
            if (at.Field.Type == FieldType.List && names.Count > 1)
            {
                names.RemoveAt(names.Count - 2);
            }

            at = next;
        }

        return string.Join(": ", names);
    }

    /// <summary>What can be chosen; a code that stands in the entry and is no longer offered is among them.</summary>
    public IReadOnlyList<FormOption> Options(FormPart part)
    {
        var chosen = part.Field.Type == FieldType.Choices ? part.Chosen : [.. new[] { part.Text }.Where(t => t.Length > 0)];
        var offered = Offered(part.Field, chosen).ToList();
        offered.AddRange(chosen.Where(c => offered.All(o => o.Code != c)).Select(c => new FormOption(c, c, "Not in the list any more.")).ToList());
        return offered;
    }

    /// <summary>The list of proposals for a field, by its id; null for a field without.</summary>
    public static string? Proposals(FormField field) => field.Name switch
    {
        "state" or "stateProvince" => "states",
        "language" => "languages",
        "timeZone" => "time-zones",
        _ => null,
    };

    /// <summary>The lists of proposals.</summary>
    public static IEnumerable<(string Id, IEnumerable<(string Value, string Label)> Options)> AllProposals { get; } =
    [
        ("states", States.All.Select(s => (s.Code, s.Name))),
        ("languages", Languages.Select(l => (l.Split(' ', 2)[0], l.Split(' ', 2)[1]))),
        ("time-zones", States.All.Select(s => s.TimeZone).Distinct().Order().Select(z => (z, z))),
    ];

    /// <summary>A browser's own control for days and times shows nothing that it can't read: such a text keeps a plain field.</summary>
    public static string InputType(FormPart part) => part.Field.Type switch
    {
        FieldType.Date when part.Text.Length == 0 || DateOnly.TryParseExact(part.Text, "yyyy-MM-dd", out _) => "date",
        FieldType.Time when part.Text.Length == 0 || TimeOnly.TryParseExact(part.Text, "HH:mm", out _) => "time",
        FieldType.Moment when part.Text.Length == 0 || DateTime.TryParseExact(part.Text, "yyyy-MM-dd'T'HH:mm", null, default, out _) => "datetime-local",
        _ => "text",
    };

    /// <summary>The first letter in upper case.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private IEnumerable<FormOption> Offered(FormField field, List<string> chosen)
    {
        if (field.Vocabulary is { } name)
        {
            return (vocabularies.Find(name)?.Terms ?? [])
                .Where(t => !t.Retired || chosen.Contains(t.Code))
                .Select(t => new FormOption(t.Code, t.Label, t.Definition));
        }

        // The provisions that the same entry lays down.
        return field.Codes.Count > 0
            ? field.Codes.Select(c => new FormOption(c, Capital(c), null))
            : Form.Root.Parts.FirstOrDefault(p => p.Field.Name == field.Name)?.Parts
                .Select(p => (Code: p.Parts.First(c => c.Field.Name == "code").Text.Trim(), Text: p.Parts.First(c => c.Field.Name == "text").Text))
                .Where(p => p.Code.Length > 0)
                .Select(p => new FormOption(p.Code, p.Code, p.Text)) ?? [];
    }

    private static bool IsWithin(string path, string parent) =>
        path.StartsWith(parent, StringComparison.Ordinal) && path.Length > parent.Length && path[parent.Length] is '.' or '[';
}
