using System.Globalization;
using System.Reflection;

namespace HealthEquity.Directory.Entries;

/// <summary>
/// The texts of an entry that a translation holds by path: <c>steps[0]</c>, <c>provisions[judicial-warrant].text</c>,
/// <c>hours.note</c>. A provision is named by its code, so that its translation stays with it when the list is put in another order.
/// </summary>
public static class EntryTexts
{
    /// <summary>Each text and its path, in the order of the entry.</summary>
    public static IEnumerable<(string Path, string Text)> Of(Entry entry)
    {
        foreach (var (path, member, value) in EntryMembers.Walk(entry).Where(v => v.Value is not null && IsTranslatable(v.Member)))
        {
            if (value is string text)
            {
                yield return (WithCode(entry, path), text);
            }
            else if (value is IReadOnlyList<string> list)
            {
                foreach (var (index, item) in list.Index())
                {
                    yield return ($"{path}[{index}]", item);
                }
            }
        }
    }

    private static bool IsTranslatable(EntryMember member) => member.Property.IsDefined(typeof(TranslatableAttribute));

    /// <summary>Names a provision by its code instead of its place.</summary>
    private static string WithCode(Entry entry, string path)
    {
        const string Start = "provisions[";
        if (entry is not PolicyAction action || !path.StartsWith(Start, StringComparison.Ordinal))
        {
            return path;
        }

        var end = path.IndexOf(']', StringComparison.Ordinal);
        var place = int.Parse(path.AsSpan(Start.Length..end), CultureInfo.InvariantCulture);
        return $"{Start}{action.Provisions[place].Code}{path[end..]}";
    }
}
