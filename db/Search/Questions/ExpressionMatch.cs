namespace HealthEquity.Search.Questions;

/// <summary>An expression found in a question.</summary>
/// <param name="Meanings">What it means.</param>
/// <param name="Language">The language of its list.</param>
/// <param name="Tokens">The tokens that it takes, ascending; those that a gap stands for are not among them.</param>
internal sealed record ExpressionMatch(IReadOnlyList<Meaning> Meanings, string Language, short[] Tokens)
{
    /// <summary>The first token.</summary>
    public int Start => Tokens[0];

    /// <summary>The token after the last.</summary>
    public int End => Tokens[^1] + 1;

    /// <summary>True when it has a meaning from there.</summary>
    public bool Has(string axis) => Meanings.Any(m => m.Axis == axis);
}
