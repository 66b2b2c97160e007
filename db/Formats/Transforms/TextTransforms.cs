using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Transforms;

/// <summary><c>"oneLine"</c>: replaces line breaks and runs of white space with one space.</summary>
public sealed partial class OneLine : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => Blanks().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}

/// <summary><c>{"limit": 300}</c>: truncates the text after a word.</summary>
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

/// <summary><c>{"split": ";"}</c>: splits the text at a separator.</summary>
public sealed class Split(string separator) : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) =>
        ListTemplate.Flatten(text.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(p => (JsonNode?)p));
}

/// <summary><c>{"only": "pattern"}</c>: returns the text if it matches the regular expression, else nothing. Ignores case.</summary>
public sealed class Only(Regex pattern) : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => pattern.IsMatch(text) ? text : null;
}

/// <summary><c>{"replace": {"pattern": "with"}}</c>: replaces regular expressions, one after the other. Ignores case.</summary>
public sealed class Replace(IReadOnlyList<(Regex Pattern, string With)> rules) : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) =>
        rules.Aggregate(text, (t, rule) => rule.Pattern.Replace(t, rule.With)).Trim() is { Length: > 0 } replaced ? replaced : null;
}

/// <summary><c>{"format": "EIN {0}"}</c>: adds words around the text.</summary>
public sealed class Format(string format) : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => format.Replace("{0}", text, StringComparison.Ordinal);
}

/// <summary><c>{"lookup": "table"}</c>: looks up the whole text in a table of the mapping. Text that is not in the table is an error.</summary>
public sealed class Lookup(string name, IReadOnlyDictionary<string, JsonNode?> table) : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => table.TryGetValue(text, out var found)
        ? found?.DeepClone()
        : throw new CellException($"'{text}' is not in the mapping's table '{name}'.", "Correct the text, or add it to the table (with null to ignore it).");
}

/// <summary><c>{"keywords": "table"}</c>: returns the codes of all patterns in a table of the mapping that match the text.</summary>
public sealed class Keywords(IReadOnlyList<(Regex Pattern, JsonNode? Codes)> table) : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) =>
        ListTemplate.Flatten(table.Where(t => t.Pattern.IsMatch(text)).Select(t => t.Codes));
}

/// <summary><c>"foldName"</c> and <c>"foldStreet"</c>, for keys: normalize spellings that mean the same.</summary>
public sealed class Fold(Func<string, string> fold) : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => fold(text) is { Length: > 0 } folded ? folded : null;
}
