using System.Collections.Concurrent;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Site.Cards;

/// <summary>What of an entry's card is the same all day, and for every search.</summary>
/// <param name="Card">The card without distance, opening hours and the age of the last check.</param>
public sealed record LastingCard(EntryCard Card)
{
    /// <summary>True for an entry that helps people directly.</summary>
    public bool IsService { get; init; }

    /// <summary>When it is open.</summary>
    public Hours? Hours { get; init; }

    /// <summary>When it was checked.</summary>
    public DateOnly? AssuredOn { get; init; }

    /// <summary>True when the next check is overdue.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>The event, whose next day depends on today; null for other kinds.</summary>
    public Event? Event { get; init; }

    /// <summary>The place that a map shows; null for none.</summary>
    public Location? Place { get; init; }

    /// <summary>The language of the summary where it is not the reader's, and the English to show besides.</summary>
    public (string? Language, string? English) Reviewed { get; init; }
}

/// <summary>
/// Keeps cards of entries that were shown lately: reading an entry's document costs more than everything else on a page of results. Cards
/// belong to an entry as it was published and to the present vocabularies. As in the answer cache, when the young half is full it becomes the
/// old one, and what was not shown since is dropped.
/// </summary>
public sealed class LastingCards(EntryCards cards, DirectoryVocabularies vocabularies)
{
    /// <summary>Cards in one half; a card takes some two kilobytes.</summary>
    private const int Half = 12_000;

    private volatile Kept _kept = new(null, [], []);

    /// <summary>The card of an entry in the reader's language.</summary>
    public LastingCard Of(IndexedEntry entry, SiteText text)
    {
        var current = vocabularies.Current;
        var kept = _kept;
        if (!ReferenceEquals(kept.Vocabularies, current))
        {
            _kept = kept = new(current, [], []);
        }

        var key = (entry, text.Language);
        if (!kept.Young.TryGetValue(key, out var card))
        {
            card = kept.Old.TryGetValue(key, out var older) ? older : Make(entry, text);
            kept.Young[key] = card;
            if (kept.AddOne() >= Half)
            {
                _kept = new(current, [], kept.Young);
            }
        }

        return card;
    }

    /// <summary>The entry with its texts in the reader's language; what fell back is named in it.</summary>
    public static Entry Read(IndexedEntry found, SiteText text) => new EntryWriter(LanguageChoice.OfTag(text.Language)).Read(found.Body.Span);

    private LastingCard Make(IndexedEntry entry, SiteText text)
    {
        var card = cards.Lasting(Read(entry, text), text);
        // The English beside a machine's translation stands in the document as it is published.
        return card.Reviewed.English is null ? card
            : card with { Reviewed = ReviewedTexts.Of(ApiJson.Read<Entry>(entry.Body.Span), text.Language) };
    }

    private sealed record Kept(
        VocabularySet? Vocabularies,
        ConcurrentDictionary<(IndexedEntry Entry, string Language), LastingCard> Young,
        ConcurrentDictionary<(IndexedEntry Entry, string Language), LastingCard> Old)
    {
        private int _count;

        /// <summary>Counts a young card, and returns how many there are: the dictionary would lock itself as a whole to count them.</summary>
        public int AddOne() => Interlocked.Increment(ref _count);
    }
}
