using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Settings;
using Microsoft.Net.Http.Headers;

namespace HealthEquity.Admin.Branding;

/// <summary>Serves the department's color and logo as files, so that pages need no inline styles.</summary>
internal static class Brand
{
    public static void MapBrand(this WebApplication app)
    {
        app.MapGet("/brand.css", CssAsync).AllowAnonymous();
        app.MapGet("/brand/logo", LogoAsync).AllowAnonymous();
    }

    private static async Task<IResult> CssAsync(HttpContext context, Department department)
    {
        var settings = await department.SiteAsync(context.RequestAborted);
        var color = Color.TryParse(settings.BrandColor, out var chosen) ? chosen : Color.Default;
        return File(context, Encoding.UTF8.GetBytes($":root{{--brand:{color};}}\n"), "text/css; charset=utf-8");
    }

    private static async Task<IResult> LogoAsync(HttpContext context, Database database)
    {
        await using var session = await database.OpenAsync(context.RequestAborted);
        return await LogoStore.ReadAsync(session, context.RequestAborted) is { } logo
            ? File(context, logo.Content, logo.MediaType)
            : Results.NotFound();
    }

    private static IResult File(HttpContext context, byte[] content, string type)
    {
        context.Response.Headers.CacheControl = "private, no-cache";
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"";
        return Results.Bytes(content, type, entityTag: new EntityTagHeaderValue(tag));
    }
}

/// <summary>An sRGB color and its contrast with others (WCAG 2.2, relative luminance).</summary>
public readonly record struct Color(byte Red, byte Green, byte Blue)
{
    /// <summary>The minimum text contrast for WCAG 2.2 AA.</summary>
    public const double ReadableContrast = 4.5;

    public static Color Default { get; } = new(0x0f, 0x5f, 0x63);

    public static Color White { get; } = new(255, 255, 255);

    /// <summary>Parses #rrggbb.</summary>
    public static bool TryParse(string? text, out Color color)
    {
        color = default;
        if (text is not ['#', ..] || text.Length != 7
            || !int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        color = new Color((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        return true;
    }

    /// <summary>Returns the contrast ratio, from 1 to 21.</summary>
    public double ContrastWith(Color other)
    {
        var (a, b) = (Luminance, other.Luminance);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>Returns the nearest darker shade on which white text is readable.</summary>
    public Color DarkenedForWhiteText()
    {
        var shade = this;
        while (shade.ContrastWith(White) < ReadableContrast)
        {
            shade = new Color((byte)(shade.Red * 0.97), (byte)(shade.Green * 0.97), (byte)(shade.Blue * 0.97));
        }

        return shade;
    }

    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    private static double Linear(byte channel)
    {
        var value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
