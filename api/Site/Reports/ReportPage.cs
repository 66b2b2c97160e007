using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Texts;

namespace HealthEquity.Api.Site.Reports;

/// <summary>The form that reports a problem with an entry. It asks for no name.</summary>
public sealed class ReportPage(SiteFrame frame, SiteText text) : SitePage(frame, text)
{
    /// <summary>The entry's name.</summary>
    public required string Name { get; init; }

    /// <summary>The entry's page, without the language.</summary>
    public required string EntryPath { get; init; }

    /// <summary>What was written, after an error.</summary>
    public string? Message { get; init; }

    /// <summary>The part that was chosen.</summary>
    public string? Field { get; init; }

    /// <summary>What is wrong; null for nothing.</summary>
    public string? Error { get; init; }

    /// <summary>True once the report was taken.</summary>
    public bool IsSent { get; init; }
}
