using System.Security.Cryptography;
using System.Text;
using HealthEquity.Api.Answers;
using HealthEquity.Hosting;

namespace HealthEquity.Api.Site.Layout;

/// <summary>The style sheet and the script of the pages. Their addresses carry a version, so that browsers keep them for good.</summary>
public sealed class SiteFiles
{
    private const string Forever = "public, max-age=31536000, immutable";

    private readonly Dictionary<string, Answer> _answers = new(StringComparer.Ordinal);

    /// <summary>Reads the files, and gives the style sheet the department's color.</summary>
    public SiteFiles(SiteSettings settings, PublicPath root)
    {
        Root = root.Base;
        StyleSheet = Add("site", "css", Read("site.css").Replace("#0f5f63", settings.BrandColor, StringComparison.Ordinal), "text/css; charset=utf-8");
        Script = Add("site", "js", Read("site.js"), "text/javascript; charset=utf-8");
    }

    /// <summary>What stands before every address of a page: empty, or the path under which the program is served.</summary>
    public string Root { get; }

    /// <summary>The style sheet's address.</summary>
    public string StyleSheet { get; }

    /// <summary>The script's address.</summary>
    public string Script { get; }

    /// <summary>The file at an address; null for none.</summary>
    public Answer? Find(string path) => _answers.GetValueOrDefault(path);

    private string Add(string name, string extension, string content, string type)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var path = $"/site/{name}.{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 6))}.{extension}";
        _answers[path] = new Answer(bytes, mark: null) { ContentType = type, CacheControl = Forever, Vary = "Accept-Encoding" };
        return Root + path;
    }

    private static string Read(string file)
    {
        using var stream = typeof(SiteFiles).Assembly.GetManifestResourceStream($"{typeof(SiteFiles).Namespace}.{file}")
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
