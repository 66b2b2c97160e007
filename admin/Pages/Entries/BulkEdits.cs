using HealthEquity.Admin.EntryForms;
using HealthEquity.Directory.Traits;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Reviews;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>An edit of a simple field that the list offers.</summary>
/// <param name="Code">The code, as "field:how".</param>
/// <param name="Words">The words, such as "Add cost".</param>
/// <param name="Vocabulary">The vocabulary of the value; null for languages.</param>
public sealed record BulkEditKind(string Code, string Words, string? Vocabulary);

/// <summary>The edits of simple fields that the list offers. Their value is typed by name, as in the entry's form.</summary>
public static class BulkEdits
{
    /// <summary>The code of the edit that adds a tag, which has its own control.</summary>
    public const string AddTag = FieldEdit.Tags + ":add";

    /// <summary>All that are offered under "Set a field".</summary>
    public static IReadOnlyList<BulkEditKind> Kinds { get; } =
    [
        new(FieldEdit.Languages + ":add", "Add language", null),
        new(FieldEdit.Languages + ":remove", "Remove language", null),
        new(FieldEdit.Availability + ":set", "Set capacity to", VocabularyNames.Capacity),
        new(FieldEdit.Immigration + ":set", "Set immigration status to", VocabularyNames.ImmigrationStatus),
        new(FieldEdit.Cost + ":add", "Add cost", VocabularyNames.Cost),
        new(FieldEdit.Cost + ":remove", "Remove cost", VocabularyNames.Cost),
        new(FieldEdit.Tags + ":remove", "Remove tag", VocabularyNames.Tag),
    ];

    /// <summary>The names that can be typed, for a data list.</summary>
    public static IEnumerable<string> Names(VocabularySet vocabularies) =>
        Kinds.Select(k => k.Vocabulary).OfType<string>().Distinct().SelectMany(v => LabelsOf(v, vocabularies)).Concat(LanguageLabels.All).Distinct();

    /// <summary>The labels of a vocabulary's current terms.</summary>
    public static IEnumerable<string> LabelsOf(string vocabulary, VocabularySet vocabularies) =>
        (vocabularies.Find(vocabulary)?.Terms ?? []).Where(t => !t.Retired).Select(t => t.Label);

    /// <summary>Reads an edit and the value that was typed for it.</summary>
    /// <returns>The edit, and what is wrong with it; null if nothing is.</returns>
    public static (FieldEdit Edit, string? Problem) Read(string? code, string? named, VocabularySet vocabularies)
    {
        var kind = code == AddTag ? new BulkEditKind(AddTag, "Add tag", VocabularyNames.Tag) : Kinds.FirstOrDefault(k => k.Code == code);
        if (kind is null)
        {
            return (new FieldEdit("", "", ""), "Choose what to change.");
        }

        if (string.IsNullOrWhiteSpace(named))
        {
            return (new FieldEdit("", "", ""), $"Enter what to {char.ToLowerInvariant(kind.Words[0])}{kind.Words.Split(' ')[0][1..]}, by name.");
        }

        var field = new GridField("", "", kind.Vocabulary ?? EntryPlaces.Language);
        var (value, problem) = field.Resolve(named, vocabularies);
        var how = kind.Code.Split(':');
        return (new FieldEdit(how[0], how[1], value ?? "") { Label = value is null ? "" : $"{kind.Words} “{field.LabelOf(value, vocabularies)}”" }, problem);
    }
}
