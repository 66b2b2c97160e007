using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Needs;
using HealthEquity.Api.Site.Texts;

namespace HealthEquity.Api.Site.FindHelp;

/// <summary>The first page: what you need, and where.</summary>
public sealed class FindPage(SiteFrame frame, SiteText text) : SitePage(frame, text)
{
    /// <summary>The large choices.</summary>
    public IReadOnlyList<Need> Needs => Embed is { Needs: { Count: > 0 } chosen } ? [.. Need.All.Where(n => chosen.Contains(n.Code))] : Need.All;

    /// <summary>The place that stands in the form.</summary>
    public string? Near { get; init; }

    /// <summary>What was typed.</summary>
    public string? Words { get; init; }

    /// <summary>What is wrong with what was typed; null for nothing.</summary>
    public string? Error { get; init; }

    /// <summary>True when the search box is open.</summary>
    public bool IsAsking { get; init; }
}
