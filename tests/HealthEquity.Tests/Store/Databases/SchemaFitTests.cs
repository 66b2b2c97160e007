using HealthEquity.Store.Databases;
using HealthEquity.Store.Starter;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace HealthEquity.Tests.Store.Databases;

public sealed class SchemaFitTests
{
    private static readonly string[] Known = ["0001_Baseline.sql", "0002_More.sql"];

    [Theory]
    [InlineData(null, "0001_Baseline.sql", "0002_More.sql")]
    [InlineData(null, "0001_Baseline.sql", "0002_More.sql", "0003_Added.sql")]
    [InlineData("0002_More.sql has not been run", "0001_Baseline.sql")]
    [InlineData("0004_ContractNames.sql has been run", "0001_Baseline.sql", "0002_More.sql", "0003_Added.sql", "0004_ContractNames.sql")]
    [InlineData("no schema yet")]
    public void A_program_works_with_its_own_schema_and_with_one_that_only_has_more(string? fault, params string[] executed)
    {
        var fit = SchemaFit.Of(executed, Known);
        Assert.Contains(fault ?? "", fit.Fault ?? "", StringComparison.Ordinal);
        Assert.Equal(fault is null, fit.Fault is null);
    }

    [Fact]
    public async Task A_database_that_a_later_version_took_something_from_is_refused_by_name_and_left_alone()
    {
        await using var test = await TestDatabase.CreatePreparedAsync();
        Assert.Null(new Migrator(test.Database).Fit().Fault);
        await using (var connection = new SqliteConnection(test.ConnectionString))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('HealthEquity.Store.Migrations.Sqlite.9999_ContractOldNames.sql', '2030-01-01')";
            command.ExecuteNonQuery();
        }

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() =>
            DirectorySetup.StartAsync(test.Database, new FakeTimeProvider(), StarterContent.None, TestContext.Current.CancellationToken));
        Assert.Contains("9999_ContractOldNames.sql", refused.Message, StringComparison.Ordinal);
    }
}
