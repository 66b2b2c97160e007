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
    private const int Samples = 51;
    private const int MostWarmRounds = 20;
    private const int SteadyRounds = 4;
    private const double Growth = 1.05;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    /// <summary>Prints the share: the median of five rounds, and the range.</summary>
    /// <param name="what">What is asked.</param>
    /// <param name="api">The API.</param>
    /// <param name="requests">What is asked in turn.</param>
    /// <param name="areNew">True to send no request twice. Then the code is compiled for good later, so the warming up goes on until it gets no faster.</param>
    public static async Task RunAsync(string what, ServerProcess api, IReadOnlyList<byte[]> requests, bool areNew = false)
    {
        var body = Path.GetTempFileName();
        await File.WriteAllBytesAsync(body, await TypicalBodyAsync(api.Port, requests));
        using var bare = await ServerProcess.StartBareAsync(body);
        var bareLoad = new HttpLoad(bare.Port, [HttpLoad.Get("/")], Connections);
        var load = new HttpLoad(api.Port, requests.Skip(areNew ? Samples : 0).ToList(), Connections);
        await bareLoad.RunAsync(Round);
        await WarmAsync(load, areNew);
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
        if (areNew && load.Sent > requests.Count - Samples)
        {
            throw new InvalidOperationException($"{load.Sent} requests were sent, but only {requests.Count - Samples} differ.");
        }
    }

    /// <summary>Runs one round; or, if no request is sent twice, as many as it takes until the best of the last rounds is hardly better than what was there before them.</summary>
    private static async Task WarmAsync(HttpLoad load, bool areNew)
    {
        var rates = new List<double> { await load.RunAsync(Round) };
        while (areNew && rates.Count < MostWarmRounds
            && (rates.Count <= SteadyRounds || rates.TakeLast(SteadyRounds).Max() > Growth * rates.SkipLast(SteadyRounds).Max()))
        {
            rates.Add(await load.RunAsync(Round));
        }
    }

    /// <summary>The answer of the middle size to the first requests, so that the bare server sends about as many bytes.</summary>
    private static async Task<byte[]> TypicalBodyAsync(int port, IReadOnlyList<byte[]> requests)
    {
        using var connection = await HttpConnection.OpenAsync(port);
        var bodies = new List<byte[]>();
        foreach (var request in requests.Take(Samples))
        {
            await connection.AskAsync(request);
            bodies.Add(connection.Body.ToArray());
        }

        return bodies.OrderBy(b => b.Length).ElementAt(bodies.Count / 2);
    }
}
