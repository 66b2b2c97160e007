using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace HealthEquity.Api.Site.FindHelp;

/// <summary>The values of the search form. They come by POST; only a link that somebody copied on purpose has them in its address.</summary>
public static class FindForm
{
    /// <summary>The most values that a form may send.</summary>
    public const int MostValues = 60;

    /// <summary>Parameters of the search that the pages' forms send.</summary>
    public static IReadOnlySet<string> Parameters { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "need", "q", "near", "radius", "page", "kind", "cost", "language", "immigrationStatus", "openNow", "accepting", "telehealth", "state", "county", "population", "sort", "not",
    };

    /// <summary>The values of a request, by form or by the address of a copied link; empty ones are left out.</summary>
    public static async Task<List<KeyValuePair<string, string>>> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var given = HttpMethods.IsPost(request.Method) && request.HasFormContentType
            ? (IEnumerable<KeyValuePair<string, StringValues>>)await request.ReadFormAsync(cancellation)
            : request.Query;
        var values = given.SelectMany(v => v.Value.Select(text => KeyValuePair.Create(v.Key, text ?? ""))).ToList();
        var again = values.Find(v => v.Key == "again").Value;
        if (!string.IsNullOrEmpty(again))
        {
            values = [.. QueryHelpers.ParseQuery(again).SelectMany(v => v.Value.Select(text => KeyValuePair.Create(v.Key, text ?? "")))];
        }

        return [.. values.Where(v => Parameters.Contains(v.Key) && !string.IsNullOrWhiteSpace(v.Value)).Take(MostValues)];
    }

    /// <summary>The first value of that name; null for none.</summary>
    public static string? ValueOf(this IEnumerable<KeyValuePair<string, string>> values, string name) => values.FirstOrDefault(v => v.Key == name).Value;

    /// <summary>The values as one text, the way an address has them.</summary>
    public static string Pack(IEnumerable<KeyValuePair<string, string>> values) =>
        QueryString.Create(values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))).Value?.TrimStart('?') ?? "";
}
