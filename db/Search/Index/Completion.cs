namespace HealthEquity.Search.Index;

/// <summary>The type of a suggestion.</summary>
public enum SuggestionType
{
    /// <summary>An entry, by its name.</summary>
    Entry,

    /// <summary>A vocabulary term, by its label, to use as a filter.</summary>
    Term,

    /// <summary>A city, a county or a state.</summary>
    Place,
}

/// <summary>A completion of the typed text.</summary>
public sealed record Completion
{
    /// <summary>The type of the suggestion.</summary>
    public required SuggestionType Type { get; init; }

    /// <summary>The text to show: the entry's name, the term's label in the reader's language if available, or the place.</summary>
    public required string Text { get; init; }

    /// <summary>The entry; null for terms and places.</summary>
    public IndexedEntry? Entry { get; init; }

    /// <summary>The field to filter on; null for entries, and for cities, which are searched as words.</summary>
    public SearchField? Field { get; init; }

    /// <summary>The value to filter on; null if <see cref="Field"/> is null.</summary>
    public string? Value { get; init; }

    /// <summary>The number of matching entries.</summary>
    public required int Count { get; init; }
}
