using HealthEquity.Api.Site.Layout;

namespace HealthEquity.Api.Site.About;

/// <summary>What this site is, what it keeps, and where its data comes from.</summary>
public sealed class AboutPage : SitePage;
