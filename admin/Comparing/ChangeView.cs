using System.Globalization;
using System.Text.RegularExpressions;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Forms;
using HealthEquity.Directory.Comparison;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Admin.Comparing;

/// <summary>A changed field in readable form.</summary>
/// <param name="Label">The field's label.</param>
/// <param name="Path">The field's path.</param>
/// <param name="Pieces">The text with marked insertions and deletions.</param>
/// <param name="Whole">Set if the whole field was added or removed.</param>
public sealed partial record ChangeView(string Label, string Path, IReadOnlyList<Piece> Pieces, PieceState? Whole)
{
    /// <summary>Returns the changes between two versions of an entry.</summary>
    public static IReadOnlyList<ChangeView> Of(EntryKind kind, string? before, string after, VocabularySet vocabularies) =>
        [.. WeekChange.Joined(EntryComparison.Compare(before, after), before, after).Where(c => c.Path != "kind").Select(c => Of(kind, c, vocabularies))];

    /// <summary>Returns the label of the field at a path, such as "Phone number 2: Number".</summary>
    public static (string Label, FormField? Field) Describe(EntryKind kind, string path)
    {
        var fields = EntryForm.Fields(kind).Fields;
        var labels = new List<string>();
        FormField? field = null;
        foreach (var step in path.Split('.'))
        {
            // The path can come from a public suggestion, so it may be invalid.
            var match = Step().Match(step);
            field = fields.FirstOrDefault(f => f.Name == match.Groups[1].Value);
            if (field is null)
            {
                return (path, null);
            }

            var index = match.Groups[2].Success ? $" {int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) + 1}" : "";
            labels.Add(index.Length > 0 && field.ItemLabel.Length > 0 ? EntryFormView.Capital(field.ItemLabel) + index : field.Label + index);
            fields = field.Item?.Fields ?? field.Fields;
        }

        return (string.Join(": ", labels), field);
    }

    /// <summary>Formats a value for people: labels for codes, names for languages, and readable dates, times, and phone numbers.</summary>
    public static string? Format(FormField? field, string? text, VocabularySet vocabularies)
    {
        Func<string, string>? format = field switch
        {
            { Vocabulary: { } vocabulary } => code => vocabularies.Find(vocabulary, code)?.Label ?? code,
            not null when Picker.Of(field) is { } picker => picker.Show,
            not null when IsLanguage(field) => EntryFormView.LanguageName,
            { Type: FieldType.Date or FieldType.Time or FieldType.DateTime } or { Name: "number" } => Formatted,
            _ => null,
        };
        return text is null || format is null ? text : string.Join('\n', text.Split('\n').Select(format));

        string Formatted(string value) => FormatInvariant(field!.Type, value);
    }

    private static string FormatInvariant(FieldType type, string value)
    {
        var culture = CultureInfo.InvariantCulture;
        return type switch
        {
            FieldType.Date when DateOnly.TryParseExact(value, "yyyy-MM-dd", culture, DateTimeStyles.None, out var date) => DisplayFormat.Date(date),
            FieldType.Time when TimeOnly.TryParse(value, culture, out var time) => DisplayFormat.Time(time),
            FieldType.DateTime when System.DateTime.TryParse(value, culture, DateTimeStyles.None, out var local) => DisplayFormat.DateTime(local),
            FieldType.Line => DisplayFormat.Phone(value),
            _ => value,
        };
    }

    /// <summary>Returns whether the field contains language codes.</summary>
    public static bool IsLanguage(FormField field) => field.Name is "language" or "languages";

    [GeneratedRegex(@"^translations\[[0-9]+\]\.texts\[[0-9]+\]\.path$")]
    private static partial Regex OfTranslatedText();

    [GeneratedRegex(@"^([^\[\]]+)(?:\[([0-9]{1,6})\])?$")]
    private static partial Regex Step();

    /// <summary>Converts a field change.</summary>
    public static ChangeView Of(EntryKind kind, FieldChange change, VocabularySet vocabularies)
    {
        var (label, field) = Describe(kind, change.Path);
        if (OfTranslatedText().IsMatch(change.Path))
        {
            // Which text it is, as the form calls it.
            string? Named(string? path) => path is null ? null : Describe(kind, path).Label;
            change = change with { Before = Named(change.Before), After = Named(change.After) };
        }

        var (before, after) = (Format(field, change.Before, vocabularies), Format(field, change.After, vocabularies));
        PieceState? whole = before is null ? PieceState.Added : after is null ? PieceState.Removed : null;
        return new ChangeView(label, change.Path, WordDiff.Compare(before, after), whole);
    }
}
