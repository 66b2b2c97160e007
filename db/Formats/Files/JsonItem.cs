using System.Text.Json;

namespace HealthEquity.Formats.Files;

/// <summary>One item of a JSON file.</summary>
/// <param name="Line">The line on which it begins.</param>
/// <param name="Place">Where it is: a JSON pointer, or "line 7" of ND-JSON.</param>
public sealed record JsonItem(int Line, string Place)
{
    /// <summary>The item; undefined if it can't be read.</summary>
    public JsonElement Value { get; init; }

    /// <summary>Its text, if it can't be read.</summary>
    public string Text { get; init; } = "";

    /// <summary>Why it can't be read; null if it can.</summary>
    public string? Fault { get; init; }
}
