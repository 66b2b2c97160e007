namespace HealthEquity.Store.Settings;

/// <summary>
/// What a department decides about its public pages and embeds. Everything here is public: API nodes read it from <c>SiteSetting</c>,
/// the one table of settings that their login may read. Until an administrator saves it in the console, configuration (section <c>Site</c>)
/// applies.
/// </summary>
public sealed record SiteSettings
{
    /// <summary>The maximum length of a notice, in characters.</summary>
    public const int MaxNoticeLength = 500;

    /// <summary>The languages of the public pages, in the order of the chooser.</summary>
    public static IReadOnlyList<string> PageLanguages { get; } =
        ["en", "es", "zh-Hans", "zh-Hant", "vi", "ko", "tl", "ar", "fr", "ht", "pt", "ru", "so", "uk", "fa"];

    /// <summary>The department's name, at the head of every public page and every page of the console.</summary>
    public string DepartmentName { get; init; } = "HealthEquity";

    /// <summary>The color of buttons and links, #rrggbb; white text on it has a contrast of at least 4.5 to 1.</summary>
    public string BrandColor { get; init; } = "#0f5f63";

    /// <summary>The ZIP code or town that stands in the search form at first; null for none.</summary>
    public string? DefaultNear { get; init; }

    /// <summary>The harmless page that the quick exit opens, an https address.</summary>
    public string ExitAddress { get; init; } = "https://www.weather.gov/";

    /// <summary>A notice below the header, by language (BCP-47); none where it is empty.</summary>
    public IReadOnlyDictionary<string, string> Notices { get; init; } = new Dictionary<string, string>();

    /// <summary>The languages, BCP-47, in which the notice of free language assistance is shown (45 CFR 92.11: English and the 15 most common in the state).</summary>
    public IReadOnlyList<string> AssistanceLanguages { get; init; } = PageLanguages;

    /// <summary>The department's own wording of that notice, by language. Languages without one have the text of the pages (<c>site.assistance</c>).</summary>
    public IReadOnlyDictionary<string, string> AssistanceNotices { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The sites that may frame <c>/embed/list</c>, as origins such as <c>https://www.example.gov</c> or <c>https://*.example.gov</c>; any site
    /// may if the list is empty.
    /// </summary>
    public IReadOnlyList<string> FrameHosts { get; init; } = [];

    /// <summary>The origins, such as <c>https://www.example.gov</c>, to which a framed list may post its height; none if the list is empty.</summary>
    public IReadOnlyList<string> HeightOrigins { get; init; } = [];

    /// <summary>The notice in the reader's language, else in English, and the language it is in; null for none.</summary>
    public (string Text, string Language)? NoticeFor(string language) =>
        Notices.TryGetValue(language, out var text) && text.Length > 0 ? (text, language)
        : Notices.TryGetValue("en", out var english) && english.Length > 0 ? (english, "en")
        : null;

    /// <summary>The notice of free language assistance in a language.</summary>
    /// <param name="language">The language, BCP-47.</param>
    /// <param name="shipped">The text of the pages in that language.</param>
    public string AssistanceFor(string language, string shipped) =>
        AssistanceNotices.TryGetValue(language, out var text) && text.Length > 0 ? text : shipped;
}
