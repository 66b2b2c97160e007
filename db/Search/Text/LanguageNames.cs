using System.Collections.Frozen;

namespace HealthEquity.Db.Search.Text;

/// <summary>What languages are called: in English, in Spanish and by those who speak them (the file Search/LanguageNames.txt).</summary>
internal static class LanguageNames
{
    private static readonly FrozenDictionary<string, string[]> ByTag = Read();

    /// <summary>The names of the language of a BCP-47 tag, and of the wider one that it belongs to.</summary>
    public static IEnumerable<string> Of(string tag)
    {
        var names = ByTag.GetValueOrDefault(tag, []);
        var primary = Stemmers.Primary(tag);
        return primary.Length == tag.Length ? names : names.Concat(ByTag.GetValueOrDefault(primary, []));
    }

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
