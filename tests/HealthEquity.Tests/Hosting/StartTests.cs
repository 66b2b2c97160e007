using System.Diagnostics;
using HealthEquity.Tests.Store.Databases;
using Microsoft.Data.Sqlite;

namespace HealthEquity.Tests.Hosting;

/// <summary>What an operator reads when a program can't start.</summary>
public sealed class StartTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("HealthEquity.Api", 1)]
    [InlineData("HealthEquity.Admin", 4)]
    public async Task A_schema_that_is_too_new_is_named_in_one_line(string program, int code)
    {
        await using var test = await TestDatabase.CreatePreparedAsync();
        await using (var connection = new SqliteConnection(test.ConnectionString))
        {
            await connection.OpenAsync(Cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('HealthEquity.Store.Migrations.Sqlite.9999_ContractOldNames.sql', '2030-01-01')";
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        var (exit, output, fault) = await StartAsync(program, test.ConnectionString);

        Assert.Matches("^The database's schema is newer than this version can work with: [^\\n]* 9999_ContractOldNames.sql has been run. Start a newer version.\\s*$", fault);
        Assert.Equal(code, exit);
        Assert.DoesNotContain("Now listening", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HealthEquity.Api", 1, "Data Source=directory.db;Pasword=x", "The connection string is not valid: ")]
    [InlineData("HealthEquity.Api", 1, "Server=db;Pasword=x", "The connection string is not valid: ")]
    [InlineData("HealthEquity.Api", 1, "Server=db;Connect Timeout=soon", "The connection string is not valid: ")]
    [InlineData("HealthEquity.Admin", 4, "Server=db;Connect Timeout=soon", "The connection string is not valid: ")]
    [InlineData("HealthEquity.Admin", 4, "directory.db", "The connection string is not valid: ")]
    [InlineData("HealthEquity.Api", 1, "Data Source=/dev/null/directory.db", "")]
    public async Task A_database_that_can_not_be_used_is_named_in_one_line(string program, int code, string database, string said)
    {
        var (exit, output, fault) = await StartAsync(program, database);
        Assert.Matches($"^{said}[^\\n]* (Correct ConnectionStrings__Directory|Check [^\\n]*)\\.\\s*$", fault);
        Assert.Equal(code, exit);
        Assert.DoesNotContain("Now listening", output, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Fault)> StartAsync(string program, string database)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), "--urls=http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ConnectionStrings__Directory"] = database, ["Starter"] = "false" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var fault = await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output, fault);
    }
}
