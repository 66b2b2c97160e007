namespace HealthEquity.Store.Databases;

/// <summary>The SQL dialect of a database.</summary>
public enum Dialect
{
    /// <summary>The embedded database.</summary>
    Sqlite,

    /// <summary>SQL Server 2019 or later, or Azure SQL.</summary>
    SqlServer,
}

/// <summary>
/// One SQL statement, in both dialects. Every statement is a static field of the type that sends it. The tests collect these fields and
/// check each statement against the schema, so don't send any other SQL.
/// </summary>
public sealed class Sql
{
    private readonly string _sqlServer;
    private readonly string _sqlite;

    /// <summary>A statement that is the same in both dialects.</summary>
    /// <param name="name">The method that sends it, as "Type.Method". A DBA sees it as a comment in front of the statement.</param>
    /// <param name="text">The statement, with named parameters.</param>
    public Sql(string name, string text)
        : this(name, sqlServer: text, sqlite: text)
    {
    }

    /// <summary>A statement that differs between the dialects.</summary>
    /// <param name="name">The method that sends it, as "Type.Method".</param>
    /// <param name="sqlServer">The T-SQL statement.</param>
    /// <param name="sqlite">The SQLite statement.</param>
    public Sql(string name, string sqlServer, string sqlite)
    {
        Name = name;
        _sqlServer = $"/* {name} */ {sqlServer}";
        _sqlite = $"/* {name} */ {sqlite}";
    }

    /// <summary>The method that sends it.</summary>
    public string Name { get; }

    /// <summary>The statement for a dialect.</summary>
    public string For(Dialect dialect) => dialect == Dialect.SqlServer ? _sqlServer : _sqlite;
}
