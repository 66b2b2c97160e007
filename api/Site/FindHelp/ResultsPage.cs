using HealthEquity.Api.Search;
using HealthEquity.Api.Site.Cards;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Maps;
using HealthEquity.Api.Site.Texts;

namespace HealthEquity.Api.Site.FindHelp;

/// <summary>What was found.</summary>
public sealed class ResultsPage(SiteFrame frame, SiteText text) : SitePage(frame, text)
{
    /// <summary>The heading: how many, and where.</summary>
    public required string Heading { get; init; }

    /// <summary>What was asked, without the page, as the form sends it again.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Asked { get; init; }

    /// <summary>What a link to these results has in its address, when somebody copies one.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Shared { get; init; }

    /// <inheritdoc/>
    public override string? Repeat => Embed is null ? FindForm.Pack(Asked) : null;

    /// <summary>False: most readers come from the first page, which has brought the style sheet already.</summary>
    public override bool HasInlineStyles => false;

    /// <inheritdoc/>
    public override string InLanguage(string language) =>
        Embed is { Need: { } need } && Asked.ValueOf("need") == need ? Embed.To("", language, need) : base.InLanguage(language);

    /// <summary>True for the first view of an embed, which leaves out the filters and what stands below the results.</summary>
    public bool IsFirst => Embed?.Part == ViewPart.First;

    /// <summary>The words that were typed.</summary>
    public string? Words { get; init; }

    /// <summary>The place that was typed.</summary>
    public string? Near { get; init; }

    /// <summary>The results.</summary>
    public required IReadOnlyList<EntryCard> Cards { get; init; }

    /// <summary>What to say about the results: nothing fits, spelling, what was left out.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whom to call now; null for nobody in particular.</summary>
    public UrgentHelp? Hotlines { get; init; }

    /// <summary>What was understood, each removable.</summary>
    public IReadOnlyList<UnderstoodTag> Tags { get; init; } = [];

    /// <summary>Other places of the same name.</summary>
    public IReadOnlyList<string> OtherPlaces { get; init; } = [];

    /// <summary>Filters with counts.</summary>
    public IReadOnlyList<FilterGroup> Filters { get; init; } = [];

    /// <summary>True when only what is open now is wanted.</summary>
    public bool IsOpenNow { get; init; }

    /// <summary>Where the results are; null when none of them has a place.</summary>
    public AreaMap? Map { get; init; }

    /// <summary>The next page; null when there is none.</summary>
    public int? NextPage { get; init; }
}

/// <summary>Whom to call now, above the results.</summary>
/// <param name="Key">The key of the heading.</param>
/// <param name="IsEmergency">True when 911 is to be named besides.</param>
/// <param name="Items">The hotlines.</param>
public sealed record UrgentHelp(string Key, bool IsEmergency, IReadOnlyList<HotlineCard> Items);

/// <summary>A hotline above the results.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Its page, without the language; null where the directory has none.</param>
/// <param name="Actions">How to reach it.</param>
/// <param name="Text">What to expect.</param>
/// <param name="TextLanguage">The language of the text, where it is not the page's.</param>
/// <param name="English">The English text, where no person has reviewed the translation.</param>
public sealed record HotlineCard(string Name, string? Path, IReadOnlyList<ContactAction> Actions, string? Text, string? TextLanguage, string? English);

/// <summary>Something that was understood, and how to take it back.</summary>
/// <param name="Label">What it is, in the reader's language.</param>
/// <param name="Without">The form's values without it.</param>
public sealed record UnderstoodTag(string Label, IReadOnlyList<KeyValuePair<string, string>> Without);

/// <summary>A group of filters.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Values">Its values with counts.</param>
/// <param name="Chosen">The values that are chosen.</param>
public sealed record FilterGroup(string Name, string Label, IReadOnlyList<FacetValue> Values, IReadOnlySet<string> Chosen);

/// <summary>A card and the page on which it is.</summary>
/// <param name="Card">The card.</param>
/// <param name="Page">The page.</param>
public sealed record CardModel(EntryCard Card, SitePage Page)
{
    /// <summary>A curator's note about the entry; null for none.</summary>
    public string? Note { get; init; }

    /// <summary>The language of the note, where it is not the page's.</summary>
    public string? NoteLanguage { get; init; }
}
