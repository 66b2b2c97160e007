namespace HealthEquity.Search.Questions;

/// <summary>A word of a question, or one character of a script without spaces between words.</summary>
/// <param name="Start">Where it begins in the question.</param>
/// <param name="Length">How many characters it has there.</param>
/// <param name="Word">Its folded form.</param>
/// <param name="Other">
/// The form it may also be meant in: "avocat" of "l'avocat", a Korean, Arabic or Amharic word without what is written onto it; null where there
/// is none.
/// </param>
/// <param name="Accented">The word in small letters with its accents, where it has any; else null.</param>
/// <param name="IsUnspaced">True for a character of a script without spaces between words.</param>
internal readonly record struct QuestionToken(int Start, int Length, string Word, string? Other, string? Accented, bool IsUnspaced)
{
    /// <summary>Where it ends in the question.</summary>
    public int End => Start + Length;
}
