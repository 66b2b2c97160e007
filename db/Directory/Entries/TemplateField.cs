namespace HealthEquity.Directory.Entries;

/// <summary>What a field of a template takes.</summary>
public enum TemplateFieldType
{
    /// <summary>One line of text.</summary>
    Line,

    /// <summary>Several lines of text.</summary>
    Text,

    /// <summary>A date.</summary>
    Date,

    /// <summary>Yes or no: whether a part of the text is included.</summary>
    Check,
}

/// <summary>
/// A field of a template. It stands in the text as <c>{{code}}</c>. A part that the reader may leave out stands between <c>{{#code}}</c> and
/// <c>{{/code}}</c>, each on a line of its own.
/// </summary>
public sealed record TemplateField
{
    /// <summary>The name in the text: a lowercase letter, then letters, digits and hyphens.</summary>
    public required string Code { get; init; }

    /// <summary>What to write, in the language of the edition.</summary>
    public required string Label { get; init; }

    /// <summary>What it takes.</summary>
    public TemplateFieldType Type { get; init; }

    /// <summary>True if the text makes no sense without it; for a check, true if it is ticked at first.</summary>
    public bool Required { get; init; }

    /// <summary>Help or an example, in the language of the edition.</summary>
    public string? Hint { get; init; }
}
