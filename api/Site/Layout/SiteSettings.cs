namespace HealthEquity.Api.Site.Layout;

/// <summary>What a department decides about its public pages.</summary>
public sealed record SiteSettings
{
    /// <summary>The department's name, at the head of every page.</summary>
    public string DepartmentName { get; init; } = "HealthEquity";

    /// <summary>The color of buttons and links, #rrggbb; white text on it has a contrast of at least 4.5 to 1.</summary>
    public string BrandColor { get; init; } = "#0f5f63";

    /// <summary>A notice below the header, by language (BCP-47); none where it is empty.</summary>
    public IReadOnlyDictionary<string, string> Notices { get; init; } = new Dictionary<string, string>();

    /// <summary>The ZIP code or town that stands in the search form at first; null for none.</summary>
    public string? DefaultNear { get; init; }

    /// <summary>The harmless page that the quick exit opens.</summary>
    public string ExitAddress { get; init; } = "https://www.weather.gov/";

    /// <summary>The notice in the reader's language, else in English, and the language it is in; null for none.</summary>
    public (string Text, string Language)? NoticeFor(string language) =>
        Notices.TryGetValue(language, out var text) && text.Length > 0 ? (text, language)
        : Notices.TryGetValue("en", out var english) && english.Length > 0 ? (english, "en")
        : null;
}
