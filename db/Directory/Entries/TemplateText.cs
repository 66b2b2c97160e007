using System.Text.RegularExpressions;

namespace HealthEquity.Directory.Entries;

/// <summary>The text of a template with fields: <c>{{code}}</c>, and parts between <c>{{#code}}</c> and <c>{{/code}}</c>.</summary>
public static partial class TemplateText
{
    /// <summary>The codes of the places in a text, each once.</summary>
    public static IReadOnlyList<string> PlacesOf(string text) =>
        [.. Place().Matches(text).Where(m => m.Groups["mark"].Length == 0).Select(m => m.Groups["code"].Value).Distinct()];

    /// <summary>The codes of the parts in a text that can be left out; null if a part is not closed, or closed before it is opened.</summary>
    public static IReadOnlyList<string>? PartsOf(string text)
    {
        var (parts, open) = (new List<string>(), (string?)null);
        foreach (Match found in Place().Matches(text))
        {
            var code = found.Groups["code"].Value;
            switch (found.Groups["mark"].Value)
            {
                case "#" when open is null:
                    open = code;
                    parts.Add(code);
                    break;
                case "/" when open == code:
                    open = null;
                    break;
                case "#" or "/":
                    return null;
            }
        }

        return open is null ? parts : null;
    }

    /// <summary>Replaces every place and mark.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">What stands for <c>{{code}}</c>.</param>
    /// <param name="opens">What stands for <c>{{#code}}</c>.</param>
    /// <param name="closes">What stands for <c>{{/code}}</c>.</param>
    public static string Replace(string text, Func<string, string> place, Func<string, string> opens, Func<string, string> closes) =>
        Place().Replace(text, m => (m.Groups["mark"].Value switch { "#" => opens, "/" => closes, _ => place })(m.Groups["code"].Value));

    /// <summary>The text as people read it where nothing is filled in: "[Name of the school]", and all parts.</summary>
    public static string? Readable(Edition edition)
    {
        if (edition.Text is null || edition.Fields.Count == 0)
        {
            return edition.Text;
        }

        var labels = edition.Fields.GroupBy(f => f.Code).ToDictionary(f => f.Key, f => f.First().Label);
        return Replace(edition.Text, code => $"[{labels.GetValueOrDefault(code, code)}]", _ => "", _ => "");
    }

    [GeneratedRegex(@"\{\{(?<mark>[#/]?)(?<code>[a-z][a-zA-Z0-9-]*)\}\}")]
    private static partial Regex Place();
}
