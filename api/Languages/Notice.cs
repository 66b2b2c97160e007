namespace HealthEquity.Api.Languages;

/// <summary>A message for the reader.</summary>
public sealed record Notice
{
    /// <summary>The code: <c>crisis</c>, <c>nothingFound</c> or <c>similarSpelling</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The kind of crisis: <c>selfHarm</c>, <c>domesticViolence</c>, <c>trafficking</c>, <c>overdose</c> or <c>arrest</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>The text in the reader's language.</summary>
    public required string Text { get; init; }

    /// <summary>The language of the text, BCP-47.</summary>
    public required string Language { get; init; }
}
