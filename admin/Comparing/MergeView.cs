using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Directory.Comparison;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

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
        MergeSide Side(JsonNode? side) => new(
            StateOf(field, side),
            WordDiff.Compare(Text(form, field.Base, vocabularies), Text(form, side, vocabularies)));
        return new MergeView(
            field, field.IsOrder ? $"{label}: order" : label, string.Join(" › ", field.Item.Select(EntryFormView.Capital)), Side(field.Mine), Side(field.Theirs));
    }

    private static string StateOf(MergeField field, JsonNode? side) =>
        JsonNode.DeepEquals(field.Base, side) ? "as it was" : field.Base is null ? "added" : side is null ? "removed" : "changed";

    private static string? Text(FormField? field, JsonNode? value, VocabularySet vocabularies) => value is null ? null : ValueWords.Of(field, value, vocabularies);

    [GeneratedRegex(@"\[\d*\]")]
    private static partial Regex Number();
}
