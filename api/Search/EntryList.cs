using HealthEquity.Api.Languages;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Search;

/// <summary>A page of entries.</summary>
/// <typeparam name="TEntry">The kind of entry.</typeparam>
public sealed record EntryList<TEntry>
    where TEntry : Entry
{
    /// <summary>The entries in the requested order.</summary>
    public required IReadOnlyList<TEntry> Items { get; init; }

    /// <summary>The page number, page size and totals.</summary>
    public required Page Page { get; init; }

    /// <summary>Counts by parameter and value over all matches. Only if requested.</summary>
    public IReadOnlyList<Facet>? Facets { get; init; }

    /// <summary>A message about this response for the reader.</summary>
    public Notice? Notice { get; init; }

    /// <summary>The nearest broader search with results, if this one has none.</summary>
    public WiderList<TEntry>? Wider { get; init; }

    /// <summary>
    /// Hotlines to call now, if the question mentions danger (then "notice" is <c>crisis</c>) or if nothing was found. Show them above the
    /// items.
    /// </summary>
    public IReadOnlyList<Hotline>? Hotlines { get; init; }

    /// <summary>How "q" was interpreted.</summary>
    public Understood? Understood { get; init; }

    /// <summary>The distance from the place that was searched.</summary>
    public SearchedRadius? Radius { get; init; }

    /// <summary>Parts of "q" that were ignored, because no entry matches them together with the rest: <c>words</c>, <c>need</c> or <c>place</c>.</summary>
    public IReadOnlyList<string>? Dropped { get; init; }

    /// <summary>The words of "q" that results need not contain, if "dropped" has <c>words</c>. Results that contain them come first.</summary>
    public IReadOnlyList<string>? DroppedWords { get; init; }
}

/// <summary>The distance from a place that was searched.</summary>
public sealed record SearchedRadius
{
    /// <summary>The distance in "unit"; missing if the whole state was searched.</summary>
    public double? Distance { get; init; }

    /// <summary>The unit of the distance.</summary>
    public required string Unit { get; init; }

    /// <summary>True if the search was widened because fewer than five entries were nearer.</summary>
    public required bool Widened { get; init; }
}

/// <summary>Where a page is in the list.</summary>
public sealed record Page
{
    /// <summary>The page, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Items per page.</summary>
    public required int Size { get; init; }

    /// <summary>The total number of items.</summary>
    public required int TotalItems { get; init; }

    /// <summary>The number of pages.</summary>
    public required int TotalPages { get; init; }

    /// <summary>Describes a page.</summary>
    public static Page Of(int number, int size, int total) =>
        new() { Number = number, Size = size, TotalItems = total, TotalPages = (total + size - 1) / size };
}

/// <summary>How often each value of a parameter occurs.</summary>
public sealed record Facet
{
    /// <summary>The parameter.</summary>
    public required string Field { get; init; }

    /// <summary>Its values, most frequent first.</summary>
    public required IReadOnlyList<FacetValue> Values { get; init; }
}

/// <summary>How often a value occurs.</summary>
public sealed record FacetValue
{
    /// <summary>The value, as the parameter accepts it.</summary>
    public required string Value { get; init; }

    /// <summary>The label, in the reader's language if there is one.</summary>
    public required string Label { get; init; }

    /// <summary>The number of matching entries with this value.</summary>
    public required int Count { get; init; }
}

/// <summary>The nearest broader search with results.</summary>
/// <typeparam name="TEntry">The kind of entry.</typeparam>
public sealed record WiderList<TEntry>
    where TEntry : Entry
{
    /// <summary>The parameters that were dropped.</summary>
    public required IReadOnlyList<string> Dropped { get; init; }

    /// <summary>The address of that search. Only in responses to GET, so that a search sent by POST never appears in an address.</summary>
    public string? Link { get; init; }

    /// <summary>The number of results.</summary>
    public required int TotalItems { get; init; }

    /// <summary>The first results.</summary>
    public required IReadOnlyList<TEntry> Items { get; init; }
}

/// <summary>A service to call now, or a card to keep at hand.</summary>
public sealed record Hotline
{
    /// <summary>The slug of its entry; missing if the directory has no entry for it.</summary>
    public string? Slug { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The number to call first; empty for a card or a website.</summary>
    public required string Number { get; init; }

    /// <summary>All numbers.</summary>
    public IReadOnlyList<HotlineNumber> Numbers { get; init; } = [];

    /// <summary>The languages spoken there, BCP-47.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Its hours: "24/7" or the note of its entry; missing if unknown.</summary>
    public string? Hours { get; init; }

    /// <summary>What to expect, in the reader's language if available.</summary>
    public string? Text { get; init; }

    /// <summary>The address of its entry, if the directory has one.</summary>
    public string? Link { get; init; }
}

/// <summary>A number of a hotline.</summary>
public sealed record HotlineNumber
{
    /// <summary>How to use it: <c>call</c>, <c>text</c>, <c>tty</c>, <c>whatsapp</c>…</summary>
    public required string Type { get; init; }

    /// <summary>The number.</summary>
    public required string Number { get; init; }

    /// <summary>The languages spoken at this number, if they differ from the hotline's.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];
}
