using HealthEquity.Store.Settings;

namespace HealthEquity.Api.Feed;

/// <summary>The current settings of the public pages, and the logo, of this node.</summary>
/// <param name="configured">The settings from configuration (section <c>Site</c>), until an administrator saves some in the console.</param>
public sealed class DirectorySite(SiteSettings configured)
{
    private volatile Decided _current = new(configured, Logo: null);

    /// <summary>Raised after a change: pages that were made before it are out of date.</summary>
    public event Action? Changed;

    /// <summary>The settings.</summary>
    public SiteSettings Settings => _current.Settings;

    /// <summary>The department's logo; null for none.</summary>
    public Logo? Logo => _current.Logo;

    /// <summary>Replaces both after a change in the console.</summary>
    /// <param name="settings">The saved settings; null if none were saved yet.</param>
    /// <param name="logo">The logo; null for none.</param>
    public void Replace(SiteSettings? settings, Logo? logo)
    {
        _current = new Decided(settings ?? configured, logo);
        Changed?.Invoke();
    }

    private sealed record Decided(SiteSettings Settings, Logo? Logo);
}
