using System.Globalization;
using HealthEquity.Benchmarks;
using HealthEquity.Benchmarks.Relevance;

// Without an argument, all figures in the README; or one figure: "search 100000", "http 11000", "site 11000", "print 11000", "console 11000", "import 100000".
if (args is [.. var others, "--published", var folder])
{
    ServerProcess.ApiFolder = Path.GetFullPath(folder);
    args = others;
}

switch (args)
{
    case []:
        SearchBenchmark.Run(11_000);
        SearchBenchmark.Run(100_000);
        await HttpBenchmark.RunAsync(11_000);
        await HttpBenchmark.RunAsync(100_000);
        await SiteBenchmark.RunAsync(11_000);
        await SheetBenchmark.RunAsync(11_000);
        await ConsoleBenchmark.RunAsync(11_000);
        await ConsoleBenchmark.RunAsync(100_000);
        await ImportBenchmark.RunAsync(100_000);
        break;
    case ["search", var entries]:
        SearchBenchmark.Run(int.Parse(entries, CultureInfo.InvariantCulture));
        break;
    case ["http", var entries]:
        await HttpBenchmark.RunAsync(int.Parse(entries, CultureInfo.InvariantCulture));
        break;
    case ["site", var entries]:
        await SiteBenchmark.RunAsync(int.Parse(entries, CultureInfo.InvariantCulture));
        break;
    case ["print", var entries]:
        await SheetBenchmark.RunAsync(int.Parse(entries, CultureInfo.InvariantCulture));
        break;
    case ["console", var entries]:
        await ConsoleBenchmark.RunAsync(int.Parse(entries, CultureInfo.InvariantCulture));
        break;
    case ["import", var rows]:
        await ImportBenchmark.RunAsync(int.Parse(rows, CultureInfo.InvariantCulture));
        break;
    case ["import-file", var file]:
        await ImportBenchmark.ImportAsync(file);
        break;
    case ["relevance", .. var words] when RelevanceOptions.Parse(words) is { } options:
        await RelevanceBenchmark.RunAsync(options);
        break;
    case ["bare", var file]:
        await BareServer.RunAsync(file);
        break;
    default:
        Console.WriteLine(
            """
                        everything that the README reports
            search N    a directory of N entries in process: reading in, memory, searches, changes
            http N      the same over HTTP, against a bare Kestrel endpoint
            site N      the public pages over HTTP, against a bare Kestrel endpoint with the same bytes
            print N     sheets of 40 entries for paper, in one and two languages: milliseconds and bytes
            console N   every page of the console with N entries: milliseconds and bytes
            import N    N rows planned, applied and published in a process of its own, against a plain insert of the same bytes
            --published FOLDER    at the end: measures the API that "dotnet publish api -c Release -o FOLDER" made
            relevance [FILE] [--api URL | --database FILE] [--without-samples] [--show]
                        how well the search answers the questions in Relevance/ or in FILE
            """);
        break;
}
