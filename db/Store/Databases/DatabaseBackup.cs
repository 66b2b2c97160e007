using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace HealthEquity.Store.Databases;

/// <summary>Copies of a whole database: made by SQLite itself while others read and write; on SQL Server, by its DBA.</summary>
public static class DatabaseBackup
{
    /// <summary>Copies the embedded database into a new file.</summary>
    /// <exception cref="IOException">There is such a file already.</exception>
    public static void Save(Database database, string file)
    {
        if (File.Exists(file))
        {
            throw new IOException($"{file} is there already; a backup replaces nothing.");
        }

        using var from = Open(database.FilePath!, SqliteOpenMode.ReadOnly);
        using var to = Open(file, SqliteOpenMode.ReadWriteCreate);
        from.BackupDatabase(to);
    }

    /// <summary>Replaces what is in the embedded database by a backup, which is checked first.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or no backup of a directory.</exception>
    public static void Load(Database database, string file)
    {
        using var from = Open(file, SqliteOpenMode.ReadOnly);
        if (!IsWhole(from))
        {
            throw new InvalidDataException($"{file} is damaged, or is no backup of a directory.");
        }

        using var to = Open(database.FilePath!, SqliteOpenMode.ReadWriteCreate);
        from.BackupDatabase(to);
    }

    /// <summary>What a DBA runs on the server to back the database up.</summary>
    public static string SaveText(Database database, string file) =>
        $"BACKUP DATABASE {Name(database)} TO DISK = N'{Quote(file)}' WITH COPY_ONLY, COMPRESSION, CHECKSUM;";

    /// <summary>What a DBA runs on the server to bring a backup back.</summary>
    public static string LoadText(Database database, string file) =>
        $"""
        USE master;
        RESTORE VERIFYONLY FROM DISK = N'{Quote(file)}' WITH CHECKSUM;
        ALTER DATABASE {Name(database)} SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
        RESTORE DATABASE {Name(database)} FROM DISK = N'{Quote(file)}' WITH REPLACE, CHECKSUM;
        ALTER DATABASE {Name(database)} SET MULTI_USER;
        """;

    private static bool IsWhole(SqliteConnection backup)
    {
        try
        {
            return Ask(backup, "PRAGMA integrity_check") == "ok"
                && Ask(backup, "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('Entry', 'Audit')") == "2";
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        // Not pooled: the file must be free when this is over.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static string? Ask(SqliteConnection connection, string question)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // both questions stand above
        command.CommandText = question;
#pragma warning restore CA2100
        return command.ExecuteScalar()?.ToString();
    }

    private static string Name(Database database) =>
        $"[{new SqlConnectionStringBuilder(database.ConnectionString).InitialCatalog.Replace("]", "]]", StringComparison.Ordinal)}]";

    private static string Quote(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
