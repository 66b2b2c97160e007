namespace HealthEquity.Search.Questions;

/// <summary>An expression that a department adds to those that ship.</summary>
/// <param name="Language">Its language, BCP-47.</param>
/// <param name="Text">What people say, in the notation of <see cref="ExpressionParser"/>, without named lists.</param>
/// <param name="Meaning">What it means.</param>
public readonly record struct OwnExpression(string Language, string Text, string Meaning)
{
    /// <summary>True when the search can look for it.</summary>
    public bool IsReadable => ToExpression() is not null;

    internal Expression? ToExpression() => ExpressionParser.Parse(Text, Language, [Questions.Meaning.Parse(Meaning)]);
}
