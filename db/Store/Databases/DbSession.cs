using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace HealthEquity.Store.Databases;

/// <summary>An open connection with or without a transaction. Sends only <see cref="Sql"/> statements.</summary>
public sealed class DbSession : IAsyncDisposable
{
    private readonly DbTransaction? _transaction;
    private bool _inTransaction;

    internal DbSession(DbConnection connection, Dialect dialect, DbTransaction? transaction)
    {
        Connection = connection;
        Dialect = dialect;
        _transaction = transaction;
    }

    /// <summary>The database's dialect.</summary>
    public Dialect Dialect { get; }

    internal DbConnection Connection { get; }

    /// <summary>The same connection, for work in a transaction; on SQLite the lock is held and the driver need not know.</summary>
    internal DbSession InTransaction(DbTransaction? transaction) => new(Connection, Dialect, transaction) { _inTransaction = true };

    /// <summary>All rows.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(Sql sql, object? parameters, CancellationToken cancellation) =>
        (await Connection.QueryAsync<T>(Command(sql, parameters, cancellation))).AsList();

    /// <summary>All rows, streamed.</summary>
    public IAsyncEnumerable<T> StreamAsync<T>(Sql sql, object? parameters) =>
        Connection.QueryUnbufferedAsync<T>(sql.For(Dialect), parameters, _transaction);

    /// <summary>The only row, or null.</summary>
    public Task<T?> FindAsync<T>(Sql sql, object? parameters, CancellationToken cancellation) =>
        Connection.QuerySingleOrDefaultAsync<T>(Command(sql, parameters, cancellation));

    /// <summary>The first column of the first row.</summary>
    public Task<T?> ScalarAsync<T>(Sql sql, object? parameters, CancellationToken cancellation) =>
        Connection.ExecuteScalarAsync<T>(Command(sql, parameters, cancellation));

    /// <summary>Executes a statement and returns the number of affected rows. For a list of parameter objects, executes it once for each.</summary>
    /// <exception cref="DatabaseBusyException">SQLite's write lock stayed taken.</exception>
    public Task<int> ExecuteAsync(Sql sql, object? parameters, CancellationToken cancellation) => Connection is SqliteConnection sqlite && !_inTransaction
        ? SqliteWriteLock.HoldAsync(sqlite, () => Connection.ExecuteAsync(Command(sql, parameters, cancellation)), cancellation)
        : Connection.ExecuteAsync(Command(sql, parameters, cancellation));

    /// <summary>Ids as a list parameter (<c>IN @ids</c>): Dapper does not apply type handlers to list items.</summary>
    public static IReadOnlyList<string> Ids(IEnumerable<Guid> ids) => [.. ids.Select(id => id.ToString("D"))];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private CommandDefinition Command(Sql sql, object? parameters, CancellationToken cancellation) =>
        new(sql.For(Dialect), parameters, _transaction, cancellationToken: cancellation);
}
