using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Vocabularies;

namespace HealthEquity.Admin.Comparing;

/// <summary>One person's text of a field, against what both began with.</summary>
/// <param name="State">"as it was", "changed", "added", "removed".</param>
/// <param name="Pieces">The text, with what was removed and added marked.</param>
public sealed record MergeSide(string State, IReadOnlyList<Piece> Pieces);

/// <summary>A field in which two people's texts differ, as people read it.</summary>
/// <param name="Field">The field.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Item">Which item of its list, if it belongs to one.</param>
/// <param name="Mine">What I wrote.</param>
/// <param name="Theirs">What the other one saved.</param>
public sealed partial record MergeView(MergeField Field, string Label, string Item, MergeSide Mine, MergeSide Theirs)
{
    /// <summary>What taking both of a list would give.</summary>
    public const string Both = "Both: what either of you added, without what either took out";

    public static MergeView Of(EntryKind kind, MergeField field, VocabularySet vocabularies)
    {
        // Numbers in the path count the items of both texts; what an item is known by says more.
        var (label, form) = ChangeView.Called(kind, Number().Replace(field.Path, ""));
        var shown = form is { Type: FieldType.List, Item: { } item } && !field.IsOrder ? item : form;
        MergeSide Side(JsonNode? side) => new(
            StateOf(field, side),
            WordDiff.Compare(Text(shown, field.Base, vocabularies), Text(shown, side, vocabularies)));
        return new MergeView(
            field, field.IsOrder ? $"{label}: order" : label, string.Join(" › ", field.Item.Select(EntryFormView.Capital)), Side(field.Mine), Side(field.Theirs));
    }

    private static string StateOf(MergeField field, JsonNode? side) =>
        JsonNode.DeepEquals(field.Base, side) ? "as it was" : field.Base is null ? "added" : side is null ? "removed" : "changed";

    /// <summary>A value as text: one line for each field of a part and each value of a list.</summary>
    private static string? Text(FormField? field, JsonNode? value, VocabularySet vocabularies) => value switch
    {
        null => null,
        JsonObject part => Lines(field, part, vocabularies, "\n"),
        JsonArray list => string.Join('\n', list.Select(i => i is JsonObject part ? Lines(field?.Item, part, vocabularies, " · ") : Word(field, i, vocabularies))),
        _ => Word(field, value, vocabularies),
    };

    private static string Lines(FormField? field, JsonObject part, VocabularySet vocabularies, string between) => string.Join(between,
        from member in part
        let of = field?.Fields.FirstOrDefault(f => f.Name == member.Key)
        let text = member.Value switch
        {
            JsonObject inner => Lines(of, inner, vocabularies, " · "),
            JsonArray list => string.Join(", ", list.Select(i => i is JsonObject inner ? $"({Lines(of?.Item, inner, vocabularies, " · ")})" : Word(of, i, vocabularies))),
            var one => Word(of, one, vocabularies),
        }
        where text.Length > 0
        select $"{of?.Label ?? member.Key}: {text}");

    private static string Word(FormField? field, JsonNode? value, VocabularySet vocabularies) => value?.GetValueKind() switch
    {
        null or System.Text.Json.JsonValueKind.Null or System.Text.Json.JsonValueKind.False => "",
        System.Text.Json.JsonValueKind.True => "Yes",
        _ when field?.Vocabulary is not null => ChangeView.Worded(field, value.ToString(), vocabularies)!,
        _ when field?.Codes.Contains(value.ToString()) == true => EntryFormView.Capital(value.ToString()),
        _ => value.ToString(),
    };

    [GeneratedRegex(@"\[\d*\]")]
    private static partial Regex Number();
}
