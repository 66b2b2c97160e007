using System.Text.Json;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Settings;

/// <summary>Stores the settings of the public pages, where API nodes can read them.</summary>
public sealed class SiteSettingStore(TimeProvider clock, AuditLog audit)
{
    private const string Name = "site";
    private const string TimeZone = "timeZone";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true };

    private static readonly Sql Select = new("SiteSettingStore.Read", "SELECT Value FROM SiteSetting WHERE Name = @Name");

    private static readonly Sql SelectVersion = new("SiteSettingStore.Version", "SELECT COALESCE(SUM(Version), 0) FROM SiteSetting");

    private static readonly Sql Update = new(
        "SiteSettingStore.Write",
        "UPDATE SiteSetting SET Value = @Value, Version = Version + 1, ChangedAt = @ChangedAt WHERE Name = @Name");

    private static readonly Sql Insert = new(
        "SiteSettingStore.Write",
        "INSERT INTO SiteSetting (Name, Value, Version, ChangedAt) VALUES (@Name, @Value, 1, @ChangedAt)");

    /// <summary>The settings; null if nobody has saved them yet.</summary>
    public static async Task<SiteSettings?> ReadAsync(DbSession session, CancellationToken cancellation) =>
        await ReadValueAsync(session, Name, cancellation) is { } value
            ? JsonSerializer.Deserialize<SiteSettings>(value, Json)
            : null;

    /// <summary>The department's IANA time zone, for dates on the public pages; null if nobody has saved the console's settings yet.</summary>
    public static async Task<string?> ReadTimeZoneAsync(DbSession session, CancellationToken cancellation) =>
        await ReadValueAsync(session, TimeZone, cancellation) is { } value ? JsonSerializer.Deserialize<Zone>(value, JsonSerializerOptions.Web)?.Name : null;

    /// <summary>A number that every change of the settings or the logo increases.</summary>
    public static Task<long> VersionAsync(DbSession session, CancellationToken cancellation) =>
        session.ScalarAsync<long>(SelectVersion, null, cancellation);

    /// <summary>Replaces the settings. The audit log records the old ones.</summary>
    public async Task WriteAsync(DbSession session, SiteSettings settings, Actor actor, CancellationToken cancellation)
    {
        var before = await ReadValueAsync(session, Name, cancellation);
        var after = JsonSerializer.Serialize(settings, JsonSerializerOptions.Web);
        await WriteValueAsync(session, Name, after, clock.GetUtcNow(), cancellation);
        await audit.AppendAsync(session, actor, "changeSettings", "settings:site", $"{{\"before\":{before ?? "null"},\"after\":{after}}}", cancellation);
    }

    /// <summary>Keeps the time zone where API nodes can read it.</summary>
    internal static async Task WriteTimeZoneAsync(DbSession session, string zone, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await ReadTimeZoneAsync(session, cancellation) != zone)
        {
            await WriteValueAsync(session, TimeZone, JsonSerializer.Serialize(new Zone(zone), JsonSerializerOptions.Web), now, cancellation);
        }
    }

    internal static Task<string?> ReadValueAsync(DbSession session, string name, CancellationToken cancellation) =>
        session.ScalarAsync<string>(Select, new { Name = name }, cancellation);

    /// <summary>Writes a row, or empties it. A row is never deleted, so that its version only increases.</summary>
    internal static async Task WriteValueAsync(DbSession session, string name, string? value, DateTimeOffset now, CancellationToken cancellation)
    {
        var row = new { Name = name, Value = value, ChangedAt = now };
        if (await session.ExecuteAsync(Update, row, cancellation) == 0)
        {
            await session.ExecuteAsync(Insert, row, cancellation);
        }
    }

    // SQL Server before 2022 takes only objects and arrays for JSON.
    private sealed record Zone(string Name);
}
