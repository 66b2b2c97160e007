using System.Collections;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace HealthEquity.Store.Databases;

/// <summary>An open connection with or without a transaction. Sends only <see cref="Sql"/> statements.</summary>
public sealed class DbSession : IAsyncDisposable
{
    private readonly DbTransaction? _transaction;
    private bool _inTransaction;

    private readonly Lazy<DirectoryKeys> _keys;

    internal DbSession(DbConnection connection, Dialect dialect, DbTransaction? transaction, Lazy<DirectoryKeys> keys)
    {
        _keys = keys;
        Connection = connection;
        Dialect = dialect;
        _transaction = transaction;
    }

    /// <summary>The database's dialect.</summary>
    public Dialect Dialect { get; }

    /// <summary>How many statements it has sent so far.</summary>
    internal int Statements { get; private set; }

    internal DbConnection Connection { get; }

    /// <summary>The directory's keys that are not in the database.</summary>
    internal DirectoryKeys Keys => _keys.Value;

    /// <summary>The same connection, for work in a transaction; on SQLite the lock is held and the driver need not know.</summary>
    internal DbSession InTransaction(DbTransaction? transaction) => new(Connection, Dialect, transaction, _keys) { _inTransaction = true };

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

    /// <summary>Executes a statement and returns the number of affected rows.</summary>
    /// <exception cref="ArgumentException">The parameters are a list: use <see cref="ExecuteRowsAsync"/>, which sends one statement for all.</exception>
    /// <exception cref="DatabaseBusyException">SQLite's write lock stayed taken.</exception>
    public Task<int> ExecuteAsync(Sql sql, object? parameters, CancellationToken cancellation) => parameters is IEnumerable
        // Dapper would send the statement once for each.
        ? throw new ArgumentException($"{sql.Name} is given a list of parameters.", nameof(parameters))
        : Connection is SqliteConnection sqlite && !_inTransaction
        ? SqliteWriteLock.HoldAsync(sqlite, () => Connection.ExecuteAsync(Command(sql, parameters, cancellation)), cancellation)
        : Connection.ExecuteAsync(Command(sql, parameters, cancellation));

    /// <summary>Executes one statement with a list of rows and returns the number of affected rows. An empty list sends nothing.</summary>
    /// <param name="sql">A statement of a <see cref="RowList"/>.</param>
    /// <param name="rows">Objects with the list's columns as properties.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task<int> ExecuteRowsAsync<T>(Sql sql, IReadOnlyCollection<T> rows, CancellationToken cancellation) =>
        rows.Count == 0 ? 0 : await ExecuteAsync(sql, new { rows = RowList.Json(rows) }, cancellation);

    /// <summary>Ids as a list parameter (<c>IN @ids</c>): Dapper does not apply type handlers to list items.</summary>
    public static IReadOnlyList<string> Ids(IEnumerable<Guid> ids) => [.. ids.Select(id => id.ToString("D"))];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private CommandDefinition Command(Sql sql, object? parameters, CancellationToken cancellation)
    {
        Statements++;
        return new CommandDefinition(sql.For(Dialect), parameters, _transaction, cancellationToken: cancellation);
    }
}
