using System.Text.Json;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Problems;
using HealthEquity.Db.Geography;
using HealthEquity.Db.Hsds;
using HealthEquity.Db.Search;

namespace HealthEquity.Api.Hsds;

/// <summary>The standard's envelope of a page.</summary>
/// <typeparam name="T">What is on it.</typeparam>
public sealed record HsdsPage<T>
{
    /// <summary>Things in all.</summary>
    public required int TotalItems { get; init; }

    /// <summary>Pages in all.</summary>
    public required int TotalPages { get; init; }

    /// <summary>This page's number, from 1.</summary>
    public required int PageNumber { get; init; }

    /// <summary>Things on this page.</summary>
    public required int Size { get; init; }

    /// <summary>Whether it is the first.</summary>
    public required bool FirstPage { get; init; }

    /// <summary>Whether it is the last.</summary>
    public required bool LastPage { get; init; }

    /// <summary>Whether there is nothing on it.</summary>
    public required bool Empty { get; init; }

    /// <summary>The things.</summary>
    public required IReadOnlyList<T> Contents { get; init; }
}

/// <summary>Sends HSDS documents.</summary>
public static class HsdsAnswers
{
    private const int FlushEvery = 200;

    /// <summary>Answers with one document, or says that there is none of that id.</summary>
    public static Task SendOneAsync<T>(HttpContext context, DirectorySnapshot? snapshot, string id, Func<DirectorySnapshot, Guid, T?> find)
        where T : class
    {
        if (snapshot is null)
        {
            return NotReady.SendAsync(context);
        }

        return Guid.TryParse(id, out var guid) && find(snapshot, guid) is { } found
            ? context.SendAsync(Of(found, snapshot.Sequence))
            : Problem.Of(StatusCodes.Status404NotFound, $"There is nothing of the id {Quoted.Of(id)} here.").SendAsync(context);
    }

    /// <summary>Answers with a page of a list, or streams the whole of it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="request">Which page, in which form.</param>
    /// <param name="sequence">The sequence of the directory that the list speaks for.</param>
    /// <param name="all">The whole list; what is not sent is not made.</param>
    /// <param name="make">Makes the document.</param>
    public static async Task SendListAsync<TItem, T>(
        HttpContext context, HsdsListRequest request, long sequence, IEnumerable<TItem> all, Func<TItem, T> make)
    {
        if (request.Format == HsdsFormat.Ndjson)
        {
            await StreamAsync(context, all, make);
            return;
        }

        var items = all as IReadOnlyList<TItem> ?? [.. all];
        var pages = (items.Count + request.PerPage - 1) / request.PerPage;
        var contents = items.Skip((request.Page - 1) * request.PerPage).Take(request.PerPage).Select(make).ToList();
        var page = new HsdsPage<T>
        {
            TotalItems = items.Count,
            TotalPages = pages,
            PageNumber = request.Page,
            Size = contents.Count,
            FirstPage = request.Page == 1,
            LastPage = request.Page >= pages,
            Empty = contents.Count == 0,
            Contents = contents,
        };
        await context.SendAsync(Of(page, sequence));
    }

    /// <summary>The search that a list of services asks for; null, with a failure sent, when the postcode has no place.</summary>
    public static SearchQuery QueryOf(HsdsServiceListRequest request, string? postcode = null, double? metres = null)
    {
        var query = new SearchQuery { Text = string.IsNullOrWhiteSpace(request.Search) ? null : request.Search };
        if (postcode is null)
        {
            return query;
        }

        return metres is { } within && ZipCodes.TryGet(postcode, out var area)
            ? query with
            {
                Near = new GeoPoint(area.Latitude, area.Longitude),
                RadiusMiles = within / (GeoDistance.KilometersPerMile * 1000),
                Sort = SearchSort.Distance,
            }
            : query with { ServesZip = [postcode] };
    }

    /// <summary>The ids that a list of terms or taxonomies may ask for.</summary>
    public static IReadOnlyList<Guid> Ids(params IReadOnlyList<string>[] lists) =>
        [.. lists.SelectMany(l => l).Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty)];

    private static Answer Of<T>(T document, long sequence) => new(JsonSerializer.SerializeToUtf8Bytes(document, HsdsJson.Options), sequence)
    {
        Vary = "Accept-Encoding",
    };

    private static async Task StreamAsync<TItem, T>(HttpContext context, IEnumerable<TItem> all, Func<TItem, T> make)
    {
        FastEndpoints.HttpContextExtensions.MarkResponseStart(context);
        context.Response.ContentType = "application/x-ndjson; charset=utf-8";
        var written = 0;
        foreach (var item in all)
        {
            await JsonSerializer.SerializeAsync(context.Response.Body, make(item), HsdsJson.Options, context.RequestAborted);
            await context.Response.Body.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
            if (++written % FlushEvery == 0)
            {
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
    }
}
