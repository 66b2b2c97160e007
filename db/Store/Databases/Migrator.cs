using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using DbUp.Engine.Output;
using Microsoft.Data.Sqlite;

namespace HealthEquity.Store.Databases;

/// <summary>Brings a database's schema up to date with the numbered scripts in <c>db/Store/Migrations</c>.</summary>
public sealed class Migrator(Database database)
{
    private static readonly Assembly Scripts = typeof(Migrator).Assembly;

    /// <summary>The names of scripts that have not run yet, in order.</summary>
    public IReadOnlyList<string> Pending() => [.. Engine().GetScriptsToExecute().Select(s => ShortName(s.Name))];

    /// <summary>Runs pending scripts, each in its own transaction.</summary>
    /// <returns>The names of the scripts that ran.</returns>
    /// <exception cref="InvalidOperationException">A script failed. The scripts before it stay applied.</exception>
    public IReadOnlyList<string> Migrate()
    {
        if (database.FilePath is not { } file)
        {
            return Upgrade();
        }

        // The API and the console may start at the same time on a new file: one creates the schema, the other waits.
        var name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(file))));
        using var one = new Mutex(initiallyOwned: false, $"Global\\HealthEquity-{name[..32]}");
        try
        {
            one.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // The other process crashed. Scripts run in transactions, so the schema is consistent.
        }

        try
        {
            Prepare(file);
            return Upgrade();
        }
        finally
        {
            one.ReleaseMutex();
        }
    }

    private IReadOnlyList<string> Upgrade()
    {
        var result = Engine().PerformUpgrade();
        return result.Successful
            ? [.. result.Scripts.Select(s => ShortName(s.Name))]
            : throw new InvalidOperationException($"The migration {ShortName(result.ErrorScript?.Name ?? "")} failed: {result.Error.Message}", result.Error);
    }

    /// <summary>The T-SQL scripts, in order: for a DBA, and for the tests that build the schema as a model.</summary>
    public static IReadOnlyList<SqlScript> SqlServerScripts() =>
        [.. Scripts.GetManifestResourceNames()
            .Where(n => n.Contains(".Migrations.SqlServer.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n => SqlScript.FromStream(ShortName(n), Scripts.GetManifestResourceStream(n)!))];

    private UpgradeEngine Engine()
    {
        var sqlServer = database.Dialect == Dialect.SqlServer;
        UpgradeEngineBuilder builder = sqlServer
            ? DeployChanges.To.SqlDatabase(database.ConnectionString)
            : DeployChanges.To.SqliteDatabase(database.ConnectionString);
        var folder = sqlServer ? ".Migrations.SqlServer." : ".Migrations.Sqlite.";
        return builder
            .WithScriptsEmbeddedInAssembly(Scripts, name => name.Contains(folder, StringComparison.Ordinal))
            .WithTransactionPerScript()
            .LogTo(new NoOpUpgradeLog())
            .Build();
    }

    /// <summary>Enables write-ahead logging, so that readers don't wait for a writer. The setting is stored in the file.</summary>
    private void Prepare(string file)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
        {
            System.IO.Directory.CreateDirectory(folder);
        }

        using var connection = new SqliteConnection(database.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        command.ExecuteNonQuery();
    }

    private static string ShortName(string resource)
    {
        var parts = resource.Split('.');
        return parts.Length < 2 ? resource : string.Join('.', parts[^2..]);
    }
}
