using System.Text.Json;
using HealthEquity.Api.Languages;
using HealthEquity.Store.Settings;

namespace HealthEquity.Api.Site.Texts;

/// <summary>The strings of the pages in every language: the files beside this one.</summary>
public sealed class SiteTexts
{
    /// <summary>The languages of the pages, in the order of the language chooser.</summary>
    public static IReadOnlyList<string> Languages => SiteSettings.PageLanguages;

    private readonly Dictionary<string, SiteText> _byLanguage;

    /// <summary>Reads the files.</summary>
    public SiteTexts() => _byLanguage = Read().ToDictionary(t => t.Language, StringComparer.Ordinal);

    /// <summary>The languages in the order of the language chooser.</summary>
    public IReadOnlyList<SiteText> All => [.. Languages.Where(_byLanguage.ContainsKey).Select(l => _byLanguage[l])];

    /// <summary>The strings in a language; null for one that the pages do not have.</summary>
    public SiteText? Find(string language) => _byLanguage.GetValueOrDefault(language);

    /// <summary>The strings in the best language for a reader; English where there is none.</summary>
    public SiteText Choose(LanguageChoice choice) =>
        All.Where(t => choice.Rank(t.Language) < int.MaxValue).MinBy(t => choice.Rank(t.Language)) ?? _byLanguage["en"];

    private static IEnumerable<SiteText> Read()
    {
        var assembly = typeof(SiteTexts).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith($"{typeof(SiteTexts).Namespace}.", StringComparison.Ordinal) && n.EndsWith(".json", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            yield return new SiteText(JsonSerializer.Deserialize<SiteTextFile>(stream, JsonSerializerOptions.Web)!);
        }
    }
}
