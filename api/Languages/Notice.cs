namespace HealthEquity.Api.Languages;

/// <summary>Something to tell the reader.</summary>
public sealed record Notice
{
    /// <summary>What it is about: <c>crisis</c>, <c>nothingFound</c> or <c>similarSpelling</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The kind of crisis: <c>selfHarm</c>, <c>domesticViolence</c>, <c>trafficking</c>, <c>overdose</c> or <c>arrest</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>The words, in the reader's language.</summary>
    public required string Text { get; init; }

    /// <summary>The language of the words, BCP-47.</summary>
    public required string Language { get; init; }
}
