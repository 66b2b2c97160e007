using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Problems;
using HealthEquity.Formats.Hsds;
using HealthEquity.Formats.Hsds.Writing;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Hsds;

/// <summary>The standard's envelope for a page.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed record HsdsPage<T>
{
    /// <summary>The total number of items.</summary>
    public required int TotalItems { get; init; }

    /// <summary>The total number of pages.</summary>
    public required int TotalPages { get; init; }

    /// <summary>The page number, starting at 1.</summary>
    public required int PageNumber { get; init; }

    /// <summary>The number of items on this page.</summary>
    public required int Size { get; init; }

    /// <summary>Whether this is the first page.</summary>
    public required bool FirstPage { get; init; }

    /// <summary>Whether this is the last page.</summary>
    public required bool LastPage { get; init; }

    /// <summary>Whether the page is empty.</summary>
    public required bool Empty { get; init; }

    /// <summary>The items.</summary>
    public required IReadOnlyList<T> Contents { get; init; }
}

/// <summary>A list of results, and how to convert it.</summary>
/// <typeparam name="TItem">The type of the results.</typeparam>
/// <typeparam name="T">The type of the documents.</typeparam>
/// <param name="Found">The whole list.</param>
/// <param name="Make">Creates the document of a result when it is sent.</param>
/// <param name="Mark">Identifies the document of a result.</param>
/// <param name="Shape">Anything else that the documents depend on.</param>
public sealed record HsdsList<TItem, T>(IReadOnlyList<TItem> Found, Func<TItem, T> Make, Func<TItem, HsdsMark> Mark, string Shape)
{
    /// <summary>Whether everything is on one page by default.</summary>
    public bool OnOnePage { get; init; }
}

/// <summary>
/// Identifies a document. The document of an entry is identified by the entry's number and length: the only change without a new number (its
/// check becomes overdue) changes the length.
/// </summary>
/// <param name="Id">The id of the entity.</param>
/// <param name="Sequence">The number of the publication.</param>
/// <param name="Length">The length of the published document.</param>
public readonly record struct HsdsMark(Guid Id, long Sequence, int Length)
{
    /// <summary>The mark of an entity of an entry.</summary>
    public static HsdsMark Of(Guid id, IndexedEntry entry) => new(id, entry.Sequence, entry.Body.Length);
}

/// <summary>Sends HSDS documents.</summary>
public static class HsdsAnswers
{
    /// <summary>The media type of documents, one per line.</summary>
    public const string Ndjson = "application/x-ndjson; charset=utf-8";

    private const int PageSize = 20;

    // Another version of this program may write the same documents differently.
    private static readonly byte[] Program = [.. typeof(HsdsAnswers).Module.ModuleVersionId.ToByteArray(), .. typeof(HsdsMapping).Module.ModuleVersionId.ToByteArray()];

    /// <summary>Answers with one document, or 404.</summary>
    public static Task SendOneAsync<T>(HttpContext context, DirectorySnapshot? snapshot, string id, Func<DirectorySnapshot, Guid, T?> find)
        where T : class
    {
        if (snapshot is null)
        {
            return NotReady.SendAsync(context);
        }

        return Guid.TryParse(id, out var guid) && find(snapshot, guid) is { } found
            ? context.SendAsync(Of(found, snapshot))
            : Problem.Of(StatusCodes.Status404NotFound, $"Nothing has the id {Quoted.Of(id)}.").SendAsync(context);
    }

    /// <summary>Answers with a page of a list, or streams all of it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="request">The page and format.</param>
    /// <param name="snapshot">The snapshot of the directory.</param>
    /// <param name="list">The list.</param>
    /// <param name="beforeStream">Called before the whole list is streamed.</param>
    public static Task SendListAsync<TItem, T>(HttpContext context, HsdsListRequest request, DirectorySnapshot snapshot, HsdsList<TItem, T> list, Action beforeStream)
    {
        if (request.Format == HsdsFormat.Ndjson)
        {
            return StreamAsync(context, snapshot, list, Ndjson, ("", "\n", "\n"), beforeStream);
        }

        var size = request.PerPage ?? PageSize;
        if (list.OnOnePage && request.PerPage is null && request.Page == 1)
        {
            var envelope = JsonSerializer.Serialize(Page(list, 1, Math.Max(1, list.Found.Count), []) with { Size = list.Found.Count, Empty = list.Found.Count == 0 }, HsdsJson.Options);
            return StreamAsync(context, snapshot, list, "application/json; charset=utf-8", (envelope[..^2], ",", "]}"), beforeStream);
        }

        return context.SendAsync(Of(Page(list, request.Page, size, [.. list.Found.Skip((request.Page - 1) * size).Take(size).Select(list.Make)]), snapshot));
    }

    /// <summary>The fingerprint of an answer, the same on every node.</summary>
    public static string Fingerprint(string shape, IEnumerable<HsdsMark> marks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Program);
        hash.AppendData(Encoding.UTF8.GetBytes(shape));
        Span<byte> bytes = stackalloc byte[16 + sizeof(long) + sizeof(int)];
        foreach (var mark in marks)
        {
            mark.Id.TryWriteBytes(bytes);
            BitConverter.TryWriteBytes(bytes[16..], mark.Sequence);
            BitConverter.TryWriteBytes(bytes[24..], mark.Length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 12));
    }

    private static HsdsPage<T> Page<TItem, T>(HsdsList<TItem, T> list, int number, int size, IReadOnlyList<T> contents)
    {
        var pages = (list.Found.Count + size - 1) / size;
        return new HsdsPage<T>
        {
            TotalItems = list.Found.Count,
            TotalPages = pages,
            PageNumber = number,
            Size = contents.Count,
            FirstPage = number == 1,
            LastPage = number >= pages,
            Empty = contents.Count == 0,
            Contents = contents,
        };
    }

    private static Answer Of<T>(T document, DirectorySnapshot snapshot) => new(JsonSerializer.SerializeToUtf8Bytes(document, HsdsJson.Options), snapshot.Mark)
    {
        Generation = snapshot.Generation,
        Vary = "Accept-Encoding",
    };

    private static Task StreamAsync<TItem, T>(
        HttpContext context, DirectorySnapshot snapshot, HsdsList<TItem, T> list, string mediaType, (string Begin, string Between, string End) frame, Action beforeStream)
    {
        var answer = new StreamedAnswer
        {
            Fingerprint = Fingerprint($"{mediaType} {typeof(T).Name} {list.Shape}", list.Found.Select(list.Mark)),
            Mark = snapshot.Mark,
            ContentType = mediaType,
            WriteAsync = async (body, cancellation) =>
            {
                var next = frame.Begin;
                foreach (var item in list.Found)
                {
                    await body.WriteAsync(Encoding.UTF8.GetBytes(next), cancellation);
                    await body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(list.Make(item), HsdsJson.Options), cancellation);
                    next = frame.Between;
                }

                await body.WriteAsync(Encoding.UTF8.GetBytes(list.Found.Count > 0 ? frame.End : frame.Begin + frame.End.TrimStart('\n')), cancellation);
            },
        };
        return answer.SendAsync(context, context.RequestAborted, beforeStream);
    }
}
