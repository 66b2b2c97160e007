using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;
using HealthEquity.Hosting;
using HealthEquity.Store.Settings;
using Microsoft.AspNetCore.Html;

namespace HealthEquity.Api.Site.Layout;

/// <summary>
/// The style sheet, the script and the department's logo. Their addresses carry a version, so that browsers keep them for good. An address
/// with another version gets the present file for a minute: it comes from a page of another node, or from before a change of the settings.
/// </summary>
public sealed partial class SiteFiles
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const string Prefix = "/site/";

    private readonly DirectorySite _site;
    private readonly string _sheet = Read(typeof(SiteFiles), "site.css");
    private readonly File _tables = Style("tables", Read(typeof(SiteFiles), "tables.css"));
    private readonly File _script;
    private readonly File _frameScript;
    private readonly File _paper;
    private readonly File _fillScript;
    private volatile Decided _decided;

    /// <summary>Reads the files.</summary>
    public SiteFiles(DirectorySite site, PublicPath root)
    {
        Root = root.Base;
        _site = site;
        _script = ScriptFile("site", Read(typeof(SiteFiles), "suggest.js") + ";" + Read(typeof(SiteFiles), "site.js"));
        _frameScript = ScriptFile("frame", Read(typeof(SiteFiles), "frame.js"));
        _paper = Style("paper", Read(typeof(SiteFiles), "paper.css"));
        _fillScript = ScriptFile("fill", Read(typeof(SiteFiles), "fill.js"));
        _decided = Decide(site.Settings.BrandColor, site.Logo);
    }

    /// <summary>What stands before every address of a page: empty, or the path under which the program is served.</summary>
    public string Root { get; }

    /// <summary>The style sheet's address.</summary>
    public string StyleSheet => Root + Current().Sheet.Path;

    /// <summary>The style sheet with the department's color.</summary>
    public string StyleSheetText => Current().Text;

    /// <summary>The style sheet for a page that has it in itself.</summary>
    public HtmlString InlineStyles => Current().Inline;

    /// <summary>
    /// The Content-Security-Policy of pages, up to the sources that may frame them. It allows the style sheet within a page by its hash, and no
    /// other.
    /// </summary>
    public string Policy => Current().Policy;

    /// <summary>The address of the rules for wide tables and their filters, which few pages need.</summary>
    public string Tables => Root + _tables.Path;

    /// <summary>The address of the rules for a frame whose site chose light or dark.</summary>
    public string Themes => Root + Current().Themes.Path;

    /// <summary>The address of the script that tells a host how high a frame is.</summary>
    public string FrameScript => Root + _frameScript.Path;

    /// <summary>The address of the rules for pages that are made for paper.</summary>
    public string PaperStyles => Root + _paper.Path;

    /// <summary>The address of the script that fills in forms.</summary>
    public string FillScript => Root + _fillScript.Path;

    /// <summary>The script's address.</summary>
    public string Script => Root + _script.Path;

    /// <summary>The logo's address; null if the department has none.</summary>
    public string? Logo => Current().Logo is { } logo ? Root + logo.Path : null;

    /// <summary>The file at an address, such as <c>/site/site.0a1b2c3d4e5f.css</c> or <c>/site/logo</c>; null for none.</summary>
    public Answer? Find(string path)
    {
        var current = Current();
        return current.Sheet.At(path) ?? _script.At(path) ?? current.Logo?.At(path) ?? current.Themes.At(path) ?? _frameScript.At(path) ?? _paper.At(path) ?? _fillScript.At(path) ?? _tables.At(path);
    }

    private Decided Current()
    {
        var (color, logo) = (_site.Settings.BrandColor, _site.Logo);
        var current = _decided;
        return current.Color == color && ReferenceEquals(current.Source, logo) ? current : _decided = Decide(color, logo);
    }

    private Decided Decide(string color, Logo? logo)
    {
        var sheet = _sheet.Replace("#0f5f63", color, StringComparison.Ordinal);
        var inline = Remarks().Replace(sheet, "");
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inline)));
        var policy = $"default-src 'none'; script-src 'self'; style-src 'self' 'sha256-{hash}'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ";
        return new(color, logo, sheet, new HtmlString(inline), policy, Style("site", inline), Style("themes", EmbedStyle.ForThemes(sheet)), logo is null ? null : new File("logo", logo.MediaType[(logo.MediaType.IndexOf('/', StringComparison.Ordinal) + 1)..], logo.Content, logo.MediaType));
    }

    private static File Style(string name, string text) => new(name, "css", Encoding.UTF8.GetBytes(text), "text/css; charset=utf-8");

    private static File ScriptFile(string name, string text) => new(name, "js", Encoding.UTF8.GetBytes(text), "text/javascript; charset=utf-8");

    /// <summary>The text of a file beside a type.</summary>
    public static string Read(Type beside, string file)
    {
        using var stream = beside.Assembly.GetManifestResourceStream(beside, file)
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    // Line ends and comments are for those who read the source.
    [GeneratedRegex(@"\n|/\*.*?\*/")]
    private static partial Regex Remarks();

    /// <summary>What the department's settings make of the files.</summary>
    private sealed record Decided(string Color, Logo? Source, string Text, HtmlString Inline, string Policy, File Sheet, File Themes, File? Logo);

    private sealed class File
    {
        private readonly string _start;
        private readonly string _end;
        private readonly Answer _exact;
        private readonly Answer _present;

        public File(string name, string extension, byte[] content, string type)
        {
            _start = $"{Prefix}{name}";
            _end = $".{extension}";
            Path = $"{_start}.{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6))}{_end}";
            _exact = new Answer(content, mark: null) { ContentType = type, CacheControl = Forever, Vary = "Accept-Encoding", Compression = CompressionLevel.SmallestSize };
            _present = new Answer(content, mark: null) { ContentType = type, CacheControl = Answer.Kept, Vary = "Accept-Encoding", Compression = CompressionLevel.SmallestSize };
        }

        public string Path { get; }

        public Answer? At(string path) =>
            path == Path ? _exact
            : path == _start || (path.StartsWith(_start + ".", StringComparison.Ordinal) && path.EndsWith(_end, StringComparison.Ordinal)) ? _present
            : null;
    }
}
