using System.Text.Json;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using HealthEquity.Api.Search;
using HealthEquity.Api.Site.Cards;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Maps;
using HealthEquity.Api.Site.Needs;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;

namespace HealthEquity.Api.Site.FindHelp;

/// <summary>Makes the page of results from the answer of the search.</summary>
public sealed class ResultsPages(SiteFrame frame, PublishedDirectory directory, EntryCards cards, LeftOutWords leftOut)
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
    /// <param name="list">What was found.</param>
    /// <param name="asked">What was asked.</param>
    /// <param name="need">The choice of the first page that was pressed; null for none.</param>
    /// <param name="embed">What the page is embedded in; null for a page of its own.</param>
    /// <param name="text">The strings of the page.</param>
    public ResultsPage Of(EntryList<Entry> list, List<KeyValuePair<string, string>> asked, Need? need, Embedding? embed, SiteText text)
    {
        var isWider = list.Items.Count == 0 && list.Wider is not null;
        var shown = isWider ? list.Wider!.Items : list.Items;
        var near = asked.ValueOf("near");
        var count = text.Count("results.count", list.Page.TotalItems);
        var heading = isWider ? text["results.widerTitle"]
            : shown.Count == 0 ? text["results.none"]
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
            Cards = [.. shown.Select(e => cards.Of(e, text))],
            Notes = [.. Notes(list, asked, text)],
            Hotlines = UrgentOf(list, text),
            Tags = need is null ? [.. TagsOf(list.Understood, asked, text)] : [],
            OtherPlaces = list.Understood?.Place?.Alternatives ?? [],
            Filters = [.. FiltersOf(list, asked, text)],
            IsOpenNow = asked.ValueOf("openNow") == "true",
            Map = embed is null ? MapOf(shown, text) : null,
            NextPage = list.Page.Number < list.Page.TotalPages ? list.Page.Number + 1 : null,
        };
    }

    private static IEnumerable<FilterGroup> FiltersOf(EntryList<Entry> list, List<KeyValuePair<string, string>> asked, SiteText text) =>
        from filter in Filters
        let facet = list.Facets?.FirstOrDefault(f => f.Field == filter.Name)
        where facet is { Values.Count: > 1 }
        select new FilterGroup(
            filter.Name,
            text[filter.Label],
            [.. facet.Values.Select(v => filter.Name == "language" ? v with { Label = SiteWords.Language(v.Value, text) } : v).DistinctBy(v => v.Label).Take(MostFilterValues)],
            asked.Where(a => a.Key == filter.Name).Select(a => a.Value).ToHashSet(StringComparer.Ordinal));

    /// <summary>What was understood. That somebody is in danger is no tag to be clicked away: the hotlines above say it.</summary>
    private static IEnumerable<UnderstoodTag> TagsOf(Understood? understood, List<KeyValuePair<string, string>> asked, SiteText text)
    {
        if (understood is null)
        {
            yield break;
        }

        var kept = asked.Where(a => a.Key != "page").ToList();
        if (understood.Place is { } place)
        {
            yield return new UnderstoodTag(place.Label, [.. kept, new("not", place.Code)]);
        }

        foreach (var item in understood.Kinds.Concat(understood.Needs).Concat(understood.Languages).Concat(understood.Cost))
        {
            if (!item.Code.StartsWith("crisis:", StringComparison.Ordinal))
            {
                yield return new UnderstoodTag(item is { Parameter: "language", Value: { } tag } ? SiteWords.Language(tag, text) : item.Label, [.. kept, new("not", item.Code)]);
            }
        }
    }

    private IEnumerable<string> Notes(EntryList<Entry> list, List<KeyValuePair<string, string>> asked, SiteText text)
    {
        if (leftOut.Of(list, asked, text) is { Count: > 0 } words)
        {
            yield return text.Fill("results.dropped", ("words", text.List(words)));
        }

        if (list.Notice is { Code: "similarSpelling" })
        {
            yield return text["results.similar"];
        }

        if (list.Radius is { Distance: { } miles } && list.Items.Count > 0)
        {
            yield return $"{text["results.order"]} ({text.Count("results.within", miles)})";
        }
    }

    private static AreaMap? MapOf(IReadOnlyList<Entry> shown, SiteText text)
    {
        var places = shown.Select(PlaceOf).OfType<Location>().ToList();
        var points = places.ConvertAll(p => new GeoPoint(p.Latitude!.Value, p.Longitude!.Value));
        if (points.Count == 0 || AreaMap.MilesWide(points) > WidestMap)
        {
            return null;
        }

        var towns = places.Where(p => p.City is not null).GroupBy(p => p.City!, StringComparer.Ordinal).OrderByDescending(g => g.Count()).Take(MostTownsNamed)
            .Select(g => g.Count() > 1 ? $"{g.Key} ({g.Count()})" : g.Key).ToList();
        return AreaMap.Around(points, text.Fill("map.shows", ("places", text.List(towns))));
    }

    /// <summary>The place of an entry that a map can show.</summary>
    private static Location? PlaceOf(Entry entry)
    {
        var places = entry switch { ServiceEntry service => service.Locations, Event { Location: { } place } => [place], _ => [] };
        return places.FirstOrDefault(p => p is { Visibility: Visibility.Public, Latitude: not null, Longitude: not null });
    }

    private UrgentHelp? UrgentOf(EntryList<Entry> list, SiteText text)
    {
        if (list.Hotlines is not { Count: > 0 } hotlines)
        {
            return null;
        }

        var (key, isEmergency) = list.Notice is { Code: "crisis", Kind: { } kind } ? Crises.GetValueOrDefault(kind, ("results.hotlines", true)) : ("results.hotlines", false);
        return new UrgentHelp(key, isEmergency, [.. hotlines.Select(h => CardOf(h, text))]);
    }

    private HotlineCard CardOf(Hotline hotline, SiteText text)
    {
        var found = hotline.Slug is null || !directory.IsReady ? null
            : EntryKinds.All.Select(k => directory.Current.FindBySlug(k, hotline.Slug)).FirstOrDefault(e => e is not null);
        var entry = found is null ? null : JsonSerializer.Deserialize<Entry>(found.Body.Span, ApiJson.Options);
        var numbers = hotline.Numbers.Count > 0 ? hotline.Numbers
            : hotline.Number.Length > 0 ? [new HotlineNumber { Type = "call", Number = hotline.Number }]
            : [];
        var actions = numbers.DistinctBy(n => (n.Type, n.Number)).Take(MostHotlineNumbers).Select(n => new Phone { Number = n.Number, Type = n.Type == "call" ? "voice" : n.Type })
            .Select(p => EntryCards.ActionOf(p, text)).Where(a => a.Link is not null);
        var (language, english) = entry is null ? (null, null) : ReviewedTexts.Of(entry, text.Language);
        return new HotlineCard(
            hotline.Name,
            found is null ? null : $"/{found.Kind.Path()}/{found.Slug}",
            [.. actions],
            hotline.Text,
            language,
            english);
    }
}
