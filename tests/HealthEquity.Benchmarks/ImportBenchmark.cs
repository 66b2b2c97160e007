using System.Diagnostics;
using System.Globalization;
using HealthEquity.Admin.Commands;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Rules;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Imports.Columns;
using HealthEquity.Imports.Mappings;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Running;
using HealthEquity.Imports.Sources;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Starter;
using Microsoft.Data.Sqlite;

namespace HealthEquity.Benchmarks;

/// <summary>
/// An import of generated rows, in a process of its own, into an empty embedded database: planned, applied and published. Beside it
/// the same bytes go into a table without any meaning, so that the machine's own speed drops out.
/// </summary>
internal static class ImportBenchmark
{
    private const int BatchSize = 500;

    private static readonly string[] Hours = ["M-F 8:30am-5pm; Sat 9-12", "Mon, Wed 9-5 & Thurs 10 a.m.-6 p.m.", "24/7", "by appointment", "Monday through Friday, 8:00 AM to 5:00 PM", ""];

    private static readonly (string Column, string? Target)[] Columns =
    [
        ("Id", null), ("Name", "name"), ("Street", "locations.1.address1"), ("City", "locations.1.city"), ("State", "locations.1.stateProvince"), ("Zip", "locations.1.postalCode"),
        ("Phone", "phones"), ("Mail", "emails"), ("Web", "website"), ("Hours", "hours"), ("Languages", "languages"), ("About", "description"), ("Cost", "cost.options"),
    ];

    /// <summary>Writes the file, imports it, and compares.</summary>
    public static async Task RunAsync(int rows)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("healthequity-bench-");
        try
        {
            var file = Path.Combine(folder.FullName, "rows.csv");
            WriteRows(file, rows);
            var megabytes = new FileInfo(file).Length / 1048576.0;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows, {megabytes:0.0} MiB"));
            var watch = Stopwatch.StartNew();
            using (var process = Process.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "HealthEquity.Benchmarks.dll"), "import-file", file]))
            {
                await process.WaitForExitAsync();
                if (process.ExitCode != 0)
                {
                    throw new InvalidOperationException("the import failed");
                }
            }

            var import = watch.Elapsed;
            var plain = BulkInsert(file, Path.Combine(folder.FullName, "plain.db"));
            Print("process, start to end, s", import.TotalSeconds);
            Print("the same bytes without meaning, s", plain.TotalSeconds);
            Print("times as long as that", import / plain);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Imports the file into a new database next to it, in its own process.</summary>
    public static async Task ImportAsync(string file)
    {
        var database = Database.Create($"Data Source={Path.ChangeExtension(file, ".db")}");
        await DirectorySetup.PrepareAsync(database, TimeProvider.System, StarterContent.None, CancellationToken.None);
        var validation = new EntryValidation(VocabularySet.Shipped, TimeProvider.System);
        var importer = new DirectoryAccess(database, validation.Validate).Get<Importer>();
        var request = new ImportRequest { Path = file, Mapping = Mapping(), BatchSize = BatchSize };
        // Reading runs parallel to writing the plan. Measured alone, it shows which of the two is the bottleneck.
        var watch = Stopwatch.StartNew();
        using (var source = await EntrySources.OpenAsync(request, validation.Validate, TimeProvider.System, progress: null, CancellationToken.None))
        {
            Print("read and checked alone, s", Time(watch, () => source.Entries().Count()));
        }

        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var plan = await importer.PlanAsync(request, progress: null, CancellationToken.None);
        var done = await importer.ApplyAsync(plan.ImportId, new ImportChoice { Publish = true, BatchSize = BatchSize }, actor: null, progress: null, CancellationToken.None);
        var whole = plan.Elapsed + done.Elapsed;
        Print("planned, s", plan.Elapsed.TotalSeconds);
        Print("applied and published, s", done.Elapsed.TotalSeconds);
        Print("planned and published, rows a second", plan.Rows / whole.TotalSeconds);
        Print("share of planning", plan.Elapsed / whole);
        // On a shared machine, wall-clock time means little.
        Print("processor time of that, s", (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
        Print("peak resident memory, MiB", Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done.New:N0} new, {done.Published:N0} published, {plan.Refused:N0} refused, {plan.Flawed:N0} flawed, {done.Duplicates:N0} possible duplicates"));
    }

    private static double Time(Stopwatch watch, Func<int> work)
    {
        work();
        return watch.Elapsed.TotalSeconds;
    }

    private static ImportMapping Mapping() => new ColumnMapping
    {
        Name = "generated",
        Title = "Generated rows",
        Kind = EntryKind.Organization,
        Columns = [.. Columns.Select(c => new MappedColumn(c.Column, c.Target))],
        Id = ["Id"],
    }.ToMapping();

    private static void WriteRows(string file, int rows)
    {
        var places = new GeneratedDirectory().Places;
        var random = new Random(1);
        using var writer = new StreamWriter(file);
        writer.WriteLine(string.Join(',', Columns.Select(c => c.Column)));
        for (var i = 1; i <= rows; i++)
        {
            var place = places[random.Next(places.Count)];
            var name = $"{GeneratedWords.Proper(random.Next(1_000_000))} {GeneratedWords.Proper(random.Next(1_000_000))} Center";
            var about = string.Join(' ', Enumerable.Range(0, 40).Select(_ => GeneratedWords.Proper(random.Next(500)).ToLowerInvariant()));
            string[] cells =
            [
                $"r-{i}", name, $"{random.Next(1, 9_999)} {GeneratedWords.Proper(random.Next(3_000))} Street", place.County?.Name.Split(' ')[0] ?? "Springfield", place.State ?? "FL", place.Zip,
                string.Create(CultureInfo.InvariantCulture, $"212-{random.Next(200, 1_000)}-{random.Next(0, 10_000):0000}"), $"info@{Slug.From(name)}.example.org", $"https://{Slug.From(name)}.example.org",
                Hours[random.Next(Hours.Length)], "English; Spanish (limited)", about, "Sliding scale; Medicaid",
            ];
            writer.WriteLine(string.Join(',', cells.Select(c => $"\"{c}\"")));
        }
    }

    /// <summary>Writes each line of the file as a row of a table, with the transaction size of an import.</summary>
    private static TimeSpan BulkInsert(string file, string database)
    {
        var watch = Stopwatch.StartNew();
        using var connection = new SqliteConnection($"Data Source={database}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; CREATE TABLE Line (Number INTEGER PRIMARY KEY, Text TEXT NOT NULL)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO Line (Text) VALUES ($text)";
        var text = command.Parameters.Add("$text", SqliteType.Text);
        foreach (var lines in File.ReadLines(file).Chunk(BatchSize))
        {
            using var transaction = connection.BeginTransaction();
            command.Transaction = transaction;
            foreach (var line in lines)
            {
                text.Value = line;
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return watch.Elapsed;
    }

    private static void Print(string what, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-40} {value,12:0.00}"));
}
