using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace HealthEquity.Store.Databases;

/// <summary>Which access a process has to the database. SQL Server enforces it with roles, SQLite with the connection.</summary>
public enum DatabaseAccess
{
    /// <summary>Full access: the console and the command line (<c>directory_curator</c>).</summary>
    Editorial,

    /// <summary>Read access to published data (<c>directory_api</c>).</summary>
    Public,

    /// <summary>Only adding suggestions (<c>directory_api</c>).</summary>
    Suggestions,
}

/// <summary>The directory's database and its connections.</summary>
public sealed class Database
{
    /// <summary>"Data Source" means a file for SQLite and a server for SQL Server. Any of these keywords means SQL Server.</summary>
    private static readonly string[] SqlServerKeywords =
        ["Server", "Initial Catalog", "Database", "Integrated Security", "Trusted_Connection", "User ID", "Authentication"];

    private readonly string _connectionString;
    private readonly DatabaseAccess _access;
    private readonly Lazy<DirectoryKeys> _keys;

    static Database() => ColumnTypes.Register();

    private Database(Dialect dialect, string connectionString, DatabaseAccess access, Lazy<DirectoryKeys> keys)
    {
        Dialect = dialect;
        _connectionString = connectionString;
        _access = access;
        _keys = keys;
    }

    /// <summary>The database's dialect.</summary>
    public Dialect Dialect { get; }

    /// <summary>The file of an embedded database; null on SQL Server.</summary>
    public string? FilePath => Dialect == Dialect.Sqlite ? FileOf(_connectionString) : null;

    /// <summary>The name of the database for display; contains no password.</summary>
    public string DisplayName
    {
        get
        {
            if (FilePath is { } file)
            {
                return file;
            }

            var parts = new SqlConnectionStringBuilder(_connectionString);
            return $"{parts.InitialCatalog} on {parts.DataSource}";
        }
    }

    /// <summary>The directory's keys that are not in the database.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The certificate or its password is wrong.</exception>
    public DirectoryKeys Keys => _keys.Value;

    internal string ConnectionString => _connectionString;

    /// <summary>Called for every connection to an embedded database. Tests use it to simulate faults, such as a full disk.</summary>
    internal Action<SqliteConnection>? Opened { get; set; }

    /// <summary>Creates the database for a connection string.</summary>
    /// <param name="connectionString">
    /// <c>Data Source=file</c> for SQLite, <c>Server=…</c> for SQL Server; null or empty for the embedded default.
    /// </param>
    /// <param name="access">The caller's access.</param>
    /// <param name="keys">Where the directory's keys come from; null for the default of an embedded database, and none for a server's.</param>
    /// <exception cref="InvalidDataException">The connection string is malformed.</exception>
    public static Database Create(string? connectionString, DatabaseAccess access = DatabaseAccess.Editorial, KeySettings? keys = null)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            connectionString = $"Data Source={EmbeddedFile.DefaultPath()}";
        }

        var embedded = Embedded(connectionString, access);
        var lazy = new Lazy<DirectoryKeys>(() => new DirectoryKeys(keys ?? new KeySettings(), embedded is null ? null : FileOf(embedded)));
        return embedded is null
            ? new Database(Dialect.SqlServer, connectionString, access, lazy)
            : new Database(Dialect.Sqlite, embedded, access, lazy);
    }

    /// <summary>The same database with different access.</summary>
    public Database As(DatabaseAccess access) => Dialect == Dialect.SqlServer
        ? new Database(Dialect, _connectionString, access, _keys)
        : new Database(Dialect, SqliteString(_connectionString, access), access, _keys);

    /// <summary>A copy of an embedded database in another file, with the keys of this one.</summary>
    internal Database CopyAt(string connectionString) => new(Dialect.Sqlite, SqliteString(connectionString, _access), _access, _keys);

    /// <summary>Opens a session without a transaction, for reading or a single statement.</summary>
    public async Task<DbSession> OpenAsync(CancellationToken cancellation)
    {
        DbConnection connection = Dialect == Dialect.SqlServer
            ? new SqlConnection(_connectionString)
            : new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            if (connection is SqliteConnection sqlite)
            {
                await PrepareAsync(sqlite, cancellation);
                SqliteAuthorizer.Restrict(sqlite, _access);
                Opened?.Invoke(sqlite);
            }

            return new DbSession(connection, Dialect, transaction: null, _keys);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Gives editorial connections a 64 MB page cache and a checkpoint every 64 MB. With SQLite's defaults of 2 and 4 MB, a large import would
    /// read and write most pages again for every batch.
    /// </summary>
    private async Task PrepareAsync(SqliteConnection connection, CancellationToken cancellation)
    {
        if (_access == DatabaseAccess.Editorial)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16384";
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <summary>
    /// Runs the work in one transaction: everything is committed, or nothing if it throws. On SQL Server it is run again after a transient
    /// fault, so the work must have no side effects outside the session.
    /// </summary>
    /// <exception cref="DatabaseBusyException">SQLite's write lock stayed taken for <see cref="WritePatience.Current"/>.</exception>
    public async Task<T> TransactAsync<T>(Func<DbSession, Task<T>> work, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var committing = false;
            try
            {
                await using var plain = await OpenAsync(cancellation);
                if (plain.Connection is SqliteConnection sqlite)
                {
                    return await SqliteWriteLock.HoldAsync(sqlite, () => work(plain.InTransaction(null)), cancellation);
                }

                await using var transaction = await plain.Connection.BeginTransactionAsync(cancellation);
                var result = await work(plain.InTransaction(transaction));
                committing = true;
                await transaction.CommitAsync(cancellation);
                return result;
            }
            catch (SqlException fault) when (attempt < TransientFaults.Attempts && TransientFaults.MayTryAgain(fault, committing))
            {
                // The server has rolled the transaction back, or never began it.
                await Task.Delay(TransientFaults.Pause(fault, attempt), cancellation);
            }
        }
    }

    /// <inheritdoc cref="TransactAsync{T}"/>
    public Task TransactAsync(Func<DbSession, Task> work, CancellationToken cancellation) =>
        TransactAsync(
            async session =>
            {
                await work(session);
                return true;
            },
            cancellation);

    private static string FileOf(string connectionString) => new SqliteConnectionStringBuilder(connectionString).DataSource;

    /// <summary>The connection string of an embedded database; null for a server's.</summary>
    private static string? Embedded(string connectionString, DatabaseAccess access)
    {
        try
        {
            if (!IsSqlServer(new DbConnectionStringBuilder { ConnectionString = connectionString }))
            {
                return SqliteString(connectionString, access);
            }

            _ = new SqlConnectionStringBuilder(connectionString);
            return null;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or OverflowException)
        {
            throw new InvalidDataException($"The connection string is not valid: {fault.Message} Correct ConnectionStrings__Directory.", fault);
        }
    }

    private static bool IsSqlServer(DbConnectionStringBuilder parts) => SqlServerKeywords.Any(parts.ContainsKey);

    private static string SqliteString(string connectionString, DatabaseAccess access)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        // Enabled by a PRAGMA, which only editorial connections may send. The others don't write tables with foreign keys.
        builder.ForeignKeys = access == DatabaseAccess.Editorial ? true : null;
        // How long a statement may be tried again while the file is locked, seconds. Writers take the lock first, without holding a thread.
        builder.DefaultTimeout = 30;
        builder.Mode = access switch
        {
            DatabaseAccess.Editorial => SqliteOpenMode.ReadWriteCreate,
            DatabaseAccess.Public => SqliteOpenMode.ReadOnly,
            _ => SqliteOpenMode.ReadWrite,
        };
        return builder.ConnectionString;
    }
}
