using System.IO.Compression;
using HealthEquity.Directory.Publication;
using Microsoft.Extensions.Primitives;

namespace HealthEquity.Api.Answers;

/// <summary>
/// An answer of any length that is sent while it is written. Its ETag is computed in advance from everything it depends on, so a client that
/// already has it gets 304 and nothing is written.
/// </summary>
public sealed class StreamedAnswer
{
    private const int BufferSize = 32 * 1024;

    /// <summary>The fingerprint. Answers that differ in a single byte have different ones, the same on every node.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The state of the directory.</summary>
    public required ChangeMark Mark { get; init; }

    /// <summary>Media type.</summary>
    public required StringValues ContentType { get; init; }

    /// <summary>The file name, if it is a file.</summary>
    public StringValues ContentDisposition { get; init; }

    /// <summary>The language of the texts, if one was chosen.</summary>
    public StringValues ContentLanguage { get; init; }

    /// <summary>The Vary header.</summary>
    public StringValues Vary { get; init; } = "Accept-Encoding";

    /// <summary>Whether the body is already compressed.</summary>
    public bool IsCompressed { get; init; }

    /// <summary>Writes the body.</summary>
    public required Func<Stream, CancellationToken, Task> WriteAsync { get; init; }

    /// <summary>Sends the answer: only headers for HEAD, 304 if the client already has it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellation">Cancels the operation when the caller disconnects.</param>
    /// <param name="beforeBody">Called before a body is written.</param>
    public async Task SendAsync(HttpContext context, CancellationToken cancellation, Action? beforeBody = null)
    {
        var coding = IsCompressed ? ContentCoding.None : ContentCodings.Choose(context.Request.Headers.AcceptEncoding);
        var (response, headers) = (context.Response, context.Response.Headers);
        // Numbers, which fingerprints are made of, count only within an epoch.
        var tag = $"\"{Fingerprint}{Mark.Epoch.ToString("N")[..8]}{coding.TagEnding()}\"";
        headers.ETag = tag;
        headers.CacheControl = HttpMethods.IsPost(context.Request.Method) ? Answer.NotStored : Answer.Kept;
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
        // Buffer the many small writes of a body, because each would become a packet.
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

        // Not after a failure: the connection is aborted, so the client sees that the answer is incomplete.
        await body.FlushAsync(cancellation);
    }
}
