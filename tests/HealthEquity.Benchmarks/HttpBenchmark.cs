using System.Diagnostics;
using System.Globalization;
using System.Text;
using HealthEquity.Directory.Entries;
using HealthEquity.Search.Index;

namespace HealthEquity.Benchmarks;

/// <summary>
/// Requests a second over HTTP, as shares of what a bare Kestrel endpoint answers with the same bytes: both servers run side by side,
/// asked in turn by the same load, so that the machine's own speed drops out.
/// </summary>
internal static class HttpBenchmark
{
    public static async Task RunAsync(int entries)
    {
        var generated = new GeneratedDirectory();
        using var database = new GeneratedDatabase(generated, entries);
        Print("entries", entries);
        using (var first = await StartAsync(database, "the very first"))
        {
            await database.IndexSavedAsync();
        }

        using var api = await StartAsync(database, "the next");

        await BareComparison.RunAsync("hot list", api, [HttpLoad.Get("/v1/providers?pageSize=20")]);
        await BareComparison.RunAsync("hot entry", api, [HttpLoad.Get("/v1/organizations/988-suicide-and-crisis-lifeline")]);
        var searches = new SearchQueries(generated).Distinct(400_000).Select(UrlOf).Distinct().Select(path => HttpLoad.Get(path)).ToList();
        await BareComparison.RunAsync("searches, five hundred again and again", api, searches.GetRange(0, 500));
        await BareComparison.RunAsync("searches, each new", api, searches.GetRange(500, searches.Count - 500), areNew: true);
        await FreshnessAsync(generated, database, api, entries);
        Print("resident memory after that, MiB", api.Memory / 1048576.0);
    }

    private static async Task<ServerProcess> StartAsync(GeneratedDatabase database, string which)
    {
        var api = await ServerProcess.StartApiAsync(database.File, "/v1/providers");
        Print($"{which} start to first answer, s", api.FirstAnswer.TotalSeconds);
        Print("  resident memory, MiB", api.Memory / 1048576.0);
        return api;
    }

    /// <summary>The time from a commit by another process until this node serves it.</summary>
    /// <exception cref="OperationCanceledException">A change is not served after a minute.</exception>
    private static async Task FreshnessAsync(GeneratedDirectory generated, GeneratedDatabase database, ServerProcess api, int entries)
    {
        var waits = new List<double>();
        for (var i = 1; i <= 10; i++)
        {
            var row = generated.Row(generated.Entry(), entries + 1_000 + i, Guid.CreateVersion7());
            database.Publish(row);
            var watch = Stopwatch.StartNew();
            var request = HttpLoad.Get($"/v1/{row.Kind.Path()}/{row.EntryId}");
            using var connection = await HttpConnection.OpenAsync(api.Port);
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (await connection.AskAsync(request) != 200)
            {
                await Task.Delay(5, limit.Token);
            }

            waits.Add(watch.Elapsed.TotalSeconds);
        }

        Print("a change is served after, s (slowest of 10)", waits.Max());
    }

    private static string UrlOf(SearchQuery query)
    {
        var url = new StringBuilder("/v1/search?");
        void Add(string name, object? value)
        {
            if (value is not null)
            {
                url.Append(name).Append('=').Append(Uri.EscapeDataString(Convert.ToString(value, CultureInfo.InvariantCulture)!)).Append('&');
            }
        }

        Add("q", query.Text);
        foreach (var filter in query.Terms)
        {
            foreach (var value in filter.Values)
            {
                Add(filter.Field.Name, value);
            }
        }

        foreach (var facet in query.Facets)
        {
            Add("facets", facet);
        }

        Add("near", query.Near is { } near ? string.Create(CultureInfo.InvariantCulture, $"{near.Latitude:0.####},{near.Longitude:0.####}") : null);
        Add("radius", query.RadiusMiles);
        Add("sort", query.Sort == SearchSort.Relevance ? null : query.Sort.ToString().ToLowerInvariant());
        Add("age", query.Age);
        return url.ToString().TrimEnd('&', '?');
    }

    private static void Print(string what, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-40} {value,12:0.00}"));
}
