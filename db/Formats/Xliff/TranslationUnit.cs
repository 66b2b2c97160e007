namespace HealthEquity.Formats.Xliff;

/// <summary>One text to translate.</summary>
/// <param name="Id">Its name, such as <c>find.title</c>; a plural form has its CLDR category behind the name (<c>results.count.few</c>).</param>
/// <param name="Source">The English text, with placeholders such as <c>{count}</c>.</param>
/// <param name="Target">The translation; null where there is none.</param>
public sealed record TranslationUnit(string Id, string Source, string? Target)
{
    /// <summary>Where it stands and what its placeholders mean.</summary>
    public string Context { get; init; } = "";

    /// <summary>The most characters there is room for; 0 for any number.</summary>
    public int MaxLength { get; init; }

    /// <summary>Whether a person who knows the language has reviewed the translation.</summary>
    public bool IsReviewed { get; init; }
}
