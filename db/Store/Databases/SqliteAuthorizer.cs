using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace HealthEquity.Store.Databases;

/// <summary>
/// Restricts a SQLite connection to the permissions of SQL Server's <c>directory_api</c> role. SQLite calls the authorizer before it
/// compiles a statement (sqlite3_set_authorizer) and refuses every table not listed here.
/// </summary>
internal static class SqliteAuthorizer
{
    internal static readonly string[] PublicTables = ["Published", "ChangeCounter", "Vocabulary", "Term", "ApiClient", "SiteSetting", "PublishedList", "SearchExpression"];

    private static readonly strdelegate_authorizer Public = (_, action, table, _, _, _) => action switch
    {
        raw.SQLITE_SELECT or raw.SQLITE_FUNCTION => raw.SQLITE_OK,
        raw.SQLITE_READ => PublicTables.Contains(table, StringComparer.OrdinalIgnoreCase) ? raw.SQLITE_OK : raw.SQLITE_DENY,
        raw.SQLITE_TRANSACTION => raw.SQLITE_OK,
        _ => raw.SQLITE_DENY,
    };

    private static readonly strdelegate_authorizer Suggestions = (_, action, table, _, _, _) => action switch
    {
        raw.SQLITE_INSERT => string.Equals(table, "Suggestion", StringComparison.OrdinalIgnoreCase) ? raw.SQLITE_OK : raw.SQLITE_DENY,
        raw.SQLITE_TRANSACTION => raw.SQLITE_OK,
        _ => raw.SQLITE_DENY,
    };

    /// <summary>Removes every permission that the access level does not need.</summary>
    public static void Restrict(SqliteConnection connection, DatabaseAccess access)
    {
        var authorizer = access switch
        {
            DatabaseAccess.Public => Public,
            DatabaseAccess.Suggestions => Suggestions,
            _ => null,
        };
        if (authorizer is not null)
        {
            raw.sqlite3_set_authorizer(connection.Handle, authorizer, null);
        }
    }
}
