using HealthEquity.Store.Settings;

namespace HealthEquity.Api.Feed;

/// <summary>The current settings of the public pages, and the logo, of this node.</summary>
/// <param name="configured">The settings from configuration (section <c>Site</c>), until an administrator saves some in the console.</param>
public sealed class DirectorySite(SiteSettings configured)
{
    private volatile Decided _current = new(configured, Logo: null, TimeZoneInfo.Utc);

    /// <summary>Raised after a change: pages that were made before it are out of date.</summary>
    public event Action? Changed;

    /// <summary>The settings.</summary>
    public SiteSettings Settings => _current.Settings;

    /// <summary>The department's logo; null for none.</summary>
    public Logo? Logo => _current.Logo;

    /// <summary>The date in the department's time zone. "Today" on the pages, and how many days ago, follow it.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, _current.Zone).DateTime);

    /// <summary>Replaces all after a change in the console.</summary>
    /// <param name="settings">The saved settings; null if none were saved yet.</param>
    /// <param name="logo">The logo; null for none.</param>
    /// <param name="timeZone">The IANA time zone of the department; UTC without one.</param>
    public void Replace(SiteSettings? settings, Logo? logo, string? timeZone)
    {
        var zone = timeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var found) ? found : TimeZoneInfo.Utc;
        _current = new Decided(settings ?? configured, logo, zone);
        Changed?.Invoke();
    }

    private sealed record Decided(SiteSettings Settings, Logo? Logo, TimeZoneInfo Zone);
}
