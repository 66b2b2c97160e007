using System.Collections.Frozen;

namespace HealthEquity.Db.Search.Text;

/// <summary>What languages are called: in English, in Spanish and by those who speak them (the file Search/LanguageNames.txt).</summary>
internal static class LanguageNames
{
    private static readonly FrozenDictionary<string, string[]> ByTag = Read();

    /// <summary>The names of the language with exactly that BCP-47 tag; null when it is not known.</summary>
    public static string[]? Of(string tag) => ByTag.GetValueOrDefault(tag);

    private static FrozenDictionary<string, string[]> Read()
    {
        using var reader = new StreamReader(typeof(LanguageNames).Assembly.GetManifestResourceStream("HealthEquity.Db.Search.LanguageNames.txt")!);
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
