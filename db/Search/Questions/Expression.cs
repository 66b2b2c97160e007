namespace HealthEquity.Search.Questions;

/// <summary>Something that people say, and what it means.</summary>
/// <param name="Language">The language of the list it stands in, BCP-47.</param>
/// <param name="Meanings">What it means.</param>
/// <param name="Text">The expression as its list has it, without notes.</param>
/// <param name="Slots">What stands where, in order.</param>
internal sealed record Expression(string Language, IReadOnlyList<Meaning> Meanings, string Text, IReadOnlyList<Slot> Slots)
{
    /// <summary>The most words between two slots that may stand in any order.</summary>
    public const int LongestReach = 8;

    /// <summary>True when the slots may stand in any order, with other words between them.</summary>
    public bool IsAnyOrder { get; init; }
}

/// <summary>What an expression means: a term of a vocabulary, a kind, a language, a situation, a kind of crisis, or a part of speech.</summary>
/// <param name="Axis">Where the code comes from: "specialty", "kind", "language", "situation", "crisis", "ignore"…</param>
/// <param name="Code">The code; empty for parts of speech.</param>
public readonly record struct Meaning(string Axis, string Code)
{
    /// <summary>A word with no meaning of its own in a question.</summary>
    public const string Ignore = "ignore";

    /// <summary>A word that stands before or after a place.</summary>
    public const string Near = "near";

    /// <summary>A word that stands before or after the name of a language.</summary>
    public const string Speaks = "speaks";

    /// <summary>The name of a place; <see cref="ReadQuestion.Place"/> says which.</summary>
    public const string Place = "place";

    /// <summary>An expression of danger.</summary>
    public const string Crisis = "crisis";

    /// <summary>Said of an expression of danger: it counts less than one that says another kind for sure.</summary>
    public const string Perhaps = "perhaps";

    /// <summary>A phrase that holds an expression of danger and says none.</summary>
    public const string Never = "never";

    /// <summary>A phrase whose words have another sense there: none of them speaks of danger.</summary>
    public const string OtherSense = "otherSense";

    /// <summary>Reads a code as lists have it: "specialty:trauma", "near".</summary>
    public static Meaning Parse(string code) =>
        code.Split(':', 2) is [var axis, var value] ? new Meaning(axis, value) : new Meaning(code, "");

    /// <inheritdoc/>
    public override string ToString() => Code.Length == 0 ? Axis : $"{Axis}:{Code}";
}

/// <summary>One place of an expression: any of several runs of words, one of which may be empty; or a gap.</summary>
/// <param name="Alternatives">The runs of folded words; none for a gap of up to <see cref="LongestGap"/> words.</param>
internal sealed record Slot(IReadOnlyList<IReadOnlyList<QuestionToken>> Alternatives)
{
    /// <summary>The most words that a gap stands for.</summary>
    public const int LongestGap = 3;

    /// <summary>True when the alternatives are a list of words that other expressions share.</summary>
    public bool IsShared { get; init; }

    /// <summary>True for a gap.</summary>
    public bool IsGap => Alternatives.Count == 0;
}
