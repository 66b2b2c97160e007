using System.IO.Compression;
using FluentValidation.Results;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Search;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Needs;
using HealthEquity.Api.Site.Texts;

namespace HealthEquity.Api.Site.FindHelp;

/// <summary>The first page and the results. A search comes by POST and stands in no address, except in a link that somebody copied.</summary>
public sealed class FindHelpAnswers(SiteFrame frame, PublishedDirectory directory, EntrySearches searches, ParameterValues parameters, ResultsPages pages, KeptPages kept)
{
    private const int PageSize = 20;

    /// <summary>The first page.</summary>
    public Task ShowAsync(
        HttpContext context, SiteText text, string? error = null, IReadOnlyList<KeyValuePair<string, string>>? asked = null, int status = StatusCodes.Status400BadRequest)
    {
        var embed = Embedding.Of(context.Request);
        var page = new FindPage(frame, text)
        {
            Embed = embed,
            Title = text["find.title"],
            Near = asked?.ValueOf("near") ?? embed?.Near ?? frame.Settings.DefaultNear,
            Words = asked?.ValueOf("q"),
            Error = error,
            IsAsking = asked is not null,
        };
        return asked is null
            ? context.SendPageAsync(Find.Create(page), SiteAnswers.Shared, error is null ? StatusCodes.Status200OK : status, CompressionLevel.SmallestSize)
            : context.SendPageAsync(Find.Create(page), SiteAnswers.Private, error is null ? StatusCodes.Status200OK : status);
    }

    /// <summary>The results of a search.</summary>
    public async Task SearchAsync(HttpContext context, SiteText text)
    {
        var asked = await FindForm.ReadAsync(context.Request, context.RequestAborted);
        var embed = Embedding.Of(context.Request);
        var need = Need.All.FirstOrDefault(n => n.Code == asked.ValueOf("need"));
        if (!directory.IsReady)
        {
            // Not 400: embeds then ask again.
            await ShowAsync(context, text, text["site.loading"], asked, StatusCodes.Status503ServiceUnavailable);
            return;
        }

        if (need?.Code == "else" || asked.TrueForAll(a => a.Key is "near" or "page"))
        {
            await ShowAsync(context, text, error: null, asked);
            return;
        }

        var generation = directory.Generation;
        var key = kept.KeyOf(context.Request, text.Language, FindForm.Pack(asked));
        if (kept.Find(key, generation) is { } before)
        {
            await before.SendAsync(context);
            return;
        }

        var failures = new List<ValidationFailure>();
        var request = ParameterBinder<SearchEntriesRequest>.Read(Values(embed?.Limit(asked) ?? asked, need, embed?.PageSize ?? PageSize), parameters, failures);
        var found = failures.Count == 0 ? searches.TryFind(request, LanguageChoice.OfTag(text.Language), out failures) : null;
        if (found is null)
        {
            await ShowAsync(context, text, Message(failures, asked, text), asked);
            return;
        }

        // Most searches are asked once. What a site shows at first is the same for everybody who comes to it.
        var compression = embed is null ? CompressionLevel.Fastest : embed.Part == ViewPart.Whole ? CompressionLevel.Optimal : CompressionLevel.SmallestSize;
        var page = await SiteAnswers.RenderAsync(
            Results.Create(pages.Of(found, asked, need, embed, text)), SiteAnswers.Private, generation, context.FramingPolicy(), compression: compression, cancellation: context.RequestAborted);
        kept.Keep(key, page);
        await page.SendAsync(context);
    }

    private static IEnumerable<KeyValuePair<string, string>> Values(IReadOnlyList<KeyValuePair<string, string>> asked, Need? need, int pageSize)
    {
        var values = asked.Where(a => a.Key != "need").ToList();
        if (need is { Question.Length: > 0 } && !values.Exists(v => v.Key == "q"))
        {
            values.Add(new("q", need.Question));
            values.AddRange(need.Kinds.Where(_ => !asked.Any(a => a.Key == "kind")).Select(k => KeyValuePair.Create("kind", k)));
        }

        if (values.Exists(v => v.Key is "language" or "immigrationStatus"))
        {
            // A ticked box shows what it counts. What is said in the question only comes first.
            values.Add(new("strict", "true"));
        }

        values.Add(new("pageSize", pageSize.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        values.AddRange(ResultsPages.Facets.Select(f => KeyValuePair.Create("facets", f)));
        return values;
    }

    internal static string Message(List<ValidationFailure> failures, List<KeyValuePair<string, string>> asked, SiteText text) =>
        failures.Exists(f => f.PropertyName == "near") ? text.Fill("error.place", ("place", asked.ValueOf("near") ?? ""))
        : text[failures.Exists(f => f.PropertyName == "q") ? "error.long" : "error.value"];
}
