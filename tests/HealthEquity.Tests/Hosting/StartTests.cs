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

        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), "--urls=http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ConnectionStrings__Directory"] = test.ConnectionString, ["Starter"] = "false" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var fault = await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);

        Assert.Matches("^The database's schema is newer than this version can work with: [^\\n]* 9999_ContractOldNames.sql has been run. Start a newer version.\\s*$", fault);
        Assert.Equal(code, process.ExitCode);
        Assert.DoesNotContain("Now listening", await output, StringComparison.Ordinal);
    }
}
