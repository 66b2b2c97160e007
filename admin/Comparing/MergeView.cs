using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Directory.Comparison;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Admin.Comparing;

/// <summary>One person's version of a field, compared with the original.</summary>
/// <param name="State">"unchanged", "changed", "added", or "removed".</param>
/// <param name="Pieces">The text with marked insertions and deletions.</param>
public sealed record MergeSide(string State, IReadOnlyList<Piece> Pieces);

/// <summary>A field with two different versions, in readable form.</summary>
/// <param name="Field">The field.</param>
/// <param name="Label">The field's label.</param>
/// <param name="Item">The list item that the field belongs to; empty for none.</param>
/// <param name="Mine">The user's version.</param>
/// <param name="Theirs">The saved version of the other curator.</param>
public sealed partial record MergeView(MergeField Field, string Label, string Item, MergeSide Mine, MergeSide Theirs)
{
    /// <summary>The label for merging both versions of a list.</summary>
    public const string Both = "Both: keep all additions and apply all removals";

    public static MergeView Of(EntryKind kind, MergeField field, VocabularySet vocabularies)
    {
        // Leave out item numbers: they count the items of both versions. The item's name says more.
        var (label, form) = ChangeView.Describe(kind, Number().Replace(field.Path, ""));
        MergeSide Side(JsonNode? side) => new(
            StateOf(field, side),
            WordDiff.Compare(Text(form, field.Base, vocabularies), Text(form, side, vocabularies)));
        return new MergeView(
            field, field.IsOrder ? $"{label}: order" : label, string.Join(" › ", field.Item.Select(EntryFormView.Capital)), Side(field.Mine), Side(field.Theirs));
    }

    private static string StateOf(MergeField field, JsonNode? side) =>
        JsonNode.DeepEquals(field.Base, side) ? "unchanged" : field.Base is null ? "added" : side is null ? "removed" : "changed";

    private static string? Text(FormField? field, JsonNode? value, VocabularySet vocabularies) => value is null ? null : ValueFormat.Of(field, value, vocabularies);

    [GeneratedRegex(@"\[\d*\]")]
    private static partial Regex Number();
}
