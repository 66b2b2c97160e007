using HealthEquity.Api.Languages;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Search;

/// <summary>A page of entries.</summary>
/// <typeparam name="TEntry">The kind of entry.</typeparam>
public sealed record EntryList<TEntry>
    where TEntry : Entry
{
    /// <summary>The entries, in the order asked for.</summary>
    public required IReadOnlyList<TEntry> Items { get; init; }

    /// <summary>Which page this is, of how many.</summary>
    public required Page Page { get; init; }

    /// <summary>Counts by parameter and value, over everything that matches; only when asked for.</summary>
    public IReadOnlyList<Facet>? Facets { get; init; }

    /// <summary>What to tell the reader about this answer.</summary>
    public Notice? Notice { get; init; }

    /// <summary>The nearest search that finds something, when this one finds nothing.</summary>
    public WiderList<TEntry>? Wider { get; init; }

    /// <summary>
    /// Whom to call now: first of all when the question speaks of danger (then "notice" is <c>crisis</c>), and when nothing was found.
    /// Show them above the items.
    /// </summary>
    public IReadOnlyList<Hotline>? Hotlines { get; init; }

    /// <summary>How "q" was read.</summary>
    public Understood? Understood { get; init; }

    /// <summary>How far around the place the search went.</summary>
    public SearchedRadius? Radius { get; init; }

    /// <summary>What "q" asked for and no entry has with the rest: <c>words</c>, <c>need</c> or <c>place</c>.</summary>
    public IReadOnlyList<string>? Dropped { get; init; }
}

/// <summary>How far around a place a search went.</summary>
public sealed record SearchedRadius
{
    /// <summary>The distance in "unit"; missing when the search went through the whole state.</summary>
    public double? Distance { get; init; }

    /// <summary>The unit of the distance.</summary>
    public required string Unit { get; init; }

    /// <summary>True when there were fewer than five nearer.</summary>
    public required bool Widened { get; init; }
}

/// <summary>A page's place in the whole.</summary>
public sealed record Page
{
    /// <summary>The page, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Items on a full page.</summary>
    public required int Size { get; init; }

    /// <summary>Items on all pages.</summary>
    public required int TotalItems { get; init; }

    /// <summary>How many pages there are.</summary>
    public required int TotalPages { get; init; }

    /// <summary>The place of a page.</summary>
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
    /// <summary>The value, as the parameter takes it.</summary>
    public required string Value { get; init; }

    /// <summary>What to show for it, in the reader's language where there is a word.</summary>
    public required string Label { get; init; }

    /// <summary>Entries that match and hold it.</summary>
    public required int Count { get; init; }
}

/// <summary>The nearest search that finds something.</summary>
/// <typeparam name="TEntry">The kind of entry.</typeparam>
public sealed record WiderList<TEntry>
    where TEntry : Entry
{
    /// <summary>The parameters that were left out.</summary>
    public required IReadOnlyList<string> Dropped { get; init; }

    /// <summary>Where to read on; only in answers to GET, so that a search sent by POST is put into no address.</summary>
    public string? Link { get; init; }

    /// <summary>How many it finds.</summary>
    public required int TotalItems { get; init; }

    /// <summary>The first that it finds.</summary>
    public required IReadOnlyList<TEntry> Items { get; init; }
}

/// <summary>Somebody to call now, or something to have at hand.</summary>
public sealed record Hotline
{
    /// <summary>The slug of its entry; missing when the directory has none.</summary>
    public string? Slug { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The number to call first; empty for a card or a website.</summary>
    public required string Number { get; init; }

    /// <summary>All numbers.</summary>
    public IReadOnlyList<HotlineNumber> Numbers { get; init; } = [];

    /// <summary>The languages spoken there, BCP-47.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>When it can be reached: "24/7", or what its entry says; missing where unknown.</summary>
    public string? Hours { get; init; }

    /// <summary>What to expect, in the reader's language where there is a text.</summary>
    public string? Text { get; init; }

    /// <summary>The entry's own address, where the directory has one.</summary>
    public string? Link { get; init; }
}

/// <summary>A number of a hotline.</summary>
public sealed record HotlineNumber
{
    /// <summary>How to use it: <c>call</c>, <c>text</c>, <c>tty</c>, <c>whatsapp</c>…</summary>
    public required string Type { get; init; }

    /// <summary>The number.</summary>
    public required string Number { get; init; }

    /// <summary>The languages spoken there, where they are not those of the whole hotline.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];
}
