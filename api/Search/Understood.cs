namespace HealthEquity.Api.Search;

/// <summary>How a question was interpreted. Show each item as a tag that the reader can remove.</summary>
public sealed record Understood
{
    /// <summary>The requested kinds of entry.</summary>
    public required IReadOnlyList<UnderstoodItem> Kinds { get; init; }

    /// <summary>The needs, and the people who have them.</summary>
    public required IReadOnlyList<UnderstoodItem> Needs { get; init; }

    /// <summary>The place.</summary>
    public UnderstoodPlace? Place { get; init; }

    /// <summary>The requested languages.</summary>
    public required IReadOnlyList<UnderstoodItem> Languages { get; init; }

    /// <summary>The requested cost.</summary>
    public required IReadOnlyList<UnderstoodItem> Cost { get; init; }

    /// <summary>Words that are searched as plain text.</summary>
    public required IReadOnlyList<string> Words { get; init; }
}

/// <summary>One interpretation of words in a question.</summary>
public sealed record UnderstoodItem
{
    /// <summary>The value of "not" that undoes it: "specialty:sleep".</summary>
    public required string Code { get; init; }

    /// <summary>The label, in the reader's language if there is one.</summary>
    public required string Label { get; init; }

    /// <summary>The words of the question.</summary>
    public required string Text { get; init; }

    /// <summary>The equivalent parameter; missing for a situation, which means several.</summary>
    public string? Parameter { get; init; }

    /// <summary>The value of that parameter.</summary>
    public string? Value { get; init; }
}

/// <summary>The place in a question.</summary>
public sealed record UnderstoodPlace
{
    /// <summary>The value of "not" that undoes it.</summary>
    public string Code => "place";

    /// <summary>The place: "Springfield, MO".</summary>
    public required string Label { get; init; }

    /// <summary>The words of the question.</summary>
    public required string Text { get; init; }

    /// <summary>The equivalent parameter.</summary>
    public string Parameter => "near";

    /// <summary>The value of that parameter.</summary>
    public required string Value { get; init; }

    /// <summary>Other places of that name, as values of "near".</summary>
    public required IReadOnlyList<string> Alternatives { get; init; }
}
