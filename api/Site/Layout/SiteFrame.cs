using HealthEquity.Api.Feed;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Store.Settings;

namespace HealthEquity.Api.Site.Layout;

/// <summary>What all pages share: languages, the department, the style sheet and the script.</summary>
public sealed class SiteFrame(SiteTexts texts, DirectorySite site, SiteFiles files)
{
    /// <summary>The languages of the pages.</summary>
    public IReadOnlyList<SiteText> Languages => texts.All;

    /// <summary>The department.</summary>
    public SiteSettings Settings => site.Settings;

    /// <summary>The style sheet and the script.</summary>
    public SiteFiles Files => files;

    /// <summary>The strings for a request: of the language in its address, else of the reader's.</summary>
    /// <param name="request">The request.</param>
    /// <param name="language">The language in the address; null where it has none.</param>
    public SiteText TextFor(HttpRequest request, string? language) =>
        language is not null && texts.Find(language) is { } chosen ? chosen : texts.Choose(LanguageChoice.Of(null, request));
}
