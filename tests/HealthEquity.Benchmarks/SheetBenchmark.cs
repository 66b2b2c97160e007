using System.Diagnostics;
using System.Globalization;

namespace HealthEquity.Benchmarks;

/// <summary>Sheets for paper with as many entries as they take: milliseconds until the last byte, over loopback, one request at a time, and compressed bytes.</summary>
internal static class SheetBenchmark
{
    private const int Times = 41;
    private const int MostMilliseconds = 300;
    private const int MostBytes = 40 * 1024;

    public static async Task RunAsync(int entries)
    {
        using var database = new GeneratedDatabase(new GeneratedDirectory(), entries);
        using var api = await ServerProcess.StartApiAsync(database.File, "/v1/providers");
        using var connection = await HttpConnection.OpenAsync(api.Port);
        Console.WriteLine($"{"sheet, 40 entries",-48} {"p50 ms",8} {"p95 ms",8} {"br",8}");
        foreach (var (what, request) in new[]
        {
            ("one language", HttpLoad.Get("/en/print?kind=provider", "br")),
            ("English and Spanish", HttpLoad.Get("/en/print?kind=provider&with=es", "br")),
            ("Arabic and Simplified Chinese", HttpLoad.Get("/ar/print?kind=provider&with=zh-Hans", "br")),
            ("a typed question, English and Spanish", HttpLoad.Post("/en/print", "q=help&with=es", "br")),
            ("pocket cards, English and Spanish", HttpLoad.Get("/en/print?kind=provider&with=es&cards=1", "br")),
        })
        {
            await MeasureAsync(connection, what, request);
        }
    }

    private static async Task MeasureAsync(HttpConnection connection, string what, byte[] request)
    {
        var first = Stopwatch.StartNew();
        await connection.AskAsync(request);
        var cold = first.Elapsed.TotalMilliseconds;
        var times = new List<double>();
        for (var n = 0; n < Times; n++)
        {
            var watch = Stopwatch.StartNew();
            if (await connection.AskAsync(request) is var status and not 200)
            {
                throw new InvalidOperationException($"The server answered {status} to the sheet in {what}.");
            }

            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        var over = times[Times * 95 / 100] > MostMilliseconds || connection.Body.Length > MostBytes ? "  OVER" : "";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what,-48} {times[Times / 2],8:0.0} {times[Times * 95 / 100],8:0.0} {connection.Body.Length,8}{over}  (the first time {cold:0} ms)"));
    }
}
