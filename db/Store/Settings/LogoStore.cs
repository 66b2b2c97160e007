using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Settings;

/// <summary>The logo at the top of the public pages and of the console.</summary>
/// <param name="MediaType">image/png, image/jpeg or image/webp.</param>
/// <param name="Content">The file.</param>
public sealed record Logo(string MediaType, byte[] Content);

/// <summary>Stores the department's logo.</summary>
public sealed class LogoStore(TimeProvider clock, AuditLog audit)
{
    /// <summary>The maximum size of a logo, in bytes.</summary>
    public const int MaxSize = 200 * 1024;

    private const string Name = "logo";

    /// <summary>The logo, or null.</summary>
    public static async Task<Logo?> ReadAsync(DbSession session, CancellationToken cancellation) =>
        await SiteSettingStore.ReadValueAsync(session, Name, cancellation) is { } value ? JsonSerializer.Deserialize<Logo>(value) : null;

    /// <summary>Whether there is a logo.</summary>
    public static async Task<bool> ExistsAsync(DbSession session, CancellationToken cancellation) =>
        await SiteSettingStore.ReadValueAsync(session, Name, cancellation) is not null;

    /// <summary>Replaces the logo. The format is detected from the first bytes, not from the file name or the browser.</summary>
    /// <exception cref="RefusedException">The file is too large or has another format.</exception>
    public async Task WriteAsync(DbSession session, byte[] content, Actor actor, CancellationToken cancellation)
    {
        if (content.Length > MaxSize)
        {
            throw new RefusedException("The logo must be 200 KB or smaller.") { Field = "LogoFile" };
        }

        var type = MediaType(content) ?? throw new RefusedException("The logo must be a PNG, JPEG or WebP image.") { Field = "LogoFile" };
        var value = JsonSerializer.Serialize(new Logo(type, content));
        await SiteSettingStore.WriteValueAsync(session, Name, value, clock.GetUtcNow(), cancellation);
        await audit.AppendAsync(session, actor, "changeLogo", "settings", $"{type}, {content.Length} bytes", cancellation);
    }

    /// <summary>Removes the logo.</summary>
    public async Task RemoveAsync(DbSession session, Actor actor, CancellationToken cancellation)
    {
        if (await ExistsAsync(session, cancellation))
        {
            await SiteSettingStore.WriteValueAsync(session, Name, value: null, clock.GetUtcNow(), cancellation);
            await audit.AppendAsync(session, actor, "removeLogo", "settings", null, cancellation);
        }
    }

    private static string? MediaType(ReadOnlySpan<byte> content) => content switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        _ => null,
    };
}
