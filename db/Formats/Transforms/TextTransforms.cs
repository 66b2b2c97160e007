using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Transforms;

/// <summary><c>"oneLine"</c>: line breaks and runs of blanks become one blank.</summary>
public sealed partial class OneLine : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => Blanks().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}

/// <summary><c>{"limit": 300}</c>: no longer than that, cut after a word.</summary>
public sealed class Limit(int length) : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = text.LastIndexOf(' ', length - 1);
        return text[..(end > 0 ? end : length - 1)].TrimEnd(' ', ',', ';', ':', '-') + "…";
    }
}

/// <summary><c>{"split": ";"}</c>: a list of what stands between the separators.</summary>
public sealed class Split(string separator) : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) =>
        ListTemplate.Flatten(text.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(p => (JsonNode?)p));
}

/// <summary><c>{"only": "pattern"}</c>: the text when the regular expression is found in it, else nothing; case does not matter.</summary>
public sealed class Only(Regex pattern) : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => pattern.IsMatch(text) ? text : null;
}

/// <summary><c>{"replace": {"pattern": "with"}}</c>: regular expressions, one after the other; case does not matter.</summary>
public sealed class Replace(IReadOnlyList<(Regex Pattern, string With)> rules) : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) =>
        rules.Aggregate(text, (t, rule) => rule.Pattern.Replace(t, rule.With)).Trim() is { Length: > 0 } replaced ? replaced : null;
}

/// <summary><c>{"format": "EIN {0}"}</c>: other words around the text.</summary>
public sealed class Format(string format) : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => format.Replace("{0}", text, StringComparison.Ordinal);
}

/// <summary><c>{"lookup": "table"}</c>: the codes that a table of the mapping gives for the whole text; a text that is not in it is a fault.</summary>
public sealed class Lookup(string name, IReadOnlyDictionary<string, JsonNode?> table) : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => table.TryGetValue(text, out var found)
        ? found?.DeepClone()
        : throw new CellException($"'{text}' is not in the mapping's table '{name}'.", "Correct the text, or add it to the table (with null when it means nothing).");
}

/// <summary><c>{"keywords": "table"}</c>: the codes of all patterns of a table of the mapping that are found in the text.</summary>
public sealed class Keywords(IReadOnlyList<(Regex Pattern, JsonNode? Codes)> table) : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) =>
        ListTemplate.Flatten(table.Where(t => t.Pattern.IsMatch(text)).Select(t => t.Codes));
}

/// <summary><c>"foldName"</c> and <c>"foldStreet"</c>, for keys: what is written differently and means the same becomes the same.</summary>
public sealed class Fold(Func<string, string> fold) : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => fold(text) is { Length: > 0 } folded ? folded : null;
}
