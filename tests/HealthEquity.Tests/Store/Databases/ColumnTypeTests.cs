using System.Data;
using Dapper;
using HealthEquity.Store.Databases;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace HealthEquity.Tests.Store.Databases;

public sealed class ColumnTypeTests
{
    [Fact]
    public void A_null_is_sent_with_the_type_of_its_column()
    {
        foreach (var (handler, type) in new (SqlMapper.ITypeHandler, DbType)[]
        {
            (new ColumnTypes.GuidHandler(), DbType.Guid),
            (new ColumnTypes.TimestampHandler(), DbType.DateTimeOffset),
            (new ColumnTypes.DateHandler(), DbType.Date),
        })
        {
            var server = new SqlParameter();
            handler.SetValue(server, DBNull.Value);
            Assert.Equal((type, (object)DBNull.Value), (server.DbType, server.Value));
            var embedded = new SqliteParameter();
            handler.SetValue(embedded, DBNull.Value);
            Assert.Equal((DbType.String, (object?)DBNull.Value), (embedded.DbType, embedded.Value));
        }
    }

    [Theory]
    [InlineData(615, true)]
    [InlineData(926, true)]
    [InlineData(4060, true)]
    [InlineData(4221, true)]
    [InlineData(10928, true)]
    [InlineData(10929, true)]
    [InlineData(10936, true)]
    [InlineData(40197, true)]
    [InlineData(40501, true)]
    [InlineData(40613, true)]
    [InlineData(49918, true)]
    [InlineData(49919, true)]
    [InlineData(49920, true)]
    [InlineData(2627, false)]
    [InlineData(229, false)]
    [InlineData(547, false)]
    public void Faults_that_pass_are_told_from_those_that_stay(int number, bool transient) => Assert.Equal(transient, TransientFaults.Contains(number));

    /// <remarks>The driver's own list grows with its versions.</remarks>
    [Fact]
    public void What_the_driver_calls_passing_passes_here_too() =>
        Assert.DoesNotContain(SqlConfigurableRetryFactory.BaselineTransientErrors, number => number > 0 && !TransientFaults.Contains(number));
}
