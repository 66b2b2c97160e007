using System.Text.Json;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Settings;

/// <summary>Stores the department's settings.</summary>
public sealed class SettingStore(TimeProvider clock, AuditLog audit)
{
    private const string Name = "directory";

    private static readonly Sql Select = new("SettingStore.Read", "SELECT Value FROM Setting WHERE Name = @Name");

    private static readonly Sql Update = new(
        "SettingStore.Write",
        "UPDATE Setting SET Value = @Value, ChangedAt = @ChangedAt, ChangedBy = @ChangedBy WHERE Name = @Name");

    private static readonly Sql Insert = new(
        "SettingStore.Write",
        "INSERT INTO Setting (Name, Value, ChangedAt, ChangedBy) VALUES (@Name, @Value, @ChangedAt, @ChangedBy)");

    /// <summary>The current settings; defaults if nobody has changed them.</summary>
    public static async Task<DirectorySettings> ReadAsync(DbSession session, CancellationToken cancellation) =>
        await session.ScalarAsync<string>(Select, new { Name }, cancellation) is { } value
            ? JsonSerializer.Deserialize<DirectorySettings>(value, JsonSerializerOptions.Web)!
            : new DirectorySettings();

    /// <summary>Replaces the settings. The audit log records the old ones.</summary>
    public async Task WriteAsync(DbSession session, DirectorySettings settings, Actor actor, CancellationToken cancellation)
    {
        var before = await session.ScalarAsync<string>(Select, new { Name }, cancellation);
        var row = new
        {
            Name,
            Value = JsonSerializer.Serialize(settings, JsonSerializerOptions.Web),
            ChangedAt = clock.GetUtcNow(),
            ChangedBy = actor.Code,
        };
        if (await session.ExecuteAsync(Update, row, cancellation) == 0)
        {
            await session.ExecuteAsync(Insert, row, cancellation);
        }

        await SiteSettingStore.WriteTimeZoneAsync(session, settings.TimeZone, row.ChangedAt, cancellation);
        await audit.AppendAsync(session, actor, "changeSettings", "settings", $"{{\"before\":{before ?? "null"},\"after\":{row.Value}}}", cancellation);
    }
}
