using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Site.Fill;

/// <summary>A template to fill in in the browser, or a blank form to print.</summary>
/// <param name="frame">What all pages share.</param>
/// <param name="text">The strings in the reader's language.</param>
public sealed class FillPage(SiteFrame frame, SiteText text) : SitePage(frame, text)
{
    /// <inheritdoc/>
    public override string OwnStyles => Files.PaperStyles;

    /// <inheritdoc/>
    public override string OwnScript => Files.FillScript;

    /// <summary>The page of the material, without the language.</summary>
    public required string MaterialPath { get; init; }

    /// <summary>The slug, for the name of the saved file.</summary>
    public required string Slug { get; init; }

    /// <summary>The fields, in order, with labels in the language of the first paper.</summary>
    public required IReadOnlyList<TemplateField> Fields { get; init; }

    /// <summary>The language of the labels, where it is not the page's.</summary>
    public string? FieldsLanguage { get; init; }

    /// <summary>The text in one or two languages.</summary>
    public required IReadOnlyList<FillPaper> Papers { get; init; }

    /// <summary>True if the paper has large type, as for a wall.</summary>
    public required bool IsLarge { get; init; }

    /// <summary>The languages in which the template can be filled in.</summary>
    public required IReadOnlyList<SiteText> Offered { get; init; }
}

/// <summary>The text of a template in one language.</summary>
/// <param name="Language">The language, BCP-47.</param>
/// <param name="Title">The title.</param>
/// <param name="Html">The text with a place for each field; no HTML of its own.</param>
public sealed record FillPaper(string Language, string Title, string Html);
