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
public sealed class EntryLists(PublishedDirectory directory, EntrySearches searches, FacetLabels labels)
{
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
        if (searches.TryFind(request, choice, out failures) is not { } found)
        {
            return null;
        }

        var body = AnswerBuffer.Take();
        var entries = new EntryWriter(choice);
        body.Write("{\"items\":["u8);
        WriteItems(body, entries, found.Result.Hits, request);
        body.Write("],\"page\":"u8);
        Write(body, found.Page);
        if (found.Result.Facets.Count > 0)
        {
            body.Write(",\"facets\":"u8);
            labels.Write(body, found.Result.Facets, ParameterSet.Of(request.GetType()), choice);
        }

        WriteMember(body, ",\"understood\":"u8, found.Understood);
        WriteMember(body, ",\"radius\":"u8, found.Radius);
        WriteMember(body, ",\"dropped\":"u8, found.Dropped);
        WriteMember(body, ",\"droppedWords\":"u8, found.DroppedWords);
        WriteMember(body, ",\"notice\":"u8, found.Notice);
        if (found.Wider is { } wider)
        {
            WriteWider(body, entries, wider, request, link);
        }

        WriteMember(body, ",\"hotlines\":"u8, found.Hotlines);
        body.Write("}"u8);
        return new Answer(AnswerBuffer.Return(body), found.Snapshot.Mark)
        {
            Generation = found.Snapshot.Generation,
            CacheControl = found.IsOfTheHour ? Answer.Checked : Answer.Kept,
            GoodUntil = found.IsOfTheHour ? Environment.TickCount64 + OpenNowMilliseconds : long.MaxValue,
            Link = link is not null && PageLinks.Header(link, found.Page) is { Length: > 0 } links ? links : default,
            ContentLanguage = choice.First ?? default,
        };
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

    private static void WriteWider(ArrayBufferWriter<byte> body, EntryWriter entries, WiderEntries wider, ListRequest request, HttpRequest? link)
    {
        body.Write(",\"wider\":{\"dropped\":"u8);
        Write(body, wider.Dropped);
        if (link is not null)
        {
            body.Write(",\"link\":"u8);
            Write(body, PageLinks.Address(link, wider.Dropped, page: 1));
        }

        body.Write(",\"totalItems\":"u8);
        Write(body, wider.Result.Total);
        body.Write(",\"items\":["u8);
        WriteItems(body, entries, wider.Result.Hits, request);
        body.Write("]}"u8);
    }

    private static void WriteMember<T>(ArrayBufferWriter<byte> body, ReadOnlySpan<byte> name, T? value)
        where T : class
    {
        if (value is not null)
        {
            body.Write(name);
            Write(body, value);
        }
    }

    private static void Write<T>(ArrayBufferWriter<byte> body, T value)
    {
        using var writer = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = ApiJson.Options.Encoder });
        JsonSerializer.Serialize(writer, value, ApiJson.Options);
    }
}
