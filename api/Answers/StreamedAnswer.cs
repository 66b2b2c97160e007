using System.IO.Compression;
using HealthEquity.Directory.Publication;
using Microsoft.Extensions.Primitives;

namespace HealthEquity.Api.Answers;

/// <summary>
/// An answer that is written while it is sent, however long it is. It is known beforehand by everything that it is made of, so that
/// who has it already is told so (304) and nothing is written.
/// </summary>
public sealed class StreamedAnswer
{
    private const int BufferSize = 32 * 1024;

    /// <summary>Tells apart answers that differ in a single byte, on every node alike.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The state of the directory that it speaks for.</summary>
    public required ChangeMark Mark { get; init; }

    /// <summary>Media type.</summary>
    public required StringValues ContentType { get; init; }

    /// <summary>The name to keep it under, where it is a file.</summary>
    public StringValues ContentDisposition { get; init; }

    /// <summary>Language of the texts, where one was chosen.</summary>
    public StringValues ContentLanguage { get; init; }

    /// <summary>What of a request it depends on.</summary>
    public StringValues Vary { get; init; } = "Accept-Encoding";

    /// <summary>Whether it is compressed as it is.</summary>
    public bool IsCompressed { get; init; }

    /// <summary>Writes the body.</summary>
    public required Func<Stream, CancellationToken, Task> WriteAsync { get; init; }

    /// <summary>Sends it; the head alone to HEAD, 304 to who has it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellation">Cancels the operation when the caller disconnects.</param>
    /// <param name="beforeBody">Called when there is a body to write.</param>
    public async Task SendAsync(HttpContext context, CancellationToken cancellation, Action? beforeBody = null)
    {
        var coding = IsCompressed ? ContentCoding.None : ContentCodings.Choose(context.Request.Headers.AcceptEncoding);
        var (response, headers) = (context.Response, context.Response.Headers);
        // Numbers, which fingerprints are made of, count only within an epoch.
        var tag = $"\"{Fingerprint}{Mark.Epoch.ToString("N")[..8]}{coding.TagEnding()}\"";
        headers.ETag = tag;
        headers.CacheControl = HttpMethods.IsPost(context.Request.Method) ? Answer.NotKept : Answer.Kept;
        headers.Vary = Vary;
        MarkHeaders.Set(headers, Mark);
        FastEndpoints.HttpContextExtensions.MarkResponseStart(context);
        if (Answer.IsKnown(context.Request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        headers.ContentType = ContentType;
        headers.ContentDisposition = ContentDisposition;
        headers.ContentEncoding = coding.Name();
        headers.ContentLanguage = ContentLanguage;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            beforeBody?.Invoke();
            await WriteBodyAsync(response.Body, coding, cancellation);
        }
    }

    private async Task WriteBodyAsync(Stream to, ContentCoding coding, CancellationToken cancellation)
    {
        // A body is many small writes, and each that reached the connection would be a packet.
        var body = new BufferedStream(to, BufferSize);
        await using (Stream? coder = coding switch
        {
            ContentCoding.Brotli => new BrotliStream(body, CompressionLevel.Fastest, leaveOpen: true),
            ContentCoding.Gzip => new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true),
            _ => null,
        })
        {
            await WriteAsync(coder ?? body, cancellation);
        }

        // Not when something failed: then the connection breaks off, and the answer is seen to be torn.
        await body.FlushAsync(cancellation);
    }
}
