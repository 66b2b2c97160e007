using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace HealthEquity.Api.Search;

/// <summary>Addresses of the other pages of a list. They are relative, so that no Host header gets into a response.</summary>
public static class PageLinks
{
    /// <summary>The Link header (RFC 8288): first, prev, next and last.</summary>
    public static string Header(HttpRequest request, Page page)
    {
        var header = new StringBuilder();
        Append("first", 1, page.TotalPages > 0);
        Append("prev", page.Number - 1, page.Number > 1 && page.Number <= page.TotalPages + 1);
        Append("next", page.Number + 1, page.Number < page.TotalPages);
        Append("last", page.TotalPages, page.TotalPages > 0);
        return header.ToString();

        void Append(string relation, int number, bool exists)
        {
            if (exists)
            {
                header.Append(header.Length > 0 ? ", " : "")
                    .Append(CultureInfo.InvariantCulture, $"<{Address(request, [], number)}>; rel=\"{relation}\"");
            }
        }
    }

    /// <summary>The request's address for another page, without some of its parameters.</summary>
    public static string Address(HttpRequest request, IReadOnlyCollection<string> without, int page)
    {
        var address = new StringBuilder((request.PathBase + request.Path).ToUriComponent());
        var separator = '?';
        foreach (var (name, values) in request.Query)
        {
            if (name.Equals("page", StringComparison.OrdinalIgnoreCase) || without.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            foreach (var value in values.Where(v => !string.IsNullOrWhiteSpace(v)))
            {
                Append(name, value!);
            }
        }

        if (page > 1)
        {
            Append("page", page.ToString(CultureInfo.InvariantCulture));
        }

        return address.ToString();

        void Append(string name, string value)
        {
            address.Append(separator).Append(UrlEncoder.Default.Encode(name)).Append('=').Append(UrlEncoder.Default.Encode(value));
            separator = '&';
        }
    }
}
