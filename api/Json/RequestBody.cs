using System.Buffers;
using Microsoft.Net.Http.Headers;

namespace HealthEquity.Api.Json;

/// <summary>Reads the small body of a request once.</summary>
public static class RequestBody
{
    /// <summary>The maximum length in bytes.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>Reads the body, or returns the one already read.</summary>
    /// <exception cref="BadHttpRequestException">The body is not JSON in UTF-8 (415), longer than <see cref="MaxLength"/> (413) or incomplete.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, CancellationToken cancellation)
    {
        if (context.Features.Get<ReadBody>() is { } read)
        {
            return read.Bytes;
        }

        CheckJson(context.Request);
        if (context.Request.ContentLength > MaxLength)
        {
            throw TooLong();
        }

        var reader = context.Request.BodyReader;
        while (true)
        {
            var part = await reader.ReadAsync(cancellation);
            if (part.Buffer.Length > MaxLength)
            {
                throw TooLong();
            }

            if (part.IsCompleted)
            {
                var bytes = part.Buffer.ToArray();
                reader.AdvanceTo(part.Buffer.End);
                context.Features.Set(new ReadBody(bytes));
                return bytes;
            }

            reader.AdvanceTo(part.Buffer.Start, part.Buffer.End);
        }
    }

    /// <summary>Accepts only a page's form in UTF-8, not compressed.</summary>
    /// <exception cref="BadHttpRequestException">It is something else (415).</exception>
    public static void CheckPageForm(HttpRequest request)
    {
        if (!request.HasFormContentType)
        {
            throw new RefusedBodyException(StatusCodes.Status415UnsupportedMediaType, "Send the form as application/x-www-form-urlencoded.");
        }

        CheckCoding(request, "Send the form in UTF-8.");
    }

    /// <summary>Accepts only JSON in UTF-8, not compressed.</summary>
    private static void CheckJson(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            throw new RefusedBodyException(StatusCodes.Status415UnsupportedMediaType, "Send the body as application/json.");
        }

        CheckCoding(request, "Send the body in UTF-8, the only encoding of JSON (RFC 8259).");
    }

    /// <summary>Refuses compressed bodies, because a small one can expand to any size, and other encodings of text.</summary>
    private static void CheckCoding(HttpRequest request, string wanted)
    {
        var codings = request.Headers.ContentEncoding.ToString();
        if (codings.Length > 0 && !codings.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusedBodyException(StatusCodes.Status415UnsupportedMediaType, "Send the body without Content-Encoding.");
        }

        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.Charset.HasValue
            && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusedBodyException(StatusCodes.Status415UnsupportedMediaType, wanted);
        }
    }

    private static BadHttpRequestException TooLong() =>
        new($"The body is longer than {MaxLength / 1024} KB.", StatusCodes.Status413PayloadTooLarge);

    private sealed record ReadBody(byte[] Bytes);
}
