using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Lists;
using HealthEquity.Api.Site.Texts;

namespace HealthEquity.Api.Site.Embed;

/// <summary>The page on which web teams choose what their embed shows, see it, and copy the code.</summary>
public sealed class BuilderPage(SiteFrame frame, SiteText text) : SitePage(frame, text)
{
    /// <summary>What was chosen.</summary>
    public required Embedding Chosen { get; init; }

    /// <summary>The code for it.</summary>
    public required Snippets Code { get; init; }

    /// <summary>Kinds of entry with their names.</summary>
    public required IReadOnlyList<(string Code, string Label)> Kinds { get; init; }

    /// <summary>The department's curated lists: the last part of the address, and the title.</summary>
    public required IReadOnlyList<(string Slug, ForeignText Title)> Lists { get; init; }

    /// <summary>Whether frames tell sites how high they are.</summary>
    public required bool TellsHeight { get; init; }
}
