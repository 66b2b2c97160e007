using System.Security.Cryptography;
using System.Text;
using HealthEquity.Directory.Duplicates;

namespace HealthEquity.Admin.Pages.Duplicates;

/// <summary>
/// What a curator takes of two entries, field by field. Items of a list are named by what they say, so that a choice stays with its
/// item when somebody else has saved meanwhile.
/// </summary>
/// <param name="fields">The fields in which the two differ.</param>
/// <param name="typed">What was chosen; null before anything was.</param>
public sealed class JoinForm(IReadOnlyList<JoinField> fields, IFormCollection? typed)
{
    /// <summary>The fields in which the two differ.</summary>
    public IReadOnlyList<JoinField> Fields => fields;

    /// <summary>The name of an item's box.</summary>
    public static string Key(JoinedItem item) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(item.Value.ToJsonString())).AsSpan(0, 8));

    /// <summary>Whose text of a field is chosen.</summary>
    public Side Chosen(JoinField field) =>
        Enum.TryParse<Side>(typed?[$"take:{field.Path}"], ignoreCase: true, out var side) && (side != Side.Both || field.CanKeepBoth) ? side : field.Proposal;

    /// <summary>Whether an item of a list is kept: all are, but those whose box was there and was left empty.</summary>
    public bool Keeps(JoinField field, JoinedItem item) =>
        typed is null || !typed[$"seen:{field.Path}"].Contains(Key(item)) || typed[$"item:{field.Path}"].Contains(Key(item));

    /// <summary>The choices, by path.</summary>
    public IReadOnlyDictionary<string, JoinChoice> Choices() => fields.ToDictionary(
        f => f.Path,
        f => f.Items is { } items
            ? new JoinChoice(Side.Both, items.Index().Where(i => Keeps(f, i.Item)).Select(i => i.Index).ToHashSet())
            : new JoinChoice(Chosen(f)),
        StringComparer.Ordinal);
}
