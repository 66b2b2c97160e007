using HealthEquity.Admin.EntryForms;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Reviews;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>The edits of simple fields that the list offers.</summary>
public static class BulkEdits
{
    private static readonly (string Field, string How, string Heading, string Words, string Vocabulary)[] Groups =
    [
        (FieldEdit.Availability, "set", "Set capacity", "Set capacity to", VocabularyNames.Capacity),
        (FieldEdit.Immigration, "set", "Set immigration status", "Set immigration status to", VocabularyNames.ImmigrationStatus),
        (FieldEdit.Cost, "add", "Add cost", "Add cost", VocabularyNames.Cost),
        (FieldEdit.Cost, "remove", "Remove cost", "Remove cost", VocabularyNames.Cost),
        (FieldEdit.Tags, "remove", "Remove tag", "Remove tag", VocabularyNames.Tag),
    ];

    private static readonly string[] Languages = ["es", "ht", "pt-BR", "fr", "zh-Hans", "vi", "ko", "tl", "ru", "ar", "fa", "so", "am", "sw"];

    /// <summary>Returns the edits by group.</summary>
    public static IEnumerable<(string Heading, IReadOnlyList<FieldEdit> Edits)> Offered(VocabularySet vocabularies) =>
        Groups.Select(g => (g.Heading, Edits(g.Field, g.How, g.Words, (vocabularies.Find(g.Vocabulary)?.Terms ?? []).Where(t => !t.Retired).Select(t => (t.Code, t.Label)))))
            .Append(("Add language", Edits(FieldEdit.Languages, "add", "Add language", Languages.Select(l => (l, EntryFormView.LanguageName(l))))));

    /// <summary>Returns the edit with the code "field:how:value"; null if it is not offered.</summary>
    public static FieldEdit? Find(string? code, VocabularySet vocabularies) =>
        Offered(vocabularies).SelectMany(g => g.Edits).FirstOrDefault(e => CodeOf(e) == code);

    /// <summary>Returns the code of an edit.</summary>
    public static string CodeOf(FieldEdit edit) => $"{edit.Field}:{edit.How}:{edit.Value}";

    private static IReadOnlyList<FieldEdit> Edits(string field, string how, string words, IEnumerable<(string Code, string Label)> values) =>
        [.. values.Select(v => new FieldEdit(field, how, v.Code) { Label = $"{words} “{v.Label}”" })];
}
