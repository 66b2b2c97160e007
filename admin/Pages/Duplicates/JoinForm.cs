using System.Security.Cryptography;
using System.Text;
using HealthEquity.Directory.Duplicates;
using Microsoft.Extensions.Primitives;

namespace HealthEquity.Admin.Pages.Duplicates;

/// <summary>
/// A curator's choices for merging two entries, field by field. List items are identified by their content, so that a choice stays with
/// its item if someone else saves in the meantime.
/// </summary>
/// <param name="fields">The fields that differ.</param>
/// <param name="posted">The posted choices; null before the first post.</param>
public sealed class JoinForm(IReadOnlyList<JoinField> fields, IFormCollection? posted)
{
    /// <summary>The fields that differ.</summary>
    public IReadOnlyList<JoinField> Fields => fields;

    /// <summary>Returns the posted choices, for a proposal.</summary>
    public static IReadOnlyDictionary<string, string[]> Posted(IFormCollection form) => form
        .Where(f => f.Key.StartsWith("take:", StringComparison.Ordinal) || f.Key.StartsWith("seen:", StringComparison.Ordinal) || f.Key.StartsWith("item:", StringComparison.Ordinal))
        .ToDictionary(f => f.Key, f => f.Value.OfType<string>().ToArray(), StringComparer.Ordinal);

    /// <summary>Returns the choices of a proposal as if they were posted.</summary>
    public static IFormCollection Form(IReadOnlyDictionary<string, string[]> choices) =>
        new FormCollection(choices.ToDictionary(c => c.Key, c => new StringValues(c.Value), StringComparer.Ordinal));

    /// <summary>Returns the value of an item's check box.</summary>
    public static string Key(JoinedItem item) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(item.Value.ToJsonString())).AsSpan(0, 8));

    /// <summary>Returns the chosen side of a field.</summary>
    public Side Chosen(JoinField field) =>
        Enum.TryParse<Side>(posted?[$"take:{field.Path}"], ignoreCase: true, out var side) && (side != Side.Both || field.CanKeepBoth) ? side : field.Proposal;

    /// <summary>Returns whether a list item is kept. Items are kept unless the curator cleared their check box.</summary>
    public bool Keeps(JoinField field, JoinedItem item) =>
        posted is null || !posted[$"seen:{field.Path}"].Contains(Key(item)) || posted[$"item:{field.Path}"].Contains(Key(item));

    /// <summary>Returns the choices by path.</summary>
    public IReadOnlyDictionary<string, JoinChoice> Choices() => fields.ToDictionary(
        f => f.Path,
        f => f.Items is { } items
            ? new JoinChoice(Side.Both, items.Index().Where(i => Keeps(f, i.Item)).Select(i => i.Index).ToHashSet())
            : new JoinChoice(Chosen(f)),
        StringComparer.Ordinal);
}
