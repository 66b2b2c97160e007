using System.Collections.Frozen;
using HealthEquity.Directory.Text;

namespace HealthEquity.Search.Text;

/// <summary>Names of languages: in English, in Spanish and in the language itself (LanguageNames.txt).</summary>
public static class LanguageNames
{
    private static readonly FrozenDictionary<string, string[]> ByTag = Read();

    private static readonly FrozenDictionary<string, string> ByName = ByTag
        .SelectMany(t => t.Value.Select(name => (Name: Fold(name), Tag: t.Key)))
        // If two languages share a name, the one that lists it earlier wins: "Tagalog" is tl.
        .OrderBy(n => Array.FindIndex(ByTag[n.Tag], m => Fold(m) == n.Name)).ThenByDescending(n => n.Tag, StringComparer.Ordinal)
        .DistinctBy(n => n.Name)
        .ToFrozenDictionary(n => n.Name, n => n.Tag, StringComparer.Ordinal);

    /// <summary>All languages: the BCP-47 tag with its names, the English one first.</summary>
    public static IEnumerable<KeyValuePair<string, string[]>> All => ByTag;

    /// <summary>The names of the language with exactly this BCP-47 tag; null if unknown.</summary>
    public static string[]? Of(string tag) => ByTag.GetValueOrDefault(tag);

    /// <summary>The BCP-47 tag for a language name, ignoring case and accents; null if unknown.</summary>
    public static string? Find(string name) => ByName.GetValueOrDefault(Fold(name));

    private static string Fold(string name) => Folding.Fold(Folding.Compose(name.Trim()));

    private static FrozenDictionary<string, string[]> Read()
    {
        using var reader = new StreamReader(typeof(LanguageNames).Assembly.GetManifestResourceStream("HealthEquity.Search.Text.LanguageNames.txt")!);
        var names = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#') && line.Split(':', 2) is [var tag, var list])
            {
                names.Add(tag.Trim(), list.Split(',', StringSplitOptions.TrimEntries));
            }
        }

        return names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
