using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Expressions;

/// <summary>Stores the department's own expressions, where API nodes can read them.</summary>
public sealed class SearchExpressionStore(TimeProvider clock, AuditLog audit)
{
    private const string Columns = "SELECT ExpressionId, Language, Text, Meaning FROM SearchExpression";

    private static readonly Sql SelectAll = new("SearchExpressionStore.Read", $"{Columns} WHERE RemovedAt IS NULL ORDER BY Language, Text, Meaning");

    private static readonly Sql SelectOne = new("SearchExpressionStore.Remove", $"{Columns} WHERE ExpressionId = @id AND RemovedAt IS NULL");

    private static readonly Sql SelectVersion = new("SearchExpressionStore.Version", "SELECT COALESCE(SUM(Version), 0) FROM SearchExpression");

    private static readonly Sql CountSame = new(
        "SearchExpressionStore.Add",
        "SELECT COUNT(*) FROM SearchExpression WHERE Language = @Language AND Text = @Text AND Meaning = @Meaning AND RemovedAt IS NULL");

    private static readonly Sql Insert = new(
        "SearchExpressionStore.Add",
        """
        INSERT INTO SearchExpression (ExpressionId, Language, Text, Meaning, Version, ChangedAt)
        VALUES (@ExpressionId, @Language, @Text, @Meaning, 1, @now)
        """);

    private static readonly Sql UpdateRemoved = new(
        "SearchExpressionStore.Remove",
        "UPDATE SearchExpression SET RemovedAt = @now, Version = Version + 1, ChangedAt = @now WHERE ExpressionId = @id AND RemovedAt IS NULL");

    /// <summary>The expressions, by language and text.</summary>
    public static Task<IReadOnlyList<SearchExpression>> ReadAsync(DbSession session, CancellationToken cancellation) =>
        session.QueryAsync<SearchExpression>(SelectAll, null, cancellation);

    /// <summary>A number that every change increases.</summary>
    public static Task<long> VersionAsync(DbSession session, CancellationToken cancellation) =>
        session.ScalarAsync<long>(SelectVersion, null, cancellation);

    /// <summary>Adds an expression.</summary>
    /// <returns>Its identifier.</returns>
    /// <exception cref="RefusedException">It says nothing, is too long, or is there already.</exception>
    public async Task<Guid> AddAsync(DbSession session, SearchExpression expression, Actor actor, CancellationToken cancellation)
    {
        if (expression.Text.Length is 0 or > SearchExpression.MaxTextLength)
        {
            throw new RefusedException($"Enter an expression of at most {SearchExpression.MaxTextLength} characters.") { Field = nameof(SearchExpression.Text) };
        }

        if (await session.ScalarAsync<long>(CountSame, new { expression.Language, expression.Text, expression.Meaning }, cancellation) > 0)
        {
            throw new RefusedException("This expression already has this meaning.") { Field = nameof(SearchExpression.Text) };
        }

        var now = clock.GetUtcNow();
        var row = new { ExpressionId = Guid.CreateVersion7(now), expression.Language, expression.Text, expression.Meaning, now };
        await session.ExecuteAsync(Insert, row, cancellation);
        await LogAsync(session, actor, "addExpression", row.ExpressionId, expression, cancellation);
        return row.ExpressionId;
    }

    /// <summary>Removes an expression.</summary>
    /// <exception cref="NotFoundException">There is none, or someone removed it before.</exception>
    public async Task RemoveAsync(DbSession session, Guid id, Actor actor, CancellationToken cancellation)
    {
        var expression = await session.FindAsync<SearchExpression>(SelectOne, new { id }, cancellation) ?? throw new NotFoundException("such expression");
        await session.ExecuteAsync(UpdateRemoved, new { id, now = clock.GetUtcNow() }, cancellation);
        await LogAsync(session, actor, "removeExpression", id, expression, cancellation);
    }

    private Task LogAsync(DbSession session, Actor actor, string activity, Guid id, SearchExpression expression, CancellationToken cancellation) =>
        audit.AppendAsync(session, actor, activity, $"expression:{id}", $"{expression.Language}: {expression.Text} = {expression.Meaning}", cancellation);
}
