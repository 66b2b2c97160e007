namespace HealthEquity.Store.Databases;

/// <summary>The database's way of speaking SQL.</summary>
public enum Dialect
{
    /// <summary>The embedded database.</summary>
    Sqlite,

    /// <summary>SQL Server 2019 or later, or Azure SQL.</summary>
    SqlServer,
}

/// <summary>
/// One statement that the product can send, in both dialects. Every statement is a static field of the type that sends it:
/// the tests collect these fields and check each text against the schema, so nothing else may be sent.
/// </summary>
public sealed class Sql
{
    private readonly string _sqlServer;
    private readonly string _sqlite;

    /// <summary>A statement that both databases read alike.</summary>
    /// <param name="name">The method that sends it, as "Type.Method"; a DBA sees it at the head of the text.</param>
    /// <param name="text">The text, with named parameters.</param>
    public Sql(string name, string text)
        : this(name, sqlServer: text, sqlite: text)
    {
    }

    /// <summary>A statement in which the databases differ.</summary>
    /// <param name="name">The method that sends it, as "Type.Method".</param>
    /// <param name="sqlServer">The T-SQL text.</param>
    /// <param name="sqlite">The SQLite text.</param>
    public Sql(string name, string sqlServer, string sqlite)
    {
        Name = name;
        _sqlServer = $"/* {name} */ {sqlServer}";
        _sqlite = $"/* {name} */ {sqlite}";
    }

    /// <summary>The method that sends it.</summary>
    public string Name { get; }

    /// <summary>The text to send.</summary>
    public string For(Dialect dialect) => dialect == Dialect.SqlServer ? _sqlServer : _sqlite;
}
