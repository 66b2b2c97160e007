using HealthEquity.Store.Databases;
using HealthEquity.Store.Settings;

namespace HealthEquity.Admin.Branding;

/// <summary>The department's settings, read once per request.</summary>
public sealed class Department(Database database, TimeProvider clock, IConfiguration configuration)
{
    private Task<DirectorySettings>? _settings;
    private Task<SiteSettings>? _site;

    public Task<DirectorySettings> SettingsAsync(CancellationToken cancellation) => _settings ??= ReadAsync(cancellation);

    /// <summary>Returns the settings of the public pages; from configuration until an administrator saves some.</summary>
    public Task<SiteSettings> SiteAsync(CancellationToken cancellation) => _site ??= ReadSiteAsync(cancellation);

    /// <summary>Returns the current date in the department's time zone.</summary>
    public async Task<DateOnly> TodayAsync(CancellationToken cancellation) => (await SettingsAsync(cancellation)).DayOf(clock.GetUtcNow());

    public async Task<bool> HasLogoAsync(CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await LogoStore.ExistsAsync(session, cancellation);
    }

    private async Task<SiteSettings> ReadSiteAsync(CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await SiteSettingStore.ReadAsync(session, cancellation) ?? configuration.GetSection("Site").Get<SiteSettings>() ?? new SiteSettings();
    }

    private async Task<DirectorySettings> ReadAsync(CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await SettingStore.ReadAsync(session, cancellation);
    }
}
