using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;

namespace HealthEquity.Api.Answers;

/// <summary>
/// A finished answer: body and headers as they go out. Compressed forms are made when first asked for and kept. Nothing in an
/// answer is secret or personal, so compressing it gives nothing away.
/// </summary>
public sealed class Answer
{
    private const int WorthCompressing = 512;

    private readonly Form _plain;
    private Form? _brotli;
    private Form? _gzip;

    /// <summary>Makes an answer of a body.</summary>
    /// <param name="body">The body, which must not change any more.</param>
    /// <param name="sequence">The sequence of the directory that it speaks for; null when it is not about the directory.</param>
    public Answer(byte[] body, long? sequence)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12));
        Hash = hash;
        _plain = new Form(body, $"\"{hash}\"", encoding: default);
        SequenceText = sequence is { } number ? number.ToString(CultureInfo.InvariantCulture) : default(StringValues);
    }

    /// <summary>The generation of the directory that the answer was made from; the cache keeps it for that long.</summary>
    public long Generation { get; init; }

    /// <summary>When the answer is no longer right, by <see cref="Environment.TickCount64"/>; for answers that depend on the hour.</summary>
    public long GoodUntil { get; init; } = long.MaxValue;

    /// <summary>Media type.</summary>
    public StringValues ContentType { get; init; } = "application/json; charset=utf-8";

    /// <summary>How long others may keep it.</summary>
    public StringValues CacheControl { get; init; } = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400";

    /// <summary>Language of the texts, where one was chosen.</summary>
    public StringValues ContentLanguage { get; init; }

    /// <summary>Pages before and after.</summary>
    public StringValues Link { get; init; }

    /// <summary>What else of a request the answer depends on.</summary>
    public StringValues Vary { get; init; } = "Accept-Encoding, Accept-Language";

    /// <summary>Status code.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The body as it is.</summary>
    public ReadOnlyMemory<byte> Body => _plain.Bytes;

    /// <summary>Bytes held in memory, compressed forms included when made.</summary>
    public int Size => _plain.Bytes.Length + (_brotli?.Bytes.Length ?? 0) + (_gzip?.Bytes.Length ?? 0);

    private string Hash { get; }

    private StringValues SequenceText { get; }

    /// <summary>Sends the answer, or 304 when the caller has it already. Writes no body to HEAD.</summary>
    public Task SendAsync(HttpContext context)
    {
        var request = context.Request;
        var response = context.Response;
        var form = Choose(request.Headers.AcceptEncoding);
        var headers = response.Headers;
        headers.ETag = form.ETag;
        headers.CacheControl = CacheControl;
        headers.Vary = Vary;
        if (SequenceText.Count > 0)
        {
            headers["Directory-Sequence"] = SequenceText;
        }

        if (request.Headers.IfNoneMatch is { Count: > 0 } known && Status == StatusCodes.Status200OK && Matches(known, form.ETag.ToString()))
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

        // No token: asking for one makes it, and a caller that goes away ends the write by itself.
        var write = response.BodyWriter.WriteAsync(form.Bytes, CancellationToken.None);
        return write.IsCompletedSuccessfully ? Task.CompletedTask : write.AsTask();
    }

    private static bool Matches(StringValues known, string tag)
    {
        foreach (var value in known)
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
        if (accepted.Count == 0 || _plain.Bytes.Length < WorthCompressing)
        {
            return _plain;
        }

        var text = accepted.ToString();
        if (Accepts(text, "br"))
        {
            return _brotli ??= new Form(Compress(_plain.Bytes, s => new BrotliStream(s, CompressionLevel.Optimal)), $"\"{Hash}-br\"", "br");
        }

        return Accepts(text, "gzip")
            ? _gzip ??= new Form(Compress(_plain.Bytes, s => new GZipStream(s, CompressionLevel.Optimal)), $"\"{Hash}-gz\"", "gzip")
            : _plain;
    }

    /// <summary>Whether Accept-Encoding (RFC 9110, 12.5.3) names the coding with a weight above zero.</summary>
    private static bool Accepts(ReadOnlySpan<char> header, ReadOnlySpan<char> coding)
    {
        foreach (var range in header.Split(','))
        {
            var item = header[range].Trim();
            var end = item.IndexOf(';');
            var name = end < 0 ? item : item[..end].TrimEnd();
            if (name.Equals(coding, StringComparison.OrdinalIgnoreCase))
            {
                var weight = end < 0 ? default : item[(end + 1)..].Trim();
                return !(weight.StartsWith("q=0", StringComparison.OrdinalIgnoreCase) && weight[3..].Trim("0.").IsEmpty);
            }
        }

        return false;
    }

    private static byte[] Compress(byte[] body, Func<Stream, Stream> coder)
    {
        using var compressed = new MemoryStream(body.Length / 4);
        using (var stream = coder(compressed))
        {
            stream.Write(body);
        }

        return compressed.ToArray();
    }

    private sealed class Form(byte[] bytes, StringValues etag, StringValues encoding)
    {
        public byte[] Bytes { get; } = bytes;

        public StringValues ETag { get; } = etag;

        public StringValues Encoding { get; } = encoding;
    }
}
