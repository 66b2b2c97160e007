using System.Globalization;
using HealthEquity.Benchmarks;

// One command for each figure: "search 100000" and so on.
switch (args)
{
    case ["search", var entries]:
        SearchBenchmark.Run(int.Parse(entries, CultureInfo.InvariantCulture));
        break;
    default:
        Console.WriteLine("search N    a directory of N entries in process: reading in, memory, searches, changes");
        break;
}
