using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using DbUp.Engine.Output;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace HealthEquity.Store.Databases;

/// <summary>Brings a database's schema up to date with the numbered scripts in <c>db/Store/Migrations</c>.</summary>
public sealed class Migrator
{
    /// <summary>Waits at most ten minutes for another migration. A result below zero means that the lock was not granted.</summary>
    internal const string LockStatement =
        """
        DECLARE @result int;
        EXEC @result = sp_getapplock @Resource = N'HealthEquity.Migrate', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 600000;
        SELECT @result;
        """;

    private static readonly Assembly Scripts = typeof(Migrator).Assembly;

    private readonly Database _database;
    private readonly IReadOnlyList<SqlScript> _later;

    /// <summary>Migrates a database with the scripts of this version.</summary>
    public Migrator(Database database)
        : this(database, [])
    {
    }

    /// <summary>Migrates a database with the scripts of this version, and later ones.</summary>
    internal Migrator(Database database, IReadOnlyList<SqlScript> later)
    {
        _database = database;
        _later = later;
    }

    /// <summary>The names of scripts that have not run yet, in order.</summary>
    public IReadOnlyList<string> Pending() => [.. Engine().GetScriptsToExecute().Select(s => ShortName(s.Name))];

    /// <summary>Runs pending scripts, each in its own transaction.</summary>
    /// <returns>The names of the scripts that ran.</returns>
    /// <exception cref="InvalidOperationException">A script failed. The scripts before it stay applied.</exception>
    public IReadOnlyList<string> Migrate()
    {
        if (_database.FilePath is not { } file)
        {
            using var alone = LockServer();
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

    /// <summary>Whether this version fits the database's schema.</summary>
    public SchemaFit Fit()
    {
        var engine = Engine();
        var executed = engine.GetExecutedScripts().Select(ShortName).ToList();
        return _database.Dialect == Dialect.SqlServer && executed.Count == 0 && SeesPublished()
            ? new SchemaFit(Fault: null)
            : SchemaFit.Of(executed, [.. engine.GetDiscoveredScripts().Select(s => ShortName(s.Name))]);
    }

    /// <summary>True if the login can read published data. The API's login can't see which scripts ran, so its schema counts as fitting.</summary>
    private bool SeesPublished()
    {
        using var connection = new SqlConnection(_database.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT OBJECT_ID(N'dbo.Published')";
        return command.ExecuteScalar() is int;
    }

    /// <summary>Lets one migration run at a time; others wait. The lock ends with the connection.</summary>
    /// <exception cref="InvalidOperationException">Another migration ran for too long.</exception>
    private SqlConnection LockServer()
    {
        var connection = new SqlConnection(new SqlConnectionStringBuilder(_database.ConnectionString) { Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandTimeout = 0;
            command.CommandText = LockStatement;
            return command.ExecuteScalar() is int and >= 0
                ? connection
                : throw new InvalidOperationException("Another migration has been running for ten minutes. Check it, then retry this one.");
        }
        catch
        {
            connection.Dispose();
            throw;
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
        var sqlServer = _database.Dialect == Dialect.SqlServer;
        UpgradeEngineBuilder builder = sqlServer
            ? DeployChanges.To.SqlDatabase(_database.ConnectionString)
            : DeployChanges.To.SqliteDatabase(PatientConnectionString());
        var folder = sqlServer ? ".Migrations.SqlServer." : ".Migrations.Sqlite.";
        return builder
            .WithScriptsEmbeddedInAssembly(Scripts, name => name.Contains(folder, StringComparison.Ordinal))
            .WithScripts(_later)
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

        if (!File.Exists(file))
        {
            // SQLite gives its log and its index the same mode.
            PrivateFile.Create(file);
        }

        using var connection = new SqliteConnection(PatientConnectionString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Even the question which scripts have run takes the write lock, which another program holds while it fills the directory. The connections
    /// are not kept: nobody would close them.
    /// </summary>
    private string PatientConnectionString() => new SqliteConnectionStringBuilder(_database.ConnectionString)
    {
        DefaultTimeout = (int)WritePatience.Current.TotalSeconds,
        Pooling = false,
    }.ConnectionString;

    private static string ShortName(string resource)
    {
        var parts = resource.Split('.');
        return parts.Length < 2 ? resource : string.Join('.', parts[^2..]);
    }
}
