using HealthEquity.Db.Storage;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace HealthEquity.Tests.Storage;

/// <summary>A fresh, migrated database for one test, removed after it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>Holds the connection string of a SQL Server on which databases may be made and dropped.</summary>
    public const string SqlServerVariable = "HEALTHEQUITY_TEST_SQLSERVER";

    private readonly Func<ValueTask> _drop;

    private TestDatabase(Database database, string connectionString, Func<ValueTask> drop)
    {
        Database = database;
        ConnectionString = connectionString;
        _drop = drop;
    }

    public Database Database { get; }

    public string ConnectionString { get; }

    /// <summary>The databases on which every store test runs; SQL Server shows as skipped where none is configured.</summary>
    public static TheoryData<Dialect> Dialects => [Dialect.Sqlite, Dialect.SqlServer];

    public static async Task<TestDatabase> CreateAsync(Dialect dialect = Dialect.Sqlite)
    {
        var test = dialect == Dialect.Sqlite ? CreateSqlite() : await CreateSqlServerAsync();
        new Migrator(test.Database).Migrate();
        return test;
    }

    public ValueTask DisposeAsync() => _drop();

    private static TestDatabase CreateSqlite()
    {
        var folder = Directory.CreateTempSubdirectory("healthequity-test-");
        var connectionString = $"Data Source={Path.Combine(folder.FullName, "directory.db")}";
        return new TestDatabase(Database.Create(connectionString), connectionString, () =>
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        });
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
