namespace HealthEquity.Directory.Geography;

/// <summary>A place that a question names.</summary>
public sealed record PlaceMatch
{
    /// <summary>The number of the first word that names it.</summary>
    public required int FirstWord { get; init; }

    /// <summary>How many words name it, state and ZIP code included, preposition not.</summary>
    public required int WordCount { get; init; }

    /// <summary>Where the mention begins in the text.</summary>
    public required int Start { get; init; }

    /// <summary>How many characters of the text it has.</summary>
    public required int Length { get; init; }

    /// <summary>The place that is most likely meant.</summary>
    public required Place Place { get; init; }

    /// <summary>Other places of that name, the likeliest first.</summary>
    public IReadOnlyList<Place> Alternatives { get; init; } = [];

    /// <summary>How sure it is that a place is meant and which, from 0 to 1. Mentions under 0.5 are left out.</summary>
    public required double Confidence { get; init; }

    /// <summary>True when a word such as "in" or "near" stands before the name.</summary>
    public bool HasPreposition { get; init; }

    /// <summary>True when the question names the state (or the ZIP code) too.</summary>
    public bool NamesState { get; init; }

    /// <summary>True when another mention says more exactly where: the state of a town, the town of a ZIP code.</summary>
    public bool IsContext { get; init; }

    /// <summary>True when the words may be part of an organization's name: "Miami Valley Hospital".</summary>
    public bool MayBeName { get; init; }
}

/// <summary>What a text that should name a place means.</summary>
/// <param name="Place">The place; null when unknown.</param>
/// <param name="Alternatives">Other places of that name, the likeliest first.</param>
/// <param name="Nearest">Names that may be meant, when the place is unknown: "Houston, TX".</param>
public sealed record PlaceReading(Place? Place, IReadOnlyList<Place> Alternatives, IReadOnlyList<string> Nearest);
