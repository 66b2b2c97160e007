using System.Buffers;

namespace HealthEquity.Api.Json;

/// <summary>The small body of a request, read once.</summary>
public static class RequestBody
{
    /// <summary>The most that a body may hold, bytes.</summary>
    public const int Longest = 64 * 1024;

    /// <summary>Reads the body, or gives it again.</summary>
    /// <exception cref="BadHttpRequestException">It is no JSON (415), longer than <see cref="Longest"/> (413) or breaks off.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, CancellationToken cancellation)
    {
        if (context.Features.Get<ReadBody>() is { } read)
        {
            return read.Bytes;
        }

        if (!context.Request.HasJsonContentType())
        {
            throw new BadHttpRequestException("The body is not JSON.", StatusCodes.Status415UnsupportedMediaType);
        }

        if (context.Request.ContentLength > Longest)
        {
            throw TooLong();
        }

        var reader = context.Request.BodyReader;
        while (true)
        {
            var part = await reader.ReadAsync(cancellation);
            if (part.Buffer.Length > Longest)
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

    private static BadHttpRequestException TooLong() =>
        new($"The body is longer than {Longest / 1024} KB.", StatusCodes.Status413PayloadTooLarge);

    private sealed record ReadBody(byte[] Bytes);
}
