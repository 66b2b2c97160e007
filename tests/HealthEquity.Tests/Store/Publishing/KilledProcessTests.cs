using System.Diagnostics;
using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Tests.Imports.Running;
using HealthEquity.Tests.Store.Databases;
using Microsoft.Data.Sqlite;

namespace HealthEquity.Tests.Store.Publishing;

/// <summary>
/// Kills a real process many times while it publishes. At any point, the database contains all of a publication or none of it, and the
/// next start continues from there.
/// </summary>
public sealed class KilledProcessTests : IDisposable
{
    private const int Entries = 600;
    private const int Batch = 5;
    private const int Kills = 10;

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("healthequity-killed-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_publishing_process_killed_at_any_point_leaves_all_of_a_publication_or_none()
    {
        await using var test = await TestDatabase.CreateAsync();
        var file = WriteFacilities();
        var killedUnderWay = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = Start(test.ConnectionString, file);
            killedUnderWay += await KillAsync(process, test.Database, kill) ? 1 : 0;
            await CheckAsync(test.Database);
        }

        Assert.True(killedUnderWay > Kills / 2, $"only {killedUnderWay} of {Kills} processes were killed before they were done");
        using var last = Start(test.ConnectionString, file);
        await last.WaitForExitAsync(Cancellation);
        Assert.Equal(0, last.ExitCode);
        Assert.Equal(Entries, await CheckAsync(test.Database));
    }

    /// <summary>
    /// Kills the process after a few more committed batches and a little more processor time each run, so that it is hit between
    /// transactions, inside one, and during a commit.
    /// </summary>
    /// <returns>False if the process finished first.</returns>
    private static async Task<bool> KillAsync(Process process, Database database, int kill)
    {
        var committed = await CounterAsync(database) + kill % 3 * Batch;
        while (!process.HasExited && await CounterAsync(database) <= committed)
        {
            // Starting and planning take processor time.
            await Task.Delay(TimeSpan.FromMilliseconds(5), Cancellation);
        }

        var until = CpuTime(process);
        // It may have finished already; then there is nothing to wait for.
        until = until == TimeSpan.MaxValue ? until : until + TimeSpan.FromMilliseconds(kill * 7 % 20);
        while (!process.HasExited && CpuTime(process) < until)
        {
            await Task.Yield();
        }

        var underWay = !process.HasExited;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(Cancellation);
        return underWay;
    }

    private static TimeSpan CpuTime(Process process)
    {
        process.Refresh();
        return process.HasExited ? TimeSpan.MaxValue : process.TotalProcessorTime;
    }

    private static async Task<long> CounterAsync(Database database)
    {
        await using var connection = await OpenAsync(database);
        return await ScalarAsync(connection, "SELECT Value FROM ChangeCounter");
    }

    /// <summary>Checks the invariants that hold while nobody writes.</summary>
    /// <returns>The number of entries.</returns>
    private static async Task<int> CheckAsync(Database database)
    {
        await using var connection = await OpenAsync(database);
        var counter = await ScalarAsync(connection, "SELECT Value FROM ChangeCounter");
        Assert.Equal(counter, await ScalarAsync(connection, "SELECT COUNT(*) FROM Published"));
        Assert.Equal(counter, await ScalarAsync(connection, "SELECT COALESCE(MAX(Sequence), 0) FROM Published"));
        var entries = await ScalarAsync(connection, "SELECT COUNT(*) FROM Entry");
        Assert.Equal(entries, await ScalarAsync(connection, "SELECT COUNT(*) FROM Entry AS e JOIN Published AS p ON p.EntryId = e.EntryId WHERE e.Listing = 'published' AND p.Body IS NOT NULL"));
        Assert.Equal(entries, await ScalarAsync(connection, "SELECT COUNT(*) FROM Revision"));
        Assert.Equal(entries, await ScalarAsync(connection, "SELECT COUNT(DISTINCT EntryId) FROM ImportRecord"));
        Assert.Equal(entries, await ScalarAsync(connection, "SELECT COUNT(DISTINCT Sequence) FROM Review WHERE Decision = 'publish'"));
        Assert.Equal(entries, await ScalarAsync(connection, "SELECT COUNT(DISTINCT Name) FROM Entry"));

        await using var session = await database.OpenAsync(Cancellation);
        Assert.Equal(new AuditCheck(null, 0), await AuditLog.CheckAsync(session, Cancellation));
        foreach (var published in await new PublishedReader(database.As(DatabaseAccess.Public)).ReadAfterAsync(0, Entries + 1, Cancellation))
        {
            var entry = await EntryStore.ReadAsync(session, published.EntryId, Cancellation);
            var revision = await EntryStore.ReadRevisionAsync(session, entry.EntryId, entry.PublishedRevision!.Value, Cancellation);
            var facts = new PublicationFacts(entry.EntryId, entry.Slug, [], revision.CreatedAt, published.ChangedAt, entry.AssuredOn, entry.CheckDueOn);
            Assert.Equal(PublicProjection.Of(EntryJson.Read(revision.Body), facts), published.Body);
        }

        return (int)entries;
    }

    private static async Task<SqliteConnection> OpenAsync(Database database)
    {
        var connection = new SqliteConnection($"Data Source={database.FilePath};Mode=ReadOnly");
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    private static async Task<long> ScalarAsync(SqliteConnection connection, string query)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the queries stand above
        command.CommandText = query;
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static Process Start(string connectionString, string file)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "HealthEquity.Admin.dll");
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { program, "import", file, "--mapping", "samhsa-mental-health", "--publish", "--batch", Batch.ToString(CultureInfo.InvariantCulture) },
            Environment = { ["ConnectionStrings__Directory"] = connectionString, ["Starter"] = "false" },
        };
        var process = Process.Start(start)!;
        // The output is not needed, but unread pipes would fill and block the process.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private string WriteFacilities()
    {
        var path = Path.Combine(_folder.FullName, "facilities.csv");
        File.WriteAllLines(path, Enumerable.Range(1, Entries).Select(n => ImportDesk.Facility(name1: $"Clinic {n}", street1: $"{n} Main Street")).Prepend(ImportDesk.SamhsaHeader));
        return path;
    }
}
