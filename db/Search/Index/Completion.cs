namespace HealthEquity.Search.Index;

/// <summary>What a suggestion leads to.</summary>
public enum SuggestionType
{
    /// <summary>An entry, by its name.</summary>
    Entry,

    /// <summary>A vocabulary term, by its label: a filter.</summary>
    Term,

    /// <summary>A city, a county or a state.</summary>
    Place,
}

/// <summary>A completion of what somebody is typing.</summary>
public sealed record Completion
{
    /// <summary>What it leads to.</summary>
    public required SuggestionType Type { get; init; }

    /// <summary>What to show: the entry's name, the term's label in the reader's language where it has one, the place.</summary>
    public required string Text { get; init; }

    /// <summary>The entry; null for terms and places.</summary>
    public IndexedEntry? Entry { get; init; }

    /// <summary>The field to filter on; null for entries, and for cities, which are searched for as words.</summary>
    public SearchField? Field { get; init; }

    /// <summary>The value to filter on; null where <see cref="Field"/> is.</summary>
    public string? Value { get; init; }

    /// <summary>How many entries it leads to.</summary>
    public required int Count { get; init; }
}
