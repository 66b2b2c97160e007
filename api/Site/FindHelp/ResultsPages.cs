using HealthEquity.Api.Languages;
using HealthEquity.Api.Search;
using HealthEquity.Api.Site.Cards;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Maps;
using HealthEquity.Api.Site.Needs;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Site.FindHelp;

/// <summary>Makes the page of results from the answer of the search.</summary>
public sealed class ResultsPages(SiteFrame frame, EntryCards cards, LastingCards lasting, LeftOutWords leftOut, AreaMaps maps, FacetLabels labels)
{
    private const int MostHotlineNumbers = 3;
    private const int MostFilterValues = 8;
    private const int MostTownsNamed = 6;
    private const double WidestMap = 3_000;

    private static readonly Dictionary<string, (string Key, bool IsEmergency)> Crises = new(StringComparer.Ordinal)
    {
        ["selfHarm"] = ("results.crisisSelfHarm", true),
        ["domesticViolence"] = ("results.crisisViolence", true),
        ["trafficking"] = ("results.crisisTrafficking", true),
        ["overdose"] = ("results.crisisOverdose", false),
        ["arrest"] = ("results.crisisArrest", false),
    };

    private static readonly (string Name, string Label)[] Filters =
        [("kind", "results.kinds"), ("cost", "entry.cost"), ("immigrationStatus", "entry.papers"), ("language", "entry.languages")];

    /// <summary>What is counted for the filters.</summary>
    public static IEnumerable<string> Facets => Filters.Select(f => f.Name);

    /// <summary>The page.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="asked">What was asked.</param>
    /// <param name="need">The choice of the first page that was pressed; null for none.</param>
    /// <param name="embed">What the page is embedded in; null for a page of its own.</param>
    /// <param name="text">The strings of the page.</param>
    public ResultsPage Of(FoundEntries found, List<KeyValuePair<string, string>> asked, Need? need, Embedding? embed, SiteText text)
    {
        var isWider = found.Result.Hits.Count == 0 && found.Wider is not null;
        var hits = isWider ? found.Wider!.Result.Hits : found.Result.Hits;
        var shown = (embed?.PartOf(hits) ?? hits).Select(h => (h.DistanceMiles, Card: lasting.Of(h.Entry, text))).ToList();
        var near = asked.ValueOf("near");
        var count = text.Count("results.count", found.Page.TotalItems);
        var heading = isWider ? text["results.widerTitle"]
            : hits.Count == 0 ? text["results.none"]
            : near is null ? count
            : text.Fill("results.countNear", ("count", count), ("near", text.Fill("results.near", ("place", near))));
        return new ResultsPage(frame, text)
        {
            Embed = embed,
            Title = heading,
            Path = "/find",
            MayBeIndexed = false,
            Heading = heading,
            Asked = [.. asked.Where(a => a.Key != "page")],
            Shared = [.. (embed?.Limit(asked) ?? asked).Where(a => a.Key != "page")],
            Words = asked.ValueOf("q") ?? (need is null ? null : text[need.Key]),
            Near = near,
            Cards = [.. shown.Select(s => cards.Of(s.Card, s.DistanceMiles, text))],
            Notes = [.. Notes(found, asked, text)],
            Hotlines = UrgentOf(found, text),
            Tags = need is null ? [.. TagsOf(found.Understood, asked, text)] : [],
            OtherPlaces = found.Understood?.Place?.Alternatives ?? [],
            Filters = [.. FiltersOf(found, asked, text)],
            IsOpenNow = asked.ValueOf("openNow") == "true",
            Map = embed is null ? MapOf([.. shown.Select(s => s.Card.Place).OfType<Location>()], text) : null,
            NextPage = found.Page.Number < found.Page.TotalPages ? found.Page.Number + 1 : null,
        };
    }

    private IEnumerable<FilterGroup> FiltersOf(FoundEntries found, List<KeyValuePair<string, string>> asked, SiteText text) =>
        from filter in Filters
        let facet = found.Result.Facets.FirstOrDefault(f => f.Field.Name == filter.Name)
        where facet is { Values.Count: > 1 }
        select new FilterGroup(
            filter.Name,
            text[filter.Label],
            [.. labels.Of(facet, LanguageChoice.OfTag(text.Language)).Select(v => filter.Name == "language" ? v with { Label = SiteWords.Language(v.Value, text) } : v).DistinctBy(v => v.Label).Take(MostFilterValues)],
            asked.Where(a => a.Key == filter.Name).Select(a => a.Value).ToHashSet(StringComparer.Ordinal));

    /// <summary>What was understood. What has one name, such as a need and a situation, is one tag and is taken back as one.</summary>
    private static IEnumerable<UnderstoodTag> TagsOf(Understood? understood, List<KeyValuePair<string, string>> asked, SiteText text)
    {
        var kept = asked.Where(a => a.Key != "page").ToList();
        return understood is null ? [] : NamesOf(understood, text).GroupBy(n => n.Label, n => KeyValuePair.Create("not", n.Code)).Select(tag => new UnderstoodTag(tag.Key, [.. kept, .. tag]));
    }

    /// <summary>The codes of what was understood, and their names. That somebody is in danger is no tag to be clicked away: the hotlines above say it.</summary>
    private static IEnumerable<(string Code, string Label)> NamesOf(Understood understood, SiteText text)
    {
        if (understood.Place is { } place)
        {
            yield return (place.Code, place.Label);
        }

        foreach (var item in understood.Kinds.Concat(understood.Needs).Concat(understood.Languages).Concat(understood.Cost))
        {
            if (!item.Code.StartsWith("crisis:", StringComparison.Ordinal))
            {
                yield return (item.Code, item is { Parameter: "language", Value: { } tag } ? SiteWords.Language(tag, text) : item.Label);
            }
        }
    }

    private IEnumerable<string> Notes(FoundEntries found, List<KeyValuePair<string, string>> asked, SiteText text)
    {
        if (leftOut.Of(found, asked, text) is { Count: > 0 } words)
        {
            yield return text.Fill("results.dropped", ("words", text.List(words)));
        }

        if (found.Notice is { Code: "similarSpelling" })
        {
            yield return text["results.similar"];
        }

        if (found.Radius is { Distance: { } miles } && found.Result.Hits.Count > 0)
        {
            yield return $"{text["results.order"]} ({text.Count("results.within", miles)})";
        }
    }

    private AreaMap? MapOf(List<Location> places, SiteText text)
    {
        var points = places.ConvertAll(p => new GeoPoint(p.Latitude!.Value, p.Longitude!.Value));
        if (points.Count == 0 || AreaMaps.MilesWide(points) > WidestMap)
        {
            return null;
        }

        var towns = places.Where(p => p.City is not null).GroupBy(p => p.City!, StringComparer.Ordinal).OrderByDescending(g => g.Count()).Take(MostTownsNamed)
            .Select(g => g.Count() > 1 ? $"{g.Key} ({g.Count()})" : g.Key).ToList();
        return maps.Around(points, text.Fill("map.shows", ("places", text.List(towns))));
    }

    private UrgentHelp? UrgentOf(FoundEntries found, SiteText text)
    {
        if (found.Hotlines is not { Count: > 0 } hotlines)
        {
            return null;
        }

        var (key, isEmergency) = found.Notice is { Code: "crisis", Kind: { } kind } ? Crises.GetValueOrDefault(kind, ("results.hotlines", true)) : ("results.hotlines", false);
        return new UrgentHelp(key, isEmergency, [.. hotlines.Select(h => CardOf(h, found.Snapshot, text))]);
    }

    private HotlineCard CardOf(Hotline hotline, DirectorySnapshot snapshot, SiteText text)
    {
        var entry = hotline.Slug is null ? null : EntryKinds.All.Select(k => snapshot.FindBySlug(k, hotline.Slug)).FirstOrDefault(e => e is not null);
        var numbers = hotline.Numbers.Count > 0 ? hotline.Numbers
            : hotline.Number.Length > 0 ? [new HotlineNumber { Type = "call", Number = hotline.Number }]
            : [];
        var actions = numbers.DistinctBy(n => (n.Type, n.Number)).Take(MostHotlineNumbers).Select(n => new Phone { Number = n.Number, Type = n.Type == "call" ? "voice" : n.Type })
            .Select(p => EntryCards.ActionOf(p, text)).Where(a => a.Link is not null);
        var (language, english) = entry is null ? (null, null) : lasting.Of(entry, text).Reviewed;
        return new HotlineCard(
            hotline.Name,
            entry is null ? null : $"/{entry.Kind.Path()}/{entry.Slug}",
            [.. actions],
            hotline.Text,
            language,
            english);
    }
}
