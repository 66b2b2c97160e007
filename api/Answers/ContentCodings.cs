using Microsoft.Extensions.Primitives;

namespace HealthEquity.Api.Answers;

/// <summary>Content codings (RFC 9110, 8.4).</summary>
public enum ContentCoding
{
    /// <summary>No compression.</summary>
    None,

    /// <summary>Brotli (RFC 7932).</summary>
    Brotli,

    /// <summary>gzip (RFC 1952).</summary>
    Gzip,
}

/// <summary>Chooses and names content codings.</summary>
public static class ContentCodings
{
    /// <summary>The best coding that the client accepts.</summary>
    public static ContentCoding Choose(StringValues accepted)
    {
        if (accepted.Count == 0)
        {
            return ContentCoding.None;
        }

        var text = accepted.ToString();
        return Accepts(text, "br") ? ContentCoding.Brotli : Accepts(text, "gzip") ? ContentCoding.Gzip : ContentCoding.None;
    }

    /// <summary>The name for Content-Encoding; null for none.</summary>
    public static string? Name(this ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => "br",
        ContentCoding.Gzip => "gzip",
        _ => null,
    };

    /// <summary>The suffix of the ETag: a strong validator must distinguish the coded forms.</summary>
    public static string TagEnding(this ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => "-br",
        ContentCoding.Gzip => "-gz",
        _ => "",
    };

    /// <summary>Whether Accept-Encoding (RFC 9110, 12.5.3) includes the coding with a weight above zero.</summary>
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
}
