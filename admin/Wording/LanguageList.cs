using HealthEquity.Directory.Entries;
using HealthEquity.Search.Text;

namespace HealthEquity.Admin.Wording;

/// <summary>Languages as people type and read them: "Spanish, Haitian Creole".</summary>
public static class LanguageList
{
    private static readonly char[] Separators = [',', ';', '\n'];

    /// <summary>Reads names and codes, separated by commas. What is not a language stays as it was typed.</summary>
    public static IReadOnlyList<string> Read(string? text) =>
        [.. (text ?? "").Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(TagOf).Distinct(StringComparer.Ordinal)];

    /// <summary>Writes languages so that <see cref="Read"/> reads the same.</summary>
    public static string Write(IEnumerable<string> tags) => string.Join(", ", tags.Select(NameOf));

    /// <summary>The tag of a language by its name or code; the text itself if it is none.</summary>
    public static string TagOf(string text) => LanguageNames.Find(text) ?? LanguageTag.Canonical(text.Trim()) ?? text.Trim();

    private static string NameOf(string tag) => LanguageNames.Of(tag)?[0] is { } name && LanguageNames.Find(name) == tag ? name : tag;
}
