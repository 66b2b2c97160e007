using HealthEquity.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Databases;

public sealed class DatabaseAccessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SELECT Body FROM Revision")]
    [InlineData("SELECT Name FROM Entry")]
    [InlineData("SELECT PasswordHash FROM Curator")]
    [InlineData("SELECT Message FROM Suggestion")]
    [InlineData("SELECT p.Slug FROM Published p WHERE EXISTS (SELECT 1 FROM Audit)")]
    [InlineData("SELECT sql FROM sqlite_master")]
    [InlineData("UPDATE Published SET Slug = 'x'")]
    [InlineData("DELETE FROM Published")]
    [InlineData("INSERT INTO ApiClient (ApiClientId, Name, KeyHash, CreatedAt) VALUES ('a', 'a', 'a', 'a')")]
    [InlineData("ATTACH DATABASE ':memory:' AS other")]
    [InlineData("PRAGMA writable_schema = 1")]
    [InlineData("DROP TABLE Published")]
    public async Task Public_access_can_read_published_data_only(string statement)
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        await office.PublishNewAsync(Provider());
        await using var session = await office.Database.As(DatabaseAccess.Public).OpenAsync(Cancellation);

        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => session.ExecuteAsync(new Sql("test", statement), null, Cancellation));

        Assert.Matches("not authorized|prohibited|readonly", refusal.Message);
    }

    [Fact]
    public async Task A_pooled_public_connection_stays_restricted_and_usable()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        await office.PublishNewAsync(Provider());
        for (var n = 0; n < 3; n++)
        {
            Assert.Single(await office.FeedAsync());
        }
    }

    [Fact]
    public async Task Suggestion_access_can_add_suggestions_but_not_read_them()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        await using var box = await office.Database.As(DatabaseAccess.Suggestions).OpenAsync(Cancellation);
        var insert = new Sql("test", "INSERT INTO Suggestion (SuggestionId, Message, ReceivedAt) VALUES (@id, 'closed', '2026-03-01')");

        await box.ExecuteAsync(insert, new { id = Guid.CreateVersion7() }, Cancellation);

        await Assert.ThrowsAnyAsync<Exception>(() => box.ExecuteAsync(new Sql("test", "SELECT Message FROM Suggestion"), null, Cancellation));
        await Assert.ThrowsAnyAsync<Exception>(() => box.ExecuteAsync(new Sql("test", "DELETE FROM Suggestion"), null, Cancellation));
        Assert.Equal(1, await office.DoAsync(s => s.ScalarAsync<int>(new Sql("test", "SELECT COUNT(*) FROM Suggestion"), null, Cancellation)));
    }

    [Theory]
    [InlineData("Data Source=directory.db", Dialect.Sqlite)]
    [InlineData("Server=localhost;Database=Directory;Integrated Security=true", Dialect.SqlServer)]
    [InlineData("Data Source=localhost;Initial Catalog=Directory;User ID=x;Password=y", Dialect.SqlServer)]
    public void The_connection_string_decides_the_database(string connectionString, Dialect dialect)
    {
        var database = Database.Create(connectionString);
        Assert.Equal(dialect, database.Dialect);
        Assert.DoesNotContain("Password", database.DisplayName, StringComparison.Ordinal);
    }
}
