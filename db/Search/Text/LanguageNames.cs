using System.Collections.Frozen;
using HealthEquity.Directory.Text;

namespace HealthEquity.Search.Text;

/// <summary>What languages are called: in English, in Spanish and by those who speak them (the file Search/LanguageNames.txt).</summary>
public static class LanguageNames
{
    private static readonly FrozenDictionary<string, string[]> ByTag = Read();

    private static readonly FrozenDictionary<string, string> ByName = ByTag
        .SelectMany(t => t.Value.Select(name => (Name: Fold(name), Tag: t.Key)))
        // Where two languages share a name, the one that has it first keeps it: "Tagalog" is tl.
        .OrderBy(n => Array.FindIndex(ByTag[n.Tag], m => Fold(m) == n.Name)).ThenByDescending(n => n.Tag, StringComparer.Ordinal)
        .DistinctBy(n => n.Name)
        .ToFrozenDictionary(n => n.Name, n => n.Tag, StringComparer.Ordinal);

    /// <summary>The names of the language with exactly that BCP-47 tag; null when it is not known.</summary>
    public static string[]? Of(string tag) => ByTag.GetValueOrDefault(tag);

    /// <summary>The BCP-47 tag of the language that is called so, whatever its case and accents; null when none is.</summary>
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
