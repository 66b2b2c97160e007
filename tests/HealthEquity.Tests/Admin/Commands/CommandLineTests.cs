using System.Diagnostics;
using System.Text.Json.Nodes;
using HealthEquity.Admin.Commands;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Tests.Imports.Running;
using HealthEquity.Tests.Store.Databases;
using Microsoft.Extensions.Configuration;

namespace HealthEquity.Tests.Admin.Commands;

/// <summary>The operators' commands, run from the command line.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task Import_accepts_a_relative_path_and_reports_the_results()
    {
        await using var test = await TestDatabase.CreateAsync();
        using var folder = new TemporaryFolder();
        await File.WriteAllLinesAsync(
            Path.Combine(folder.Path, "facilities.csv"),
            [ImportDesk.SamhsaHeader, ImportDesk.Facility(), ImportDesk.Facility(name1: "Moon Clinic", latitude: "north")],
            TestContext.Current.CancellationToken);

        var (code, output, _) = await StartAsync(test.ConnectionString, folder.Path, "import", "facilities.csv", "--mapping", "samhsa-mental-health", "--publish");

        Assert.Equal(1, code);
        Assert.Contains("1  new", output, StringComparison.Ordinal);
        Assert.Contains("1  rows refused", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.Path, "facilities.csv.refused.csv")));
    }

    [Fact]
    public async Task A_dry_run_is_applied_listed_and_undone_by_its_id()
    {
        await using var test = await TestDatabase.CreateAsync();
        using var folder = new TemporaryFolder();
        await File.WriteAllLinesAsync(
            Path.Combine(folder.Path, "facilities.csv"), [ImportDesk.SamhsaHeader, ImportDesk.Facility()], TestContext.Current.CancellationToken);

        var (planned, plan, _) = await RunAsync(test, folder.Path, "import", "facilities.csv", "--mapping", "samhsa-mental-health", "--dry-run");
        var id = plan.Split("import apply ")[1].Trim();
        var (_, before, _) = await RunAsync(test, folder.Path, "import", "list");
        var (applied, _, _) = await RunAsync(test, folder.Path, "import", "apply", id, "--publish");
        var (undone, left, _) = await RunAsync(test, folder.Path, "import", "undo", id);
        var (_, after, _) = await RunAsync(test, folder.Path, "import", "list");

        Assert.Equal((0, 0, 0), (planned, applied, undone));
        Assert.Contains($"{id}", before, StringComparison.Ordinal);
        Assert.Contains("planned", before, StringComparison.Ordinal);
        Assert.Contains("Skipped entries: 0", left, StringComparison.Ordinal);
        Assert.Contains("undone", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undoing_an_import_that_takes_many_entries_down_needs_yes_and_is_undone_as_one()
    {
        await using var test = await TestDatabase.CreateAsync();
        using var folder = new TemporaryFolder();
        await File.WriteAllLinesAsync(
            Path.Combine(folder.Path, "facilities.csv"),
            Enumerable.Range(0, 26).Select(n => ImportDesk.Facility($"Clinic {n}", street1: $"{n} Main Street", phone: $"860-276-30{n:00}")).Prepend(ImportDesk.SamhsaHeader),
            TestContext.Current.CancellationToken);
        var (_, done, _) = await RunAsync(test, folder.Path, "import", "facilities.csv", "--mapping", "samhsa-mental-health", "--publish", "--json");
        var id = (string)JsonNode.Parse(done)!["importId"]!;

        var (refused, _, why) = await RunAsync(test, folder.Path, "import", "undo", id);
        var (undone, _, _) = await RunAsync(test, folder.Path, "import", "undo", id, "--yes");
        var (_, listed, _) = await RunAsync(test, folder.Path, "bulk", "list", "--json");
        var change = JsonNode.Parse(listed)!.AsArray().Single()!;
        var (restored, said, _) = await RunAsync(test, folder.Path, "bulk", "undo", (string)change["bulkChangeId"]!);

        Assert.Equal((3, 0, 0), (refused, undone, restored));
        Assert.Equal("This takes 26 public entries down. If that is right, run the command again with --yes.", why.Trim());
        Assert.Equal((26, "undoImport"), ((int)change["changed"]!, (string?)change["action"]));
        Assert.Equal("26 entries are as they were before. Kept: 0", said.Trim());
    }

    [Fact]
    public async Task An_HSDS_package_needs_no_mapping_and_a_dry_run_describes_it()
    {
        await using var test = await TestDatabase.CreateAsync();
        using var folder = new TemporaryFolder();
        var package = System.IO.Directory.CreateDirectory(Path.Combine(folder.Path, "county-211"));
        await File.WriteAllLinesAsync(
            Path.Combine(package.FullName, "services.csv"), ["id,name,status,cat", "s1,Counseling,active,Tom"], TestContext.Current.CancellationToken);

        var (code, output, _) = await RunAsync(test, folder.Path, "import", "county-211", "--dry-run", "--kind", "organization");

        Assert.Equal(0, code);
        Assert.Contains("an HSDS 3.x package, 1 tables in a folder", output, StringComparison.Ordinal);
        Assert.Contains("1 × organization. Ignored: the column cat of services.csv. Source name: 'hsds-county-211'.", output, StringComparison.Ordinal);
        Assert.Contains("1  new", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_results_and_lists_are_available_as_JSON()
    {
        await using var test = await TestDatabase.CreateAsync();
        using var folder = new TemporaryFolder();
        await File.WriteAllLinesAsync(
            Path.Combine(folder.Path, "facilities.csv"), [ImportDesk.SamhsaHeader, ImportDesk.Facility(), ImportDesk.Facility(name1: "Moon Clinic", latitude: "north")], TestContext.Current.CancellationToken);

        var (code, output, progress) = await RunAsync(test, folder.Path, "import", "facilities.csv", "--mapping", "samhsa-mental-health", "--json");
        var done = JsonNode.Parse(output)!;
        var (_, list, _) = await RunAsync(test, folder.Path, "import", "list", "--json");
        var (_, undone, _) = await RunAsync(test, folder.Path, "import", "undo", (string)done["importId"]!, "--json");

        Assert.Equal((1, 1, 1, 2), (code, (int)done["new"]!, (int)done["refused"]!, (int)done["rows"]!));
        Assert.EndsWith("facilities.csv.refused.csv", (string)done["refusedFiles"]![0]!, StringComparison.Ordinal);
        Assert.Contains("per second", progress, StringComparison.Ordinal);
        Assert.Equal("applied", (string)JsonNode.Parse(list)![0]!["state"]!);
        Assert.Empty(JsonNode.Parse(undone)!["left"]!.AsArray());
    }

    [Fact]
    public async Task Plans_are_shown_and_discarded_and_conflicts_are_settled()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await desk.ImportAsync(desk.WriteFacilities(ImportDesk.Facility(website: "https://old.example.org"), ImportDesk.Facility(name1: "Moon Clinic", phone: "203-805-5301")));
        var row = await desk.RowAsync("sun-clinic-waterbury-ct");
        var entry = await desk.EntryAsync<Provider>("sun-clinic-waterbury-ct");
        await desk.Office.DoAsync(async s => await desk.Office.Entries.SaveAsync(
            s, row.EntryId, 1, entry with { Website = "https://ours.example.org" }, EditorialOffice.Writer, null, TestContext.Current.CancellationToken));
        desk.WriteFacilities(ImportDesk.Facility(website: "https://theirs.example.org"), ImportDesk.Facility(name1: "Moon Clinic", latitude: "north"));
        var database = $"Data Source={desk.Office.Database.FilePath}";

        var (_, planned, _) = await RunAsync(database, desk.Folder, "import", "facilities.csv", "--mapping", "samhsa-mental-health", "--dry-run", "--json");
        var id = (string)JsonNode.Parse(planned)!["importId"]!;
        var (_, contested, _) = await RunAsync(database, desk.Folder, "import", "show", id, "--outcome", "conflicting");
        var (_, refused, _) = await RunAsync(database, desk.Folder, "import", "show", id, "--outcome", "refused", "--json");
        var (discarded, _, _) = await RunAsync(database, desk.Folder, "import", "discard", id);
        var (twice, _, why) = await RunAsync(database, desk.Folder, "import", "discard", id);
        await RunAsync(database, desk.Folder, "import", "facilities.csv", "--mapping", "samhsa-mental-health");
        var (_, waiting, _) = await RunAsync(database, desk.Folder, "import", "conflicts", "--json");
        var conflict = JsonNode.Parse(waiting)![0]!;
        var (settled, _, _) = await RunAsync(database, desk.Folder, "import", "settle", (string)conflict["conflictId"]!, "--theirs");
        var (_, none, _) = await RunAsync(database, desk.Folder, "import", "conflicts");

        Assert.Contains("website: https://ours.example.org -> https://theirs.example.org  (conflict)", contested, StringComparison.Ordinal);
        Assert.Equal(("latitude", "north"), ((string)JsonNode.Parse(refused)!["rows"]![0]!["field"]!, (string)JsonNode.Parse(refused)!["rows"]![0]!["value"]!));
        Assert.Equal((0, 3, 0, "website"), (discarded, twice, settled, (string)conflict["path"]!));
        Assert.Contains("has written nothing", why, StringComparison.Ordinal);
        Assert.Contains("No conflicts to settle", none, StringComparison.Ordinal);
        Assert.Equal("https://theirs.example.org", (await desk.EntryAsync<Provider>("sun-clinic-waterbury-ct")).Website);
    }

    [Theory]
    [InlineData(3, "missing.csv", "import", "missing.csv", "--mapping", "samhsa-mental-health")]
    [InlineData(3, "samhsa-mental-health", "import", "x.csv", "--mapping", "nothing")]
    [InlineData(3, "x.csv", "import", "x.csv")]
    [InlineData(3, "There is no import 01900000", "import", "show", "01900000-0000-7000-8000-000000000000")]
    [InlineData(3, "There is no conflict 01900000", "import", "settle", "01900000-0000-7000-8000-000000000000", "--ours")]
    [InlineData(2, "--ours or --theirs", "import", "settle", "01900000-0000-7000-8000-000000000000")]
    [InlineData(3, "--allow-private-address", "import", "http://127.0.0.1:9/hsds")]
    [InlineData(3, "file or folder is empty", "import", "")]
    [InlineData(3, "file or folder is empty", "import", "--guess", "")]
    [InlineData(3, "file or folder is empty", "export", "", "--format", "csv")]
    [InlineData(3, "file or folder is empty", "backup", "")]
    [InlineData(3, "file or folder is empty", "restore", "")]
    [InlineData(3, "file or folder is empty", "texts", "export", "es", "", "--folder", "texts")]
    [InlineData(2, "'event'", "import", "x.csv", "--kind", "event")]
    [InlineData(2, "--format", "export", "directory")]
    [InlineData(2, "Unknown format 'doc'", "export", "directory", "--format", "doc")]
    [InlineData(2, "Unknown kind of entry 'clinic'", "export", "directory.csv", "--kind", "clinic")]
    [InlineData(2, "'unknown'", "unknown")]
    public async Task Errors_are_one_line_with_a_specific_exit_code(int sort, string named, params string[] arguments)
    {
        await using var test = await TestDatabase.CreateAsync();
        using var folder = new TemporaryFolder();

        var (code, _, fault) = await RunAsync(test, folder.Path, arguments);

        Assert.Equal(sort, code);
        Assert.Contains(named, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_ends_with_the_exit_code_of_a_refused_command_and_one_line()
    {
        await using var test = await TestDatabase.CreateAsync();
        using var folder = new TemporaryFolder();

        var (code, output, fault) = await StartAsync(test.ConnectionString, folder.Path, "import", "missing.csv", "--mapping", "samhsa-mental-health");

        Assert.Equal((3, ""), (code, output));
        Assert.Contains("missing.csv", Assert.Single(fault.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_relative_path_starts_from_the_working_folder()
    {
        await using var test = await TestDatabase.CreateAsync();
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "clinics.csv"), "Name,Phone,Description\nSun Clinic,860-276-3020,Open to all.\n,860-276-3021,\n", TestContext.Current.CancellationToken);
        var (_, mapping, _) = await RunAsync(test, folder.Path, "import", "clinics.csv", "--guess");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "mapping.json"), mapping, TestContext.Current.CancellationToken);
        System.IO.Directory.CreateDirectory(Path.Combine(folder.Path, "refused"));
        System.IO.Directory.CreateDirectory(Path.Combine(folder.Path, "texts"));
        foreach (var language in new[] { "en", "es" })
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder.Path, "texts", $"{language}.json"), $$"""{ "language": "{{language}}", "texts": {} }""", TestContext.Current.CancellationToken);
        }

        var (imported, _, _) = await RunAsync(test, folder.Path, "import", "clinics.csv", "--mapping", "mapping.json", "--refused", "refused", "--publish");
        var codes = new List<int>();
        foreach (var command in new[] { "backup copy.db", "restore copy.db", "export all.csv", "texts export es pages.xlf --folder texts", "texts import pages.xlf --folder texts", "texts export --entries es entries.xlf", "texts import entries.xlf" })
        {
            codes.Add((await RunAsync(test, folder.Path, command.Split(' '))).Code);
        }

        Assert.Equal(1, imported);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0], codes);
        foreach (var file in new[] { "refused/clinics.csv.refused.csv", "copy.db", "all.csv", "pages.xlf", "entries.xlf" })
        {
            Assert.True(File.Exists(Path.Combine(folder.Path, file)), file);
        }
    }

    [Fact]
    public async Task An_export_can_be_imported_and_a_public_export_has_only_public_content()
    {
        await using var office = await EditorialOffice.OpenAsync(Dialect.Sqlite);
        await using var empty = await TestDatabase.CreateAsync();
        using var folder = new TemporaryFolder();
        await office.PublishNewAsync(new Organization { Name = "Casa", InternalNotes = "among us" });
        await office.CreateAsync(new Organization { Name = "Draft" });
        var full = $"Data Source={office.Database.FilePath}";

        var (whole, said, _) = await RunAsync(full, folder.Path, "export", "all.csv");
        var (shown, _, _) = await RunAsync(full, folder.Path, "export", "public.ndjson", "--public", "--kind", "organization");
        var (back, output, _) = await RunAsync(empty, folder.Path, "import", "all.csv");

        Assert.Equal((0, 0, 0), (whole, shown, back));
        Assert.Contains("2 entries", said, StringComparison.Ordinal);
        Assert.Contains("2  new", output, StringComparison.Ordinal);
        var publicText = await File.ReadAllTextAsync(Path.Combine(folder.Path, "public.ndjson"), TestContext.Current.CancellationToken);
        Assert.Single(publicText.TrimEnd().Split('\n'));
        Assert.DoesNotContain("among us", publicText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_samples_are_retired()
    {
        await using var office = await EditorialOffice.OpenAsync(Dialect.Sqlite);
        var sample = await office.PublishNewAsync(new Organization { Name = "Sample", Tags = ["sample"] });
        var real = await office.PublishNewAsync(new Organization { Name = "Real" });
        using var folder = new TemporaryFolder();

        var (code, output, _) = await RunAsync($"Data Source={office.Database.FilePath}", folder.Path, "samples", "remove");

        Assert.Equal(0, code);
        Assert.StartsWith("1 samples removed", output, StringComparison.Ordinal);
        Assert.Equal((Listing.Retired, Listing.Published), ((await office.ReadAsync(sample)).Listing, (await office.ReadAsync(real)).Listing));
    }

    private static Task<(int Code, string Output, string Fault)> RunAsync(TestDatabase test, string folder, params string[] arguments) =>
        RunAsync(test.ConnectionString, folder, arguments);

    /// <summary>Runs a command in the process of the tests, with its own output, folder, and settings.</summary>
    internal static async Task<(int Code, string Output, string Fault)> RunAsync(string connectionString, string folder, params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var fault = new StringWriter();
        var shell = new OperatorShell
        {
            // Progress is reported from several threads.
            Output = TextWriter.Synchronized(output),
            Error = TextWriter.Synchronized(fault),
            Folder = folder,
            Settings = new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
                .AddInMemoryCollection([new("ConnectionStrings:Directory", connectionString), new("Starter", "false")])
                .Build(),
            // Ctrl+C ends the tests, not one command.
            ProcessTerminationTimeout = null,
        };
        var code = await DirectoryCommands.RunAsync(arguments, shell, TestContext.Current.CancellationToken);
        return (code, output.ToString(), fault.ToString());
    }

    /// <summary>
    /// Starts the program, as an operator does. This takes much longer than <see cref="RunAsync(string, string, string[])"/>: use it only for
    /// what a process alone shows.
    /// </summary>
    internal static async Task<(int Code, string Output, string Fault)> StartAsync(string connectionString, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "HealthEquity.Admin.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ConnectionStrings__Directory"] = connectionString, ["Starter"] = "false" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var fault = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await fault);
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = System.IO.Directory.CreateTempSubdirectory("healthequity-command-").FullName;

        public void Dispose() => System.IO.Directory.Delete(Path, recursive: true);
    }
}
