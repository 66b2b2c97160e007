using System.Runtime.CompilerServices;
using HealthEquity.Api.Json;
using HealthEquity.Api.Languages;
using HealthEquity.Directory.Entries;
using HealthEquity.Hosting;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Search;

/// <summary>Converts entries to hotlines. Each version of an entry is parsed once.</summary>
internal sealed class HotlineEntries(PublicPath path)
{
    private readonly ConditionalWeakTable<IndexedEntry, Entry> _read = [];

    /// <summary>Converts an entry to a hotline.</summary>
    public Hotline Of(IndexedEntry indexed, LanguageChoice choice)
    {
        var entry = Read(indexed);
        var service = entry as ServiceEntry;
        var numbers = (service?.Phones ?? []).Where(p => p.Type != "fax").Select(NumberOf).ToList();
        return new Hotline
        {
            Slug = indexed.Slug,
            Name = entry.Name,
            Number = numbers.Find(n => n.Type == "call")?.Number ?? (numbers.Count > 0 ? numbers[0].Number : ""),
            Numbers = numbers,
            Languages = [.. (service?.Languages ?? []).Select(l => l.Language)],
            Hours = service?.Hours is not { } hours ? null : hours.AlwaysOpen ? "24/7" : hours.Note,
            Text = entry.Translations.Where(t => t.Summary is not null && choice.Rank(t.Language) < choice.Rank(entry.Language))
                .MinBy(t => choice.Rank(t.Language))?.Summary ?? entry.Summary,
            Link = path.Of($"/v1/{indexed.Kind.Path()}/{indexed.Slug}"),
        };
    }

    /// <summary>The parsed entry.</summary>
    public Entry Read(IndexedEntry indexed) => _read.GetValue(indexed, static e => ApiJson.Read<Entry>(e.Body.Span));

    private static HotlineNumber NumberOf(Phone phone) => new()
    {
        Type = phone.Type is "hotline" or "voice" or null ? "call" : phone.Type,
        Number = phone.Number,
        Languages = phone.Languages,
    };
}
