namespace HealthEquity.Store.Expressions;

/// <summary>Something that people say, and what the search takes it for.</summary>
public sealed record SearchExpression
{
    /// <summary>The maximum length of the text, in characters.</summary>
    public const int MaxTextLength = 200;

    /// <summary>Its identifier.</summary>
    public Guid ExpressionId { get; init; }

    /// <summary>Its language, BCP-47.</summary>
    public string Language { get; init; } = "";

    /// <summary>What people say, in the notation of the lists that ship.</summary>
    public string Text { get; init; } = "";

    /// <summary>What it means, such as <c>specialty:trauma</c>, <c>kind:attorney</c> or <c>crisis:selfHarm</c>.</summary>
    public string Meaning { get; init; } = "";
}
