using HealthEquity.Api.Site.Cards;
using HealthEquity.Api.Site.Layout;
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

    /// <summary>Everything else, in the order in which people ask about it.</summary>
    public required IReadOnlyList<Section> Sections { get; init; }
}

/// <summary>A page that says that an entry was taken down, or never was.</summary>
public sealed class MissingPage(SiteFrame frame, SiteText text) : SitePage(frame, text)
{
    /// <summary>The heading.</summary>
    public required string Heading { get; init; }

    /// <summary>What to do now.</summary>
    public required string Advice { get; init; }
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

    /// <summary>True for names, numbers and addresses, which no browser should translate.</summary>
    public bool KeepAsIs { get; init; }

    /// <summary>True when there is something to show.</summary>
    public bool HasContent => Lines.Count > 0 || Table.Count > 0 || !string.IsNullOrEmpty(Html);
}

/// <summary>A line of a section.</summary>
/// <param name="Text">The words.</param>
/// <param name="Link">Where it leads; null for nowhere.</param>
/// <param name="Note">Said after it; null for nothing.</param>
public sealed record SectionLine(string Text, string? Link = null, string? Note = null);
