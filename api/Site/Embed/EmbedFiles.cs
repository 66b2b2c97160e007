using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Site.Layout;

namespace HealthEquity.Api.Site.Embed;

/// <summary>The script of embeds, with the style sheet and the department's settings in it.</summary>
public sealed class EmbedFiles(SiteFrame frame)
{
    private const string ScriptType = "text/javascript; charset=utf-8";

    private static readonly string Source = SiteFiles.Read(typeof(EmbedFiles), "embed.js");
    private static readonly string Views = SiteFiles.Read(typeof(SiteFiles), "suggest.js") + ";" + SiteFiles.Read(typeof(EmbedFiles), "later.js");
    private static readonly string Style = SiteFiles.Read(typeof(EmbedFiles), "embed.css");

    // Letters of every script as they are, which is shorter; the text stands in a script, not in a page.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private volatile Made? _made;

    /// <summary>The style sheet of the builder.</summary>
    public Answer BuilderStyle { get; } = File("builder.css", "text/css; charset=utf-8");

    /// <summary>The script of the builder.</summary>
    public Answer BuilderScript { get; } = File("builder.js", ScriptType);

    /// <summary>The script, as the department's settings are now.</summary>
    public Answer Script => Current().Script;

    /// <summary>The module with what later views need besides: their styles, and what clicks and forms do.</summary>
    public Answer Later => Current().Later;

    private Made Current()
    {
        var (color, exit) = (frame.Settings.BrandColor, frame.Settings.ExitAddress);
        var made = _made;
        return made is not null && made.Color == color && made.Exit == exit ? made : _made = Make(color, exit);
    }

    private Made Make(string color, string exit)
    {
        var (first, later) = EmbedStyle.Parts(frame.Files.StyleSheetText);
        var module = $"{Views};export const style = {JsonSerializer.Serialize(EmbedStyle.ForShadowRoot(later), Options)};";
        var settings = JsonSerializer.Serialize(
            new
            {
                colors = EmbedStyle.Colors(first),
                style = EmbedStyle.ForShadowRoot(first + Style),
                exit,
                version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(module)).AsSpan(0, 4)),
                words = frame.Languages.ToDictionary(t => t.Language, t => new[] { t["embed.loading"], t["embed.retry"] }),
            },
            Options);
        return new Made(color, exit, Answer(Source.Replace("SETTINGS", settings, StringComparison.Ordinal), ScriptType), Answer(module, ScriptType));
    }

    private static Answer File(string name, string type) => Answer(SiteFiles.Read(typeof(EmbedFiles), name), type);

    private static Answer Answer(string text, string type) => new(Encoding.UTF8.GetBytes(text), mark: null)
    {
        ContentType = type,
        CacheControl = "public, max-age=600, stale-while-revalidate=86400",
        Vary = "Accept-Encoding",
        Compression = CompressionLevel.SmallestSize,
    };

    private sealed record Made(string Color, string Exit, Answer Script, Answer Later);
}
