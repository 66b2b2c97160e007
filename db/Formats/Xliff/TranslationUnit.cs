namespace HealthEquity.Formats.Xliff;

/// <summary>One text to translate.</summary>
/// <param name="Id">Its name within its part of the file, such as <c>find.title</c>; a plural form has its CLDR category behind the name (<c>results.count.few</c>).</param>
/// <param name="Source">The English text, with placeholders such as <c>{count}</c>.</param>
/// <param name="Target">The translation; null where there is none.</param>
public sealed record TranslationUnit(string Id, string Source, string? Target)
{
    /// <summary>The part of the file that it belongs to: the pages, or an entry.</summary>
    public string Part { get; init; } = Pages;

    /// <summary>The part's name for people.</summary>
    public string? PartName { get; init; }

    /// <summary>Where it stands and what its placeholders mean.</summary>
    public string Context { get; init; } = "";

    /// <summary>The part with the texts of the public pages.</summary>
    public const string Pages = "pages";

    /// <summary>The most characters there is room for; 0 for any number.</summary>
    public int MaxLength { get; init; }

    /// <summary>Whether a person who knows the language has reviewed the translation.</summary>
    public bool IsReviewed { get; init; }
}
