using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Databases;

public sealed class RowListTests
{
    private static readonly RowList Rows = new("EntryId uniqueidentifier", "Note nvarchar(4000)", "At datetimeoffset(3)", "Day date", "Number bigint", "Score float", "Flag bit");

    private static readonly Sql Select = Rows.Statement("RowListTests.Select", "SELECT r.EntryId, r.Note, r.At, r.Day, r.Number, r.Score, r.Flag FROM @rows AS r");

    private static readonly Sql DeleteDraft = new("RowListTests.Delete", "DELETE FROM AutosavedDraft WHERE DraftKey = @key");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory, MemberData(nameof(Dialects))]
    public async Task Every_type_of_value_arrives_as_it_was_sent(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var at = new DateTimeOffset(2026, 3, 1, 7, 0, 0, 123, TimeSpan.FromHours(-5));
        Row[] rows =
        [
            new(Guid.CreateVersion7(), "“Ñandú” <b>'; DROP TABLE Entry --\n\t\\ 🌻", at, new DateOnly(2026, 3, 1), long.MaxValue, 0.1, true),
            new(Guid.CreateVersion7(), null, null, null, null, null, null),
        ];

        var read = await office.DoAsync(s => s.QueryAsync<Row>(Select, new { rows = RowList.Json(rows) }, Cancellation));

        Assert.Equal(rows.Select(r => r with { At = r.At?.ToUniversalTime() }), read);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task The_entries_of_a_batch_take_no_more_statements_than_one_entry(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        Assert.Equal(await StatementsAsync(1), await StatementsAsync(50));

        Task<int> StatementsAsync(int entries) => office.DoAsync(async s =>
        {
            var before = s.Statements;
            var texts = Enumerable.Range(0, entries).Select(n => new NewEntry(new Organization { Name = $"Office {entries}-{n}", Phones = [new Phone { Number = $"+1305555{n:0000}" }] }));
            var ids = await office.Entries.CreateAsync(s, [.. texts], Writer, "Imported.", Cancellation);
            await office.Publisher.PublishLatestAsync(s, ids, "publish", Reviewer, null, Cancellation);
            return s.Statements - before;
        });
    }

    [Fact]
    public async Task A_statement_is_never_sent_once_for_each_row()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        await Assert.ThrowsAsync<ArgumentException>(() => office.DoAsync(s => s.ExecuteAsync(DeleteDraft, new[] { new { key = "a" }, new { key = "b" } }, Cancellation)));
    }

    private sealed record Row(Guid EntryId, string? Note, DateTimeOffset? At, DateOnly? Day, long? Number, double? Score, bool? Flag)
    {
        // For Dapper, which reads SQLite's numbers and texts through the properties.
        public Row()
            : this(Guid.Empty, null, null, null, null, null, null)
        {
        }
    }
}
