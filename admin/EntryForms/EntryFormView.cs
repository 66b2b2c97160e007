using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Entries;

namespace HealthEquity.Admin.EntryForms;

/// <summary>An option of a choice.</summary>
/// <param name="Code">The code.</param>
/// <param name="Label">The label.</param>
/// <param name="Help">The definition.</param>
public readonly record struct FormOption(string Code, string Label, string? Help);

/// <summary>The view model for the form's markup.</summary>
public sealed class EntryFormView(EntryForm form, VocabularySet vocabularies, IReadOnlyList<EntryWarning> warnings)
{
    /// <summary>Returns a language's English name, or its code if the language is unknown.</summary>
    public static string LanguageName(string code) => LanguageLabels.Of(code);

    /// <summary>The form.</summary>
    public EntryForm Form { get; } = form;

    /// <summary>The warnings to show above the form.</summary>
    public IReadOnlyList<EntryWarning> Warnings { get; } = warnings;

    /// <summary>The id of the element to focus when the page opens; null for none.</summary>
    public string? FocusId { get; init; }

    /// <summary>The paths of the texts whose translation is outdated, by language.</summary>
    public ILookup<string, string>? Outdated { get; init; }

    /// <summary>Whether the part holds the translation of a text that was changed after it was translated.</summary>
    public bool IsOutdated(FormPart part)
    {
        if (Outdated is null || part.Text.Length == 0 || !part.Path.StartsWith("translations[", StringComparison.Ordinal))
        {
            return false;
        }

        var steps = part.Path.Split('.');
        var path = steps switch
        {
            [_, "summary" or "description"] => steps[1],
            [_, _, "text"] when steps[1].StartsWith("texts[", StringComparison.Ordinal) => Form.Find($"{steps[0]}.{steps[1]}.path")?.Text,
            _ => null,
        };
        return path is not null && Form.Find($"{steps[0]}.language")?.Text is { } language && Outdated[language].Contains(path);
    }

    /// <summary>Returns the heading of a list item: a closed one with its language or place.</summary>
    public static string NameOf(FormPart item, string name)
    {
        string? TextOf(string field) => item.All().FirstOrDefault(p => p.Path == $"{item.Path}.{field}")?.Text is { Length: > 0 } text ? text : null;
        var own = item.ClosedAs is null ? null : TextOf("language") is { } language ? LanguageName(language) : TextOf("jurisdiction.name");
        return own is null ? name : $"{name}: {own}";
    }

    /// <summary>Returns what a closed item contains.</summary>
    public string Summary(FormPart item)
    {
        var texts = item.All().Count(p => p.Field.Type is FieldType.Line or FieldType.Text && p.Text.Length > 0 && p.Field.Name is not ("language" or "path"));
        var outdated = item.All().Count(IsOutdated);
        return (texts == 1 ? "1 text" : $"{texts:N0} texts") + (outdated == 0 ? "." : outdated == 1 ? ", 1 of them outdated." : $", {outdated:N0} of them outdated.");
    }

    /// <summary>Returns the id of the element that the error summary links to.</summary>
    public static string Target(FormPart part) => part.Field.Type is FieldType.Choices or FieldType.Part or FieldType.List ? part.ElementId + "-group" : part.ElementId;

    /// <summary>Returns a part's full label, such as "Phone number 2: Number".</summary>
    public string LabelOf(FormPart part)
    {
        var labels = new List<string>();
        var at = Form.Root;
        while (at != part && at.Parts.FirstOrDefault(p => p == part || IsWithin(part.Path, p.Path)) is { } next)
        {
            labels.Add(at.Field.Type == FieldType.List ? HoursGrid.NameOf(next) ?? $"{Capital(at.Field.ItemLabel)} {at.Parts.IndexOf(next) + 1}" : next.Field.Label);
            if (at.Field.Type == FieldType.List && labels.Count > 1)
            {
                labels.RemoveAt(labels.Count - 2);
            }

            at = next;
        }

        return string.Join(": ", labels);
    }

    /// <summary>Returns the options of a choice, including chosen codes that are no longer offered.</summary>
    public IReadOnlyList<FormOption> Options(FormPart part)
    {
        var chosen = part.Field.Type == FieldType.Choices ? part.Chosen : [.. new[] { part.Text }.Where(t => t.Length > 0)];
        var offered = Offered(part.Field, chosen).ToList();
        offered.AddRange(chosen.Where(c => offered.All(o => o.Code != c)).Select(c => new FormOption(c, c, "No longer in the list.")).ToList());
        return offered;
    }

    /// <summary>Returns the id of a field's datalist; null if the field has none.</summary>
    public static string? DatalistId(FormField field) => field.Type != FieldType.Line ? null : field.Name switch
    {
        "state" or "stateProvince" => "states",
        "language" => "languages",
        "timeZone" => "time-zones",
        "county" => "counties",
        _ => null,
    };

    /// <summary>The names that people choose from, by the id of the datalist.</summary>
    public static IReadOnlyList<(string Id, IEnumerable<string> Names)> Datalists { get; } =
    [
        ("states", States.All.Select(s => s.Name)),
        ("languages", LanguageLabels.All),
        ("time-zones", TimeZoneNames.All),
    ];

    /// <summary>Whether terms can be typed by name: where a list is too long to be shown open.</summary>
    public static bool CanType(FormPart part, IReadOnlyList<FormOption> options) => part.Field.Vocabulary is not null && options.Count > LongList;

    /// <summary>The number of options from which on a list is closed at first.</summary>
    public const int LongList = 8;

    /// <summary>The id of the datalist with the terms of a vocabulary.</summary>
    public static string TermsId(string vocabulary) => "terms-" + vocabulary;

    /// <summary>The vocabularies whose terms can be typed in the form, with the names to choose from.</summary>
    public IEnumerable<(string Vocabulary, IEnumerable<string> Names)> TypedVocabularies => Form.Root.All()
        .Where(p => Form.IsShown(p) && p.Field is { Type: FieldType.Choices, Vocabulary: not null }).Select(p => p.Field.Vocabulary!).Distinct()
        .Select(v => (v, vocabularies.Find(v)?.Terms.Where(t => !t.Retired).Select(t => t.Label).ToList() ?? []))
        .Where(v => v.Item2.Count > LongList).Select(v => (v.v, (IEnumerable<string>)v.Item2));

    /// <summary>The counties of the states in the form.</summary>
    public IEnumerable<string> CountyNames
    {
        get
        {
            var states = Form.Root.All().Where(p => p.Field.Name == "stateProvince").Select(p => p.Text).ToHashSet();
            return Counties.All.Where(c => states.Contains(c.State)).Select(c => c.Name).Distinct();
        }
    }

    /// <summary>Returns a field's text as people write it: names for codes, and phone numbers in their usual form.</summary>
    public static string Shown(FormPart part) => Picker.Of(part.Field) is { } picker ? picker.Show(part.Text)
        : part.Field.Name == "number" ? InputNormalizer.ShowPhone(part.Text)
        : part.Text;

    /// <summary>Returns the input type. Unreadable dates and times get a text input, because native controls would show nothing.</summary>
    public static string InputType(FormPart part) => part.Field.Type switch
    {
        FieldType.Date when part.Text.Length == 0 || DateOnly.TryParseExact(part.Text, "yyyy-MM-dd", out _) => "date",
        FieldType.Time when part.Text.Length == 0 || TimeOnly.TryParseExact(part.Text, "HH:mm", out _) => "time",
        FieldType.DateTime when part.Text.Length == 0 || DateTime.TryParseExact(part.Text, "yyyy-MM-dd'T'HH:mm", null, default, out _) => "datetime-local",
        _ => "text",
    };

    /// <summary>Capitalizes the first letter.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private IEnumerable<FormOption> Offered(FormField field, List<string> chosen)
    {
        if (field.Vocabulary is { } name)
        {
            return (vocabularies.Find(name)?.Terms ?? [])
                .Where(t => !t.Retired || chosen.Contains(t.Code))
                .Select(t => new FormOption(t.Code, t.Label, t.Definition));
        }

        // The entry's own provisions.
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
