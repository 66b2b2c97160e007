using HealthEquity.Api.Site.Cards;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Maps;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Site.EntryPages;

/// <summary>Everything public about one entry.</summary>
public sealed class EntryDetailsPage(SiteFrame frame, SiteText text) : SitePage(frame, text)
{
    /// <summary>The entry in the reader's language.</summary>
    public required Entry Entry { get; init; }

    /// <summary>The entry as results show it.</summary>
    public required EntryCard Card { get; init; }

    /// <inheritdoc/>
    public override string Description => Entry.Summary ?? base.Description;

    /// <summary>Everything else, in the order in which people ask about it.</summary>
    public required IReadOnlyList<Section> Sections { get; init; }

    /// <summary>The heading, where it is another than the entry's name: the title of a material's edition in the reader's language.</summary>
    public string? Heading { get; init; }

    /// <summary>The language of the summary where it is not the reader's.</summary>
    public string? SummaryLanguage => Card.SummaryLanguage;

    /// <summary>The English summary, where the reader's is about danger or rights and no person has reviewed it.</summary>
    public string? English { get; init; }

    /// <summary>True for what is about the law: general information, not advice.</summary>
    public bool IsLegal { get; init; }

    /// <summary>What to know about the dates of an event; null for nothing.</summary>
    public string? When { get; init; }
}

/// <summary>A page that says that an entry was taken down, or never was.</summary>
public sealed class MissingPage(SiteFrame frame, SiteText text) : SitePage(frame, text)
{
    /// <summary>The heading.</summary>
    public required string Heading { get; init; }

    /// <summary>What to do now.</summary>
    public required string Advice { get; init; }

    /// <summary>Other entries that may help instead.</summary>
    public IReadOnlyList<EntryCard> Others { get; init; } = [];
}

/// <summary>A part of an entry's page.</summary>
/// <param name="Heading">Its heading.</param>
public sealed record Section(string Heading)
{
    /// <summary>Lines of text.</summary>
    public IReadOnlyList<SectionLine> Lines { get; init; } = [];

    /// <summary>Pairs of words, such as days and hours.</summary>
    public IReadOnlyList<(string Name, string Value)> Table { get; init; } = [];

    /// <summary>Rendered Markdown without any HTML of its own; null for none.</summary>
    public string? Html { get; init; }

    /// <summary>The language of the texts, where it is not the page's.</summary>
    public string? Language { get; init; }

    /// <summary>True for steps, which are counted.</summary>
    public bool IsNumbered { get; init; }

    /// <summary>True for what few readers look for, such as an edition in another language: it is folded up at first.</summary>
    public bool IsFolded { get; init; }

    /// <summary>A map; null for none.</summary>
    public AreaMap? Map { get; init; }

    /// <summary>True when the text has a table, which may be wider than a phone and is then moved by keyboard.</summary>
    public bool HasTable => Html?.Contains("<table", StringComparison.Ordinal) == true;

    /// <summary>True when there is something to show.</summary>
    public bool HasContent => Lines.Count > 0 || Table.Count > 0 || !string.IsNullOrEmpty(Html);
}

/// <summary>A line of a section.</summary>
/// <param name="Text">The words.</param>
/// <param name="Link">Where it leads; null for nowhere.</param>
/// <param name="Note">Said after it; null for nothing.</param>
public sealed record SectionLine(string Text, string? Link = null, string? Note = null)
{
    /// <summary>Stands between the parts of a note.</summary>
    public const string Dot = " · ";

    /// <summary>The parts of the note: each runs in its own direction.</summary>
    public IReadOnlyList<string> Notes => Note?.Split(Dot) ?? [];

    /// <summary>True for names, numbers and addresses, which no browser should translate.</summary>
    public bool KeepAsIs { get; init; }

    /// <summary>The page of this site to which it leads, without the language; null for none.</summary>
    public string? Path { get; init; }

    /// <summary>A way to reach the entry, whose number alone is kept as it is; null for other lines.</summary>
    public ContactAction? Action { get; init; }
}

/// <summary>A part of an entry's page, and the page.</summary>
/// <param name="Part">The part.</param>
/// <param name="Page">The page.</param>
public sealed record SectionModel(Section Part, SitePage Page);
