using System.Globalization;

namespace HealthEquity.Benchmarks;

/// <summary>
/// Requests a second as a share of what a bare Kestrel endpoint answers with the same bytes: both servers run side by side and are asked in
/// turn by the same load, so that the machine's own speed drops out.
/// </summary>
internal static class BareComparison
{
    private const int Connections = 32;
    private const int Rounds = 5;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    /// <summary>Prints the share: the median of five rounds, and the range.</summary>
    public static async Task RunAsync(string what, ServerProcess api, IReadOnlyList<byte[]> requests)
    {
        var body = Path.GetTempFileName();
        using (var connection = await HttpConnection.OpenAsync(api.Port))
        {
            await connection.AskAsync(requests[requests.Count / 2]);
            await File.WriteAllBytesAsync(body, connection.Body.ToArray());
        }

        using var bare = await ServerProcess.StartBareAsync(body);
        var bareLoad = new HttpLoad(bare.Port, [HttpLoad.Get("/")], Connections);
        var load = new HttpLoad(api.Port, requests, Connections);
        var warmUp = requests.Count > 500 ? TimeSpan.FromSeconds(0.5) : Round;
        await bareLoad.RunAsync(warmUp);
        await load.RunAsync(warmUp);
        var ratios = new List<double>();
        var rates = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var ours = await load.RunAsync(Round);
            var theirs = await bareLoad.RunAsync(Round);
            ratios.Add(ours / theirs);
            rates.Add(ours);
        }

        ratios.Sort();
        rates.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-48} {ratios[Rounds / 2],6:0.00}  of bare Kestrel ({ratios[0]:0.00} to {ratios[^1]:0.00}; {rates[Rounds / 2]:0} a second here; {new FileInfo(body).Length / 1024.0:0.0} KB)"));
        File.Delete(body);
    }
}
