using System.Text.Json;
using FluentValidation.Results;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Search;
using HealthEquity.Api.Site.Cards;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Needs;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Site.FindHelp;

/// <summary>The first page and the results. A search comes by POST and stands in no address, except in a link that somebody copied.</summary>
public sealed class FindHelpAnswers(SiteFrame frame, PublishedDirectory directory, EntryLists lists, ParameterValues parameters, EntryCards cards)
{
    private const int PageSize = 20;

    private static readonly Dictionary<string, string> CrisisHeadings = new(StringComparer.Ordinal)
    {
        ["selfHarm"] = "results.crisisSelfHarm",
        ["domesticViolence"] = "results.crisisViolence",
        ["trafficking"] = "results.crisisTrafficking",
        ["overdose"] = "results.crisisOverdose",
        ["arrest"] = "results.crisisArrest",
    };

    private static readonly (string Name, string Label)[] Filters =
        [("kind", "results.filters"), ("cost", "entry.cost"), ("immigrationStatus", "entry.papers"), ("language", "entry.languages")];

    /// <summary>The first page.</summary>
    public Task ShowAsync(HttpContext context, SiteText text, string? error = null, IReadOnlyList<KeyValuePair<string, string>>? asked = null)
    {
        var embed = Embedding.Of(context.Request);
        var page = new FindPage(frame, text)
        {
            Embed = embed,
            Title = text["find.title"],
            Near = ValueOf(asked, "near") ?? embed?.Near ?? frame.Settings.DefaultNear,
            Words = ValueOf(asked, "q"),
            Error = error,
            IsAsking = asked is not null,
        };
        return context.SendPageAsync(
            Find.Create(page), asked is null ? SiteAnswers.Shared : SiteAnswers.Private, error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    /// <summary>The results of a search.</summary>
    public async Task SearchAsync(HttpContext context, SiteText text)
    {
        var asked = await FindForm.ReadAsync(context.Request, context.RequestAborted);
        var embed = Embedding.Of(context.Request);
        var need = Need.All.FirstOrDefault(n => n.Code == ValueOf(asked, "need"));
        if (!directory.IsReady)
        {
            await ShowAsync(context, text, text["site.loading"], asked);
            return;
        }

        if (need?.Code == "else" || asked.TrueForAll(a => a.Key is "near" or "page"))
        {
            await ShowAsync(context, text, error: null, asked);
            return;
        }

        var failures = new List<ValidationFailure>();
        var request = ParameterBinder<SearchEntriesRequest>.Read(Values(embed?.Limit(asked) ?? asked, need, embed?.PageSize ?? PageSize), parameters, failures);
        var answer = failures.Count == 0 ? lists.TryBuild(request, LanguageChoice.OfTag(text.Language), link: null, out failures) : null;
        if (answer is null)
        {
            await ShowAsync(context, text, Message(failures, asked, text), asked);
            return;
        }

        var list = JsonSerializer.Deserialize<EntryList<Entry>>(answer.Body.Span, ApiJson.Options)!;
        await context.SendPageAsync(Results.Create(PageOf(list, asked, need, embed, text)), SiteAnswers.Private);
    }

    private ResultsPage PageOf(EntryList<Entry> list, List<KeyValuePair<string, string>> asked, Need? need, Embedding? embed, SiteText text)
    {
        var shown = list.Items.Count > 0 ? list.Items : list.Wider?.Items ?? [];
        var near = ValueOf(asked, "near");
        var count = text.Count("results.count", list.Items.Count > 0 ? list.Page.TotalItems : list.Wider?.TotalItems ?? 0);
        var heading = list.Items.Count == 0 && list.Wider is not null ? text["results.widerTitle"]
            : list.Items.Count == 0 ? text["results.none"]
            : near is null ? count
            : $"{count} {text.Fill("results.near", ("place", near))}";
        return new ResultsPage(frame, text)
        {
            Embed = embed,
            Title = heading,
            MayBeIndexed = false,
            Heading = heading,
            Asked = [.. asked.Where(a => a.Key != "page")],
            Shared = [.. (embed?.Limit(asked) ?? asked).Where(a => a.Key != "page")],
            Words = ValueOf(asked, "q") ?? (need is null ? null : text[need.Key]),
            Near = near,
            Cards = [.. shown.Select(e => cards.Of(e, text))],
            Notes = [.. Notes(list, text)],
            Hotlines = [.. (list.Hotlines ?? []).Select(h => CardOf(h, text))],
            HotlineHeading = list.Notice is { Code: "crisis", Kind: { } kind } && CrisisHeadings.TryGetValue(kind, out var key) ? text[key] : text["results.hotlines"],
            Tags = need is null ? [.. TagsOf(list.Understood, asked)] : [],
            OtherPlaces = list.Understood?.Place?.Alternatives ?? [],
            Filters = [.. FiltersOf(list, asked, text)],
            NextPage = list.Page.Number < list.Page.TotalPages ? list.Page.Number + 1 : null,
        };
    }

    private static IEnumerable<FilterGroup> FiltersOf(EntryList<Entry> list, List<KeyValuePair<string, string>> asked, SiteText text) =>
        from filter in Filters
        let facet = list.Facets?.FirstOrDefault(f => f.Field == filter.Name)
        where facet is { Values.Count: > 1 }
        select new FilterGroup(
            filter.Name, text[filter.Label], [.. facet.Values.Take(8)], asked.Where(a => a.Key == filter.Name).Select(a => a.Value).ToHashSet(StringComparer.Ordinal));

    private static IEnumerable<UnderstoodTag> TagsOf(Understood? understood, List<KeyValuePair<string, string>> asked)
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
            yield return new UnderstoodTag(item.Label, [.. kept, new("not", item.Code)]);
        }
    }

    private static IEnumerable<string> Notes(EntryList<Entry> list, SiteText text)
    {
        if (list.Notice is { Code: not "crisis" } notice)
        {
            yield return notice.Text;
        }

        if (list.Radius is { Distance: { } miles })
        {
            yield return $"{text["results.order"]} ({text.Count("results.within", miles)})";
        }
    }

    private HotlineCard CardOf(Hotline hotline, SiteText text)
    {
        var link = hotline.Slug is null || !directory.IsReady ? null
            : EntryKinds.All.Select(k => directory.Current.FindBySlug(k, hotline.Slug)).FirstOrDefault(e => e is not null) is { } entry
                ? $"/{entry.Kind.Path()}/{entry.Slug}"
                : null;
        var numbers = hotline.Numbers.Count > 0 ? hotline.Numbers
            : hotline.Number.Length > 0 ? [new HotlineNumber { Type = "call", Number = hotline.Number }]
            : [];
        var actions = numbers.DistinctBy(n => (n.Type, n.Number)).Take(3).Select(n => new Phone { Number = n.Number, Type = n.Type == "call" ? "voice" : n.Type })
            .Select(p => EntryCards.ActionOf(p, text)).Where(a => a.Link is not null);
        return new HotlineCard(hotline.Name, link, hotline.Text, [.. actions]);
    }

    private static IEnumerable<KeyValuePair<string, string>> Values(IEnumerable<KeyValuePair<string, string>> asked, Need? need, int pageSize)
    {
        var values = asked.Where(a => a.Key != "need").ToList();
        if (need is { Question.Length: > 0 } && !values.Exists(v => v.Key == "q"))
        {
            values.Add(new("q", need.Question));
        }

        values.Add(new("pageSize", pageSize.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        values.AddRange(Filters.Select(f => KeyValuePair.Create("facets", f.Name)));
        return values;
    }

    internal static string Message(List<ValidationFailure> failures, List<KeyValuePair<string, string>> asked, SiteText text) =>
        failures.Exists(f => f.PropertyName == "near") ? text.Fill("error.place", ("place", ValueOf(asked, "near") ?? ""))
        : text["error.long"];

    private static string? ValueOf(IReadOnlyList<KeyValuePair<string, string>>? asked, string name) => asked?.FirstOrDefault(a => a.Key == name).Value;
}
