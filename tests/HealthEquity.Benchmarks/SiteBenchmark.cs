using System.Globalization;
using HealthEquity.Search.Index;

namespace HealthEquity.Benchmarks;

/// <summary>The public pages, as shares of what a bare Kestrel endpoint answers with the same bytes; in identity and as browsers take them.</summary>
internal static class SiteBenchmark
{
    private const string Brotli = "br";

    public static async Task RunAsync(int entries)
    {
        var generated = new GeneratedDirectory();
        using var database = new GeneratedDatabase(generated, entries);
        using var api = await ServerProcess.StartApiAsync(database.File, "/v1/providers");
        var forms = new SearchQueries(generated).Distinct(400_000).Select(FormOf).Distinct().ToList();
        foreach (var coding in new[] { null, Brotli })
        {
            var suffix = coding is null ? "" : ", Brotli";
            await BareComparison.RunAsync($"first page{suffix}", api, [HttpLoad.Get("/es", coding)]);
            await BareComparison.RunAsync($"entry page{suffix}", api, [HttpLoad.Get("/es/organizations/988-suicide-and-crisis-lifeline", coding)]);
            await BareComparison.RunAsync($"one search again and again{suffix}", api, [HttpLoad.Post("/es/find", "need=detained&near=Houston%2C+TX", coding)]);
            var half = coding is null ? forms.GetRange(0, forms.Count / 2) : forms.GetRange(forms.Count / 2, forms.Count - (forms.Count / 2));
            await BareComparison.RunAsync($"searches, each new{suffix}", api, [.. half.Select(f => HttpLoad.Post("/es/find", f, coding))], areNew: true);
        }
    }

    private static string FormOf(SearchQuery query)
    {
        var near = query.Near is { } point ? string.Create(CultureInfo.InvariantCulture, $"&near={point.Latitude:0.####}%2C{point.Longitude:0.####}") : "";
        return $"q={Uri.EscapeDataString(query.Text ?? "help")}{near}";
    }
}
