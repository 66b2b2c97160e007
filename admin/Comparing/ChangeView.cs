using System.Globalization;
using System.Text.RegularExpressions;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Directory.Comparison;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Admin.Comparing;

/// <summary>One changed field as people read it.</summary>
/// <param name="Label">What it is called.</param>
/// <param name="Path">Where it stands.</param>
/// <param name="Pieces">The text, with what was removed and added marked.</param>
/// <param name="Whole">The whole field was added or removed.</param>
public sealed partial record ChangeView(string Label, string Path, IReadOnlyList<Piece> Pieces, PieceState? Whole)
{
    /// <summary>The changes between two texts of an entry.</summary>
    public static IReadOnlyList<ChangeView> Of(EntryKind kind, string? before, string after, VocabularySet vocabularies) =>
        [.. EntryComparison.Compare(before, after).Where(c => c.Path != "kind").Select(c => Of(kind, c, vocabularies))];

    /// <summary>What the field at a path is called, such as "Telephone numbers 2: Number".</summary>
    public static (string Label, FormField? Field) Called(EntryKind kind, string path)
    {
        var fields = EntryForm.Fields(kind).Fields;
        var labels = new List<string>();
        FormField? field = null;
        foreach (var step in path.Split('.'))
        {
            // The public may name a field too, so nothing is taken for granted.
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

    /// <summary>A value as people read it: codes by their labels, languages by their names.</summary>
    public static string? Worded(FormField? field, string? text, VocabularySet vocabularies)
    {
        Func<string, string>? word = field switch
        {
            { Vocabulary: { } vocabulary } => code => vocabularies.Find(vocabulary, code)?.Label ?? code,
            not null when IsLanguage(field) => EntryFormView.LanguageName,
            _ => null,
        };
        return text is null || word is null ? text : string.Join('\n', text.Split('\n').Select(word));
    }

    /// <summary>The field holds codes of languages.</summary>
    public static bool IsLanguage(FormField field) => field.Name is "language" or "languages";

    [GeneratedRegex(@"^([^\[\]]+)(?:\[([0-9]{1,6})\])?$")]
    private static partial Regex Step();

    /// <summary>A change that was found before.</summary>
    public static ChangeView Of(EntryKind kind, FieldChange change, VocabularySet vocabularies)
    {
        var (label, field) = Called(kind, change.Path);
        var (before, after) = (Worded(field, change.Before, vocabularies), Worded(field, change.After, vocabularies));
        PieceState? whole = before is null ? PieceState.Added : after is null ? PieceState.Removed : null;
        return new ChangeView(label, change.Path, WordDiff.Compare(before, after), whole);
    }
}
