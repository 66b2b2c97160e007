using HealthEquity.Store.Databases;
using HealthEquity.Store.Starter;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace HealthEquity.Tests.Store.Databases;

/// <summary>A new, migrated database for one test, deleted afterwards.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>The environment variable with the connection string of a SQL Server where tests may create and drop databases.</summary>
    public const string SqlServerVariable = "HEALTHEQUITY_TEST_SQLSERVER";

    /// <summary>A migrated file, and one that also has vocabularies. Created once and copied for each test.</summary>
    private static readonly Lazy<Task<byte[]>> Migrated = new(() => MakeAsync(database => Task.FromResult(new Migrator(database).Migrate())));
    // Long before any test's clock, so that no term appears to have changed in the future.
    private static readonly Lazy<Task<byte[]>> Prepared = new(() => MakeAsync(
        database => DirectorySetup.PrepareAsync(database, new FakeTimeProvider(DateTimeOffset.UnixEpoch), StarterContent.None, CancellationToken.None)));

    private readonly Func<ValueTask> _drop;

    private TestDatabase(Database database, string connectionString, Func<ValueTask> drop)
    {
        Database = database;
        ConnectionString = connectionString;
        _drop = drop;
    }

    public Database Database { get; }

    public string ConnectionString { get; }

    /// <summary>The databases that every store test runs on. SQL Server is reported as skipped if not configured.</summary>
    public static TheoryData<Dialect> Dialects => [Dialect.Sqlite, Dialect.SqlServer];

    public static async Task<TestDatabase> CreateAsync(Dialect dialect = Dialect.Sqlite)
    {
        if (dialect == Dialect.Sqlite)
        {
            return CreateSqlite(await Migrated.Value);
        }

        var test = await CreateSqlServerAsync();
        new Migrator(test.Database).Migrate();
        return test;
    }

    /// <summary>A database as it is after the first start without starter entries: with vocabularies.</summary>
    public static async Task<TestDatabase> CreatePreparedAsync() => CreateSqlite(await Prepared.Value);

    public ValueTask DisposeAsync() => _drop();

    private static TestDatabase CreateSqlite(byte[] content)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("healthequity-test-");
        var file = Path.Combine(folder.FullName, "directory.db");
        File.WriteAllBytes(file, content);
        var database = Database.Create($"Data Source={file}");
        return new TestDatabase(database, $"Data Source={file}", () =>
        {
            ClosePools(database);
            folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        });
    }

    private static async Task<byte[]> MakeAsync(Func<Database, Task> make)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("healthequity-test-");
        var file = Path.Combine(folder.FullName, "directory.db");
        var database = Database.Create($"Data Source={file}");
        await make(database);
        // Closing the last connection writes the log back to the file.
        ClosePools(database);
        var content = await File.ReadAllBytesAsync(file);
        folder.Delete(recursive: true);
        return content;
    }

    /// <summary>Closes the connections to this file only; other tests' connections are in use.</summary>
    private static void ClosePools(Database database)
    {
        foreach (var access in Enum.GetValues<DatabaseAccess>())
        {
            using var connection = new SqliteConnection(database.As(access).ConnectionString);
            SqliteConnection.ClearPool(connection);
        }
    }

    private static async Task<TestDatabase> CreateSqlServerAsync()
    {
        var server = Environment.GetEnvironmentVariable(SqlServerVariable);
        Assert.SkipWhen(string.IsNullOrEmpty(server), $"{SqlServerVariable} holds no connection string");
        var name = $"healthequity_test_{Guid.NewGuid():N}";
        await RunAsync(server!, $"CREATE DATABASE [{name}]");
        var connectionString = new SqlConnectionStringBuilder(server) { InitialCatalog = name }.ConnectionString;
        return new TestDatabase(Database.Create(connectionString), connectionString, async () =>
        {
            SqlConnection.ClearAllPools();
            await RunAsync(server!, $"DROP DATABASE [{name}]");
        });
    }

    private static async Task RunAsync(string server, string statement)
    {
        await using var connection = new SqlConnection(new SqlConnectionStringBuilder(server) { InitialCatalog = "master" }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the name is made above
        command.CommandText = statement;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
