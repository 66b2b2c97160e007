using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace HealthEquity.Directory.Entries;

/// <summary>
/// Language tags (BCP 47, RFC 5646): language, script and region from the IANA registry, which has every ISO 639 language, including
/// Indigenous ones (mam, quc, kek). The recommended form is canonical: zh-Hans, pt-BR.
/// </summary>
public static partial class LanguageTag
{
    private static readonly FrozenDictionary<string, FrozenSet<string>> Subtags = ReadSubtags();

    /// <summary>True for a registered tag in its canonical form.</summary>
    public static bool IsValid(string tag) => Canonical(tag) == tag;

    /// <summary>The canonical form of a tag, or null if it is not a tag: "ZH-hans" becomes "zh-Hans".</summary>
    public static string? Canonical(string tag)
    {
        var match = Shape().Match(tag);
        if (!match.Success)
        {
            return null;
        }

        var language = match.Groups["language"].Value.ToLowerInvariant();
        var script = Capitalized(match.Groups["script"].Value);
        var region = match.Groups["region"].Value.ToUpperInvariant();
        var known = Subtags["language"].Contains(language)
            && (script.Length == 0 || Subtags["script"].Contains(script))
            && (region.Length == 0 || Subtags["region"].Contains(region));
        return known ? string.Join('-', new[] { language, script, region }.Where(s => s.Length > 0)) : null;
    }

    /// <summary>True for an ISO 3166-1 country code, two capital letters.</summary>
    public static bool IsCountry(string code) => code.Length == 2 && Subtags["region"].Contains(code);

    private static string Capitalized(string script) =>
        script.Length == 0 ? "" : char.ToUpperInvariant(script[0]) + script[1..].ToLowerInvariant();

    private static FrozenDictionary<string, FrozenSet<string>> ReadSubtags()
    {
        using var stream = typeof(LanguageTag).Assembly.GetManifestResourceStream(typeof(LanguageTag), "LanguageSubtags.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => line.Split(": "))
            .GroupBy(parts => parts[0], parts => parts[1].Split(' '))
            .ToFrozenDictionary(g => g.Key, g => g.SelectMany(subtags => subtags).ToFrozenSet());
    }

    [GeneratedRegex(@"^(?<language>[a-z]{2,3})(-(?<script>[a-z]{4}))?(-(?<region>[a-z]{2}|[0-9]{3}))?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
