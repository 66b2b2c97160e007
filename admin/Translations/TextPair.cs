using HealthEquity.Admin.Comparing;
using HealthEquity.Directory.Glossary;
using HealthEquity.Directory.Translations;
using HealthEquity.Store.Entries;

namespace HealthEquity.Admin.Translations;

/// <summary>A text and its translation, side by side.</summary>
/// <param name="History">What happened to both.</param>
/// <param name="Label">The text's label.</param>
/// <param name="Original">The original with the glossary's terms.</param>
/// <param name="Typed">The translation as it is in the form.</param>
public sealed record TextPair(TextHistory History, string Label, MarkedText Original, string Typed)
{
    /// <summary>Where the text is in the entry.</summary>
    public string Path => History.Trail.Path;

    /// <summary>The name of the form's field.</summary>
    public string FieldName => FieldPrefix + Path;

    /// <summary>Whether something remains to be done.</summary>
    public bool IsUnfinished => History.Trail.IsMissing || History.IsStale;

    /// <summary>What the glossary says otherwise. Empty without a translation.</summary>
    public IReadOnlyList<GlossaryTerm> Missing { get; } = Typed.Length == 0 ? [] : Original.MissingIn(Typed);

    /// <summary>What was changed in the original since the translation was made.</summary>
    public IReadOnlyList<Piece> Difference => WordDiff.Compare(History.Trail.MadeFor, History.Trail.Original);

    /// <summary>The number of lines that the longer of the two texts takes.</summary>
    public int Rows => TextLabels.IsLine(Path) ? 1 : Math.Clamp(Math.Max(LinesOf(History.Trail.Original), LinesOf(Typed)) + 1, 2, 24);

    /// <summary>The prefix of the names of the form's fields.</summary>
    public const string FieldPrefix = "text:";

    /// <summary>The most characters that the translation may have.</summary>
    public int MaxLength => TranslatableTexts.MaxLength(Path);

    private static int LinesOf(string text) => text.Split('\n').Sum(line => 1 + line.Length / 55);
}
