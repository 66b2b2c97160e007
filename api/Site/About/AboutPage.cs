using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Texts;

namespace HealthEquity.Api.Site.About;

/// <summary>What this site is, what it keeps, and where its data comes from.</summary>
public sealed class AboutPage(SiteFrame frame, SiteText text) : SitePage(frame, text);
