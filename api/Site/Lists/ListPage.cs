using HealthEquity.Api.Site.Cards;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Texts;

namespace HealthEquity.Api.Site.Lists;

/// <summary>A curated list: places that a curator picked, in an order.</summary>
/// <param name="frame">What all pages share.</param>
/// <param name="text">The strings in the reader's language.</param>
public sealed class ListPage(SiteFrame frame, SiteText text) : SitePage(frame, text)
{
    /// <summary>The title.</summary>
    public required ForeignText Heading { get; init; }

    /// <summary>The curator's note above the entries; null for none.</summary>
    public ForeignText? Note { get; init; }

    /// <inheritdoc/>
    public override string Description => Note?.Text ?? base.Description;

    /// <summary>What was taken down, merged or not checked for too long.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>The entries that the directory has.</summary>
    public required IReadOnlyList<ListedCard> Cards { get; init; }

    /// <summary>When the list last changed.</summary>
    public required DateOnly ChangedOn { get; init; }

    /// <summary>The address of the sheet to print.</summary>
    public required string PrintLink { get; init; }
}

/// <summary>An entry on a list and the curator's note about it.</summary>
/// <param name="Card">The entry.</param>
/// <param name="Note">The note; null for none.</param>
public sealed record ListedCard(EntryCard Card, ForeignText? Note);

/// <summary>A text that may be in another language than its page.</summary>
/// <param name="Text">The text.</param>
/// <param name="Language">Its language; null if it is the page's.</param>
public sealed record ForeignText(string Text, string? Language)
{
    /// <summary>The text in the best language for a page; null if there is none.</summary>
    public static ForeignText? Of(IReadOnlyDictionary<string, string> texts, SiteText page) =>
        Languages.TextChoice.Of(texts, Languages.LanguageChoice.OfTag(page.Language)) is var (text, language)
            ? new ForeignText(text, language == page.Language ? null : language)
            : null;
}
