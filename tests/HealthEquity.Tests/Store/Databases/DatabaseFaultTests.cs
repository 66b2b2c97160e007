using HealthEquity.Store.Databases;
using Microsoft.Data.Sqlite;

namespace HealthEquity.Tests.Store.Databases;

/// <summary>Operators are told that the database does not answer only if it does not.</summary>
public sealed class DatabaseFaultTests
{
    [Theory]
    [InlineData(5, "The database is busy")]
    [InlineData(13, "The database's disk is full")]
    [InlineData(14, "The database is not available: ")]
    [InlineData(19, "The database refused: ")]
    [InlineData(1, "The database refused: ")]
    public void A_fault_is_explained_by_its_kind(int code, string said) =>
        Assert.StartsWith(said, DatabaseFaults.Explain(new SqliteException("the driver's words", code)), StringComparison.Ordinal);
}
