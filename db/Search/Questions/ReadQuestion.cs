using HealthEquity.Directory.Geography;

namespace HealthEquity.Search.Questions;

/// <summary>What was understood of a question.</summary>
public sealed record ReadQuestion
{
    /// <summary>The question, composed; <see cref="QuestionPart.Start"/> counts its characters.</summary>
    public required string Text { get; init; }

    /// <summary>Kinds of crisis that it speaks of, the plainest first: "selfHarm", "arrest"…</summary>
    public IReadOnlyList<string> Crisis { get; init; } = [];

    /// <summary>The place that it names; null when it names none.</summary>
    public PlaceMatch? Place { get; init; }

    /// <summary>Its parts in order, each with what it means.</summary>
    public IReadOnlyList<QuestionPart> Parts { get; init; } = [];

    /// <summary>The languages in which it is written, as far as can be told, the likeliest first.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>True when a word was taken for one that is spelled similarly.</summary>
    public bool IsCorrected { get; init; }

    /// <summary>True for a whole sentence: then its words are not all to be found, for people tell a story in them.</summary>
    public bool IsSentence => Parts.Count(p => !p.IsWord && p.Meanings.Count == 0) >= 3 || Text.AsSpan().Count(' ') >= 6;

    /// <summary>All meanings, each once, in the order of the question.</summary>
    public IEnumerable<Meaning> Meanings => Parts.SelectMany(p => p.Meanings).Distinct();

    /// <summary>The words that are looked for as they stand.</summary>
    public IEnumerable<QuestionPart> Words => Parts.Where(p => p.IsWord);

    /// <summary>True when it asks about what officials can do, and not for help for a person.</summary>
    public bool IsAboutPolicy => Meanings.Any(m => m is { Axis: "theme" } or { Axis: "kind", Code: "policyAction" });
}

/// <summary>A part of a question.</summary>
/// <param name="Start">Where it begins, in characters.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Text">As it was typed.</param>
/// <param name="Meanings">What it means; none for a word looked for as it stands, and for conversation.</param>
/// <param name="IsWord">True for a word that is looked for as it stands.</param>
public sealed record QuestionPart(int Start, int Length, string Text, IReadOnlyList<Meaning> Meanings, bool IsWord)
{
    /// <summary>True for a word that some expression has: then it is no slip of the pen.</summary>
    public bool IsKnown { get; init; }

    /// <summary>Where it ends.</summary>
    public int End => Start + Length;
}
