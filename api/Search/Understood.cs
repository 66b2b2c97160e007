namespace HealthEquity.Api.Search;

/// <summary>How a question was read. Each item can be shown as a tag that the reader can take away.</summary>
public sealed record Understood
{
    /// <summary>Kinds of entry that it asks for.</summary>
    public required IReadOnlyList<UnderstoodItem> Kinds { get; init; }

    /// <summary>What help is needed with, and for whom.</summary>
    public required IReadOnlyList<UnderstoodItem> Needs { get; init; }

    /// <summary>The place.</summary>
    public UnderstoodPlace? Place { get; init; }

    /// <summary>Languages to be spoken.</summary>
    public required IReadOnlyList<UnderstoodItem> Languages { get; init; }

    /// <summary>What it may cost.</summary>
    public required IReadOnlyList<UnderstoodItem> Cost { get; init; }

    /// <summary>The words that are looked for as they stand.</summary>
    public required IReadOnlyList<string> Words { get; init; }
}

/// <summary>Something that a question was read as.</summary>
public sealed record UnderstoodItem
{
    /// <summary>The value of "not" that takes it away: "specialty:sleep".</summary>
    public required string Code { get; init; }

    /// <summary>What to show, in the reader's language where there is a word.</summary>
    public required string Label { get; init; }

    /// <summary>The words of the question that say it.</summary>
    public required string Text { get; init; }

    /// <summary>The parameter that asks for the same; missing for a situation, which stands for several.</summary>
    public string? Parameter { get; init; }

    /// <summary>The value of that parameter.</summary>
    public string? Value { get; init; }
}

/// <summary>The place that a question names.</summary>
public sealed record UnderstoodPlace
{
    /// <summary>The value of "not" that takes it away.</summary>
    public string Code => "place";

    /// <summary>The place: "Springfield, MO".</summary>
    public required string Label { get; init; }

    /// <summary>The words of the question that say it.</summary>
    public required string Text { get; init; }

    /// <summary>The parameter that asks for the same.</summary>
    public string Parameter => "near";

    /// <summary>The value of that parameter.</summary>
    public required string Value { get; init; }

    /// <summary>Other places of that name: values of "near".</summary>
    public required IReadOnlyList<string> Alternatives { get; init; }
}
