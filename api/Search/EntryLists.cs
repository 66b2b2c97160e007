using System.Buffers;
using System.Text.Json;
using FluentValidation.Results;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Problems;
using HealthEquity.Directory.Geography;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Search;

/// <summary>Answers lists and searches with an <see cref="EntryList{TEntry}"/>, assembled from the stored bytes of the entries.</summary>
public sealed class EntryLists(
    PublishedDirectory directory,
    SearchQueries queries,
    FacetLabels labels,
    Messages messages,
    UnderstoodQuestions understood,
    Hotlines hotlines)
{
    private const int WiderItems = 5;

    /// <summary>How long to cache an answer that depends on the time of day.</summary>
    private const int OpenNowMilliseconds = 30_000;

    /// <summary>Answers a list.</summary>
    /// <param name="context">The request.</param>
    /// <param name="request">The validated request.</param>
    public Task AnswerAsync(HttpContext context, ListRequest request)
    {
        if (!directory.IsReady)
        {
            return NotReady.SendAsync(context);
        }

        var choice = LanguageChoice.Of(request.Lang, context.Request);
        return TryBuild(request, choice, HttpMethods.IsPost(context.Request.Method) ? null : context.Request, out var failures) is { } answer
            ? context.SendAsync(answer)
            : Problem.Of(failures).SendAsync(context);
    }

    /// <summary>Builds the answer to a list.</summary>
    /// <param name="request">The validated request.</param>
    /// <param name="choice">The reader's languages.</param>
    /// <param name="link">The request whose address the page links use; null if the search must not appear in an address.</param>
    /// <param name="failures">Why the request was refused.</param>
    /// <returns>The answer; null if there are failures.</returns>
    public Answer? TryBuild(ListRequest request, LanguageChoice choice, HttpRequest? link, out List<ValidationFailure> failures)
    {
        var query = queries.Of(request, choice, out var failure);
        if (query is null || failure is not null)
        {
            failures = [failure ?? new ValidationFailure("", "The request can't be answered.")];
            return null;
        }

        failures = [];
        var snapshot = directory.Current;
        var result = snapshot.Search(query);
        var page = Page.Of(request.Page, request.PageSize, result.Total);
        var body = new ArrayBufferWriter<byte>(16 * 1024);
        var entries = new EntryWriter(choice);
        body.Write("{\"items\":["u8);
        WriteItems(body, entries, result.Hits, request);
        body.Write("],\"page\":"u8);
        Write(body, page);
        if (result.Facets.Count > 0)
        {
            body.Write(",\"facets\":"u8);
            Write(body, labels.Of(result.Facets, ParameterSet.Of(request.GetType()), choice));
        }

        WriteUnderstood(body, query, result, request, choice);
        if (query.Question is { Crisis: { Count: > 0 } crises })
        {
            body.Write(",\"notice\":"u8);
            Write(body, messages.Notice("crisis." + crises[0], choice) with { Code = "crisis", Kind = crises[0] });
            body.Write(",\"hotlines\":"u8);
            Write(body, hotlines.For(crises, snapshot, query, choice));
        }
        else if (result.Total == 0 || result.Fuzzy)
        {
            body.Write(",\"notice\":"u8);
            Write(body, messages.Notice(result.Total == 0 ? "nothingFound" : "similarSpelling", choice));
        }

        if (result.Total == 0)
        {
            WriteWider(body, entries, snapshot, query, request, link);
            if (query.Question is not { Crisis.Count: > 0 })
            {
                body.Write(",\"hotlines\":"u8);
                Write(body, hotlines.For(snapshot, query, choice));
            }
        }

        body.Write("}"u8);
        return new Answer(body.WrittenSpan.ToArray(), snapshot.Mark)
        {
            Generation = snapshot.Generation,
            CacheControl = (query.OpenAt ?? query.PreferOpenAt) is null ? Answer.Kept : Answer.Checked,
            GoodUntil = (query.OpenAt ?? query.PreferOpenAt) is null ? long.MaxValue : Environment.TickCount64 + OpenNowMilliseconds,
            Link = link is not null && PageLinks.Header(link, page) is { Length: > 0 } links ? links : default,
            ContentLanguage = choice.First ?? default,
        };
    }

    private void WriteUnderstood(ArrayBufferWriter<byte> body, SearchQuery query, SearchResult result, ListRequest request, LanguageChoice choice)
    {
        if (query.Question is { } question)
        {
            body.Write(",\"understood\":"u8);
            Write(body, understood.Of(question, ParameterSet.Of(request.GetType()), choice));
        }

        if (result.Radius is { } radius)
        {
            var isKm = request is PlacedListRequest { Unit: DistanceUnit.Km };
            body.Write(",\"radius\":"u8);
            Write(body, new SearchedRadius
            {
                Distance = radius.Miles is { } miles ? Math.Round(isKm ? miles * GeoDistance.KilometersPerMile : miles, 1) : null,
                Unit = isKm ? "km" : "mi",
                Widened = radius.IsWidened,
            });
        }

        if (result.Dropped.Count > 0)
        {
            body.Write(",\"dropped\":"u8);
            Write(body, result.Dropped.Select(d => JsonNamingPolicy.CamelCase.ConvertName(d.ToString())).ToList());
            if (result.Dropped.Contains(DroppedPart.Words))
            {
                body.Write(",\"droppedWords\":"u8);
                Write(body, query.Question!.Words.Select(w => w.Text).ToList());
            }
        }
    }

    private static void WriteItems(ArrayBufferWriter<byte> body, EntryWriter entries, IReadOnlyList<SearchHit> hits, ListRequest request)
    {
        var kilometers = request is PlacedListRequest { Unit: DistanceUnit.Km };
        for (var i = 0; i < hits.Count; i++)
        {
            if (i > 0)
            {
                body.Write(","u8);
            }

            var distance = kilometers ? hits[i].DistanceMiles * GeoDistance.KilometersPerMile : hits[i].DistanceMiles;
            entries.Write(body, hits[i].Entry.Body.Span, distance);
        }
    }

    private static void WriteWider(
        ArrayBufferWriter<byte> body, EntryWriter entries, DirectorySnapshot snapshot, SearchQuery query, ListRequest request, HttpRequest? link)
    {
        if (WiderSearch.Nearest(snapshot, query with { Skip = 0, Take = WiderItems, Facets = [] }) is not { } wider)
        {
            return;
        }

        var dropped = ParametersOf(wider.Dropped, request).Select(d => d == "near" && request is ServiceListRequest { Near: null, Zip.Count: > 0 } ? "zip" : d).ToList();
        body.Write(",\"wider\":{\"dropped\":"u8);
        Write(body, dropped);
        if (link is not null)
        {
            body.Write(",\"link\":"u8);
            Write(body, PageLinks.Address(link, dropped, page: 1));
        }

        body.Write(",\"totalItems\":"u8);
        Write(body, wider.Result.Total);
        body.Write(",\"items\":["u8);
        WriteItems(body, entries, wider.Result.Hits, request);
        body.Write("]}"u8);
    }

    /// <summary>The request's parameters for these fields. Names that are not fields are parameters already.</summary>
    private static IReadOnlyList<string> ParametersOf(IReadOnlyList<string> fields, ListRequest request)
    {
        var set = ParameterSet.Of(request.GetType());
        return [.. fields.Select(field => set.Filters.FirstOrDefault(p => p.Field!.Name == field)?.Name ?? field)];
    }

    private static void Write<T>(ArrayBufferWriter<byte> body, T value)
    {
        using var writer = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = ApiJson.Options.Encoder });
        JsonSerializer.Serialize(writer, value, ApiJson.Options);
    }
}
