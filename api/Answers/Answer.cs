using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using HealthEquity.Directory.Publication;
using Microsoft.Extensions.Primitives;

namespace HealthEquity.Api.Answers;

/// <summary>
/// A finished answer: body and headers as sent. Compressed forms are created on first use and cached. Answers contain nothing secret or personal,
/// so compression reveals nothing.
/// </summary>
public sealed class Answer
{
    /// <summary>
    /// The default: caches may keep an answer for a minute and must not serve it stale, not even when this node fails, because an entry
    /// in it may have been withdrawn.
    /// </summary>
    public const string Kept = "public, max-age=60, must-revalidate";

    /// <summary>For answers without entries, such as vocabularies: a stale one is better than none.</summary>
    public const string StaleAllowed = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400";

    /// <summary>For answers that can change within a minute, such as what is open now: caches must revalidate every time.</summary>
    public const string Checked = "public, no-cache";

    /// <summary>For answers to POST: a search sent in the body must not be kept anywhere.</summary>
    public const string NotStored = "no-store";

    private const int WorthCompressing = 512;

    private readonly Form _plain;
    private string? _hash;
    private bool _wasSent;
    private Form? _brotli;
    private Form? _gzip;

    /// <summary>Creates an answer.</summary>
    /// <param name="body">The body. It must not change afterwards.</param>
    /// <param name="mark">The state of the directory; null if the answer is not about the directory.</param>
    public Answer(byte[] body, ChangeMark? mark)
    {
        _plain = new Form(body, TagEnding: "", Encoding: default);
        SequenceText = mark is { } at ? at.Sequence.ToString(CultureInfo.InvariantCulture) : default(StringValues);
        EpochText = mark?.Epoch.ToString("D") ?? default(StringValues);
    }

    /// <summary>The generation of the directory. The cache keeps the answer for as long as the generation lasts.</summary>
    public long Generation { get; init; }

    /// <summary>When the answer expires, as <see cref="Environment.TickCount64"/>; for answers that depend on the time of day.</summary>
    public long GoodUntil { get; init; } = long.MaxValue;

    /// <summary>The route that made it, for metrics: an answer from the cache is sent ahead of routing.</summary>
    public string? Route { get; set; }

    /// <summary>Media type.</summary>
    public StringValues ContentType { get; init; } = "application/json; charset=utf-8";

    /// <summary>The Cache-Control header.</summary>
    public StringValues CacheControl { get; init; } = Kept;

    /// <summary>The language of the texts, if one was chosen.</summary>
    public StringValues ContentLanguage { get; init; }

    /// <summary>The Link header with the previous and next pages.</summary>
    public StringValues Link { get; init; }

    /// <summary>The Content-Security-Policy header; none by default, for answers that no browser shows as a page.</summary>
    public StringValues ContentSecurityPolicy { get; init; }

    /// <summary>The Vary header.</summary>
    public StringValues Vary { get; init; } = "Accept-Encoding, Accept-Language";

    /// <summary>Status code.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>How much time compressing may take; files that are compressed once and sent often are worth the smallest size.</summary>
    public CompressionLevel Compression { get; init; } = CompressionLevel.Optimal;

    /// <summary>
    /// True to take little time for compressing when it is sent for the first time, which is the only time for most searches. From the second
    /// time on <see cref="Compression"/> counts.
    /// </summary>
    public bool IsQuickAtFirst { get; init; }

    /// <summary>The uncompressed body.</summary>
    public ReadOnlyMemory<byte> Body => _plain.Bytes;

    /// <summary>Bytes in memory, including compressed forms.</summary>
    public int Size => _plain.Bytes.Length + (_brotli?.Bytes.Length ?? 0) + (_gzip?.Bytes.Length ?? 0);

    /// <summary>Part of the entity tag. What nobody may store needs none, and most of that is sent once: no hash is worked out for it.</summary>
    private string Hash => _hash ??= Convert.ToHexStringLower(XxHash128.Hash(_plain.Bytes));

    private StringValues SequenceText { get; }

    private StringValues EpochText { get; }

    /// <summary>Sends the answer, or 304 if the client already has it. Sends no body for HEAD.</summary>
    public Task SendAsync(HttpContext context)
    {
        var request = context.Request;
        var response = context.Response;
        var form = Choose(request.Headers.AcceptEncoding);
        var headers = response.Headers;
        var tag = CacheControl == NotStored ? null : $"\"{Hash}{form.TagEnding}\"";
        headers.ETag = tag;
        headers.CacheControl = HttpMethods.IsPost(request.Method) ? NotStored : CacheControl;
        headers.Vary = Vary;
        if (ContentSecurityPolicy.Count > 0)
        {
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
        }

        if (SequenceText.Count > 0)
        {
            headers[MarkHeaders.Sequence] = SequenceText;
            headers[MarkHeaders.Epoch] = EpochText;
        }

        if (Status == StatusCodes.Status200OK && tag is not null && IsKnown(request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.StatusCode = Status;
        headers.ContentType = ContentType;
        headers.ContentLength = form.Bytes.Length;
        if (form.Encoding.Count > 0)
        {
            headers.ContentEncoding = form.Encoding;
        }

        if (ContentLanguage.Count > 0)
        {
            headers.ContentLanguage = ContentLanguage;
        }

        if (Link.Count > 0)
        {
            headers.Link = Link;
        }

        if (HttpMethods.IsHead(request.Method))
        {
            return Task.CompletedTask;
        }

        // No token: reading one creates it, and a disconnected client ends the write anyway.
        var write = response.BodyWriter.WriteAsync(form.Bytes, CancellationToken.None);
        return write.IsCompletedSuccessfully ? Task.CompletedTask : write.AsTask();
    }

    /// <summary>Whether If-None-Match contains this strong validator.</summary>
    public static bool IsKnown(HttpRequest request, string tag)
    {
        foreach (var value in request.Headers.IfNoneMatch)
        {
            if (value is not null && (value == "*" || value.Contains(tag, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private Form Choose(StringValues accepted)
    {
        if (_plain.Bytes.Length < WorthCompressing)
        {
            return _plain;
        }

        var coding = ContentCodings.Choose(accepted);
        if (IsQuickAtFirst && !_wasSent)
        {
            _wasSent = true;
            return coding switch
            {
                ContentCoding.Brotli => Coded(coding, s => new BrotliStream(s, CompressionLevel.Fastest)),
                ContentCoding.Gzip => Coded(coding, s => new GZipStream(s, CompressionLevel.Fastest)),
                _ => _plain,
            };
        }

        return coding switch
        {
            ContentCoding.Brotli => _brotli ??= Coded(ContentCoding.Brotli, s => new BrotliStream(s, Compression)),
            ContentCoding.Gzip => _gzip ??= Coded(ContentCoding.Gzip, s => new GZipStream(s, Compression)),
            _ => _plain,
        };
    }

    private Form Coded(ContentCoding coding, Func<Stream, Stream> coder) =>
        new(Compress(_plain.Bytes, coder), coding.TagEnding(), coding.Name());

    private static byte[] Compress(byte[] body, Func<Stream, Stream> coder)
    {
        using var compressed = new MemoryStream(body.Length / 4);
        using (var stream = coder(compressed))
        {
            stream.Write(body);
        }

        return compressed.ToArray();
    }

    private sealed record Form(byte[] Bytes, string TagEnding, StringValues Encoding);
}
