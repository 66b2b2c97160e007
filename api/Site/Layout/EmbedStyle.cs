using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace HealthEquity.Api.Site.Layout;

/// <summary>
/// The style sheet of the pages, made over for a part of another page: sizes follow the host's font, widths the embed's own, and colors the
/// host's color scheme. Each color can be set by a property such as <c>--health-directory-brand</c>.
/// </summary>
public static partial class EmbedStyle
{
    private const string LaterViews = "/* Embeds load";
    private const string WholePages = "/* Only whole pages";

    /// <summary>The parts of the pages' style sheet that an embed needs: for its first view, and for the others. Comments in it mark them.</summary>
    /// <param name="site">The style sheet of the pages.</param>
    public static (string First, string Later) Parts(string site)
    {
        var (later, whole) = (site.IndexOf(LaterViews, StringComparison.Ordinal), site.IndexOf(WholePages, StringComparison.Ordinal));
        return (site[..later], site[(site.IndexOf("*/", later, StringComparison.Ordinal) + 2)..whole]);
    }

    /// <summary>Rules for the script's shadow root, without colors.</summary>
    /// <param name="part">Rules as the pages have them.</param>
    public static string ForShadowRoot(string part)
    {
        var rules = Page().Replace(DarkPalette().Replace(LightPalette().Replace(part, "", 1), "", 1), "");
        rules = Landmarks().Replace(rules, ".site-$1").Replace("@media(min-width:", "@container(min-width:", StringComparison.Ordinal)
            .Replace("@media(max-width:", "@container(max-width:", StringComparison.Ordinal)
            .Replace("body{", ".directory{", StringComparison.Ordinal);
        return Rem().Replace(rules, "em").Replace("\n", "", StringComparison.Ordinal);
    }

    /// <summary>The colors and the radius of the pages: name, value in light, value in dark where it differs.</summary>
    /// <param name="site">The style sheet of the pages.</param>
    public static IReadOnlyList<string[]> Colors(string site)
    {
        var (light, dark) = Palettes(site);
        return [.. light.Select(c => dark.TryGetValue(c.Key, out var other) ? new[] { c.Key, c.Value, other } : [c.Key, Rem().Replace(c.Value, "em")])];
    }

    /// <summary>The rules that let a frame's address choose light or dark.</summary>
    /// <param name="site">The style sheet of the pages.</param>
    public static string ForThemes(string site)
    {
        var (light, dark) = Palettes(site);
        return $"[data-theme=light]{{{Declarations(light)}color-scheme:light}}[data-theme=dark]{{{Declarations(dark)}color-scheme:dark}}";
    }

    private static string Declarations(Dictionary<string, string> palette)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in palette)
        {
            text.Append(CultureInfo.InvariantCulture, $"--{name}:{value};");
        }

        return text.ToString();
    }

    private static (Dictionary<string, string> Light, Dictionary<string, string> Dark) Palettes(string site) => (Read(LightPalette().Match(site)), Read(DarkPalette().Match(site)));

    private static Dictionary<string, string> Read(Match palette) =>
        palette.Groups[1].Value.Split(';').Select(d => d.Split(':')).Where(d => d is [['-', '-', ..], _]).ToDictionary(d => d[0][2..], d => d[1], StringComparer.Ordinal);

    [GeneratedRegex(@"^:root\{([^}]*)\}")]
    private static partial Regex LightPalette();

    [GeneratedRegex(@"@media\(prefers-color-scheme:dark\)\{:root\{([^}]*)\}\}")]
    private static partial Regex DarkPalette();

    // What only a whole page has: its own font, and the space around it.
    [GeneratedRegex(@"html\{[^}]*\}|(?<=\n)body\{[^}]*\}")]
    private static partial Regex Page();

    [GeneratedRegex(@"(?<![.\w-])(header|main|footer)(?=[{,:. ])")]
    private static partial Regex Landmarks();

    [GeneratedRegex(@"(?<=[\d.])rem")]
    private static partial Regex Rem();
}
