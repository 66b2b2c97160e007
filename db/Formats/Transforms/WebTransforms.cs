using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Transforms;

/// <summary><c>"url"</c>: reads a web address. Adds http:// to a bare host; "http://" alone is nothing.</summary>
public sealed partial class UrlTransform : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        var rest = Scheme().Replace(text, "").Replace('\\', '/').Trim('/', ' ');
        if (rest.Length == 0)
        {
            return null;
        }

        var secure = text.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        var slash = text.EndsWith('/') && rest.Contains('/', StringComparison.Ordinal) ? "/" : "";
        var address = $"{(secure ? "https" : "http")}://{rest}{slash}";
        if (!Host().IsMatch(rest) || !Uri.TryCreate(address, UriKind.Absolute, out var url))
        {
            throw new CellException($"'{text}' is not a web address.", "Copy it from the browser, such as https://www.example.org, or leave it empty.");
        }

        return url.PathAndQuery == "/" && slash.Length == 0 ? url.GetLeftPart(UriPartial.Authority) : url.AbsoluteUri;
    }

    [GeneratedRegex(@"^\s*https?:[/\\]*", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^([\p{L}\p{N}]([\p{L}\p{N}_-]*[\p{L}\p{N}])?\.)+\p{L}{2,}(:\d+)?(/\S*|\?\S*|#\S*)?$")]
    private static partial Regex Host();
}

/// <summary><c>"email"</c>: reads an email address.</summary>
public sealed partial class EmailTransform : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => Form().IsMatch(text)
        ? text
        : throw new CellException($"'{text}' is not an email address.", "Write one address, such as info@example.org, or leave it empty.");

    [GeneratedRegex(@"^[^\s@,;]+@([\p{L}\p{N}-]+\.)+\p{L}{2,}$")]
    private static partial Regex Form();
}

/// <summary><c>"emails"</c>: reads every email address in a cell as emails of the entry. Words around them are reported.</summary>
public sealed partial class EmailsTransform : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        var found = new JsonArray([.. Address().Matches(text).Select(m => m.Value).Distinct(StringComparer.OrdinalIgnoreCase).Select(a => (JsonNode)new JsonObject { ["address"] = a })]);
        var rest = Between().Replace(Address().Replace(text, " "), "");
        return rest.Length == 0 && found.Count > 0
            ? found
            : throw new CellException($"'{text}' is not an email address.", "Write addresses such as info@example.org, separated by semicolons, or leave it empty.") { Kept = found.Count > 0 ? found : null };
    }

    [GeneratedRegex(@"[^\s@,;<>()/:""]+@([\p{L}\p{N}-]+\.)+\p{L}{2,}")]
    private static partial Regex Address();

    [GeneratedRegex(@"mailto:|\b(and|or|y|email|e-mail)\b|[\s,;/<>|&]", RegexOptions.IgnoreCase)]
    private static partial Regex Between();
}
