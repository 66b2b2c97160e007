using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace HealthEquity.Store.Databases;

/// <summary>Backs up and restores a whole database. SQLite does it online; on SQL Server, the DBA runs the script.</summary>
public static class DatabaseBackup
{
    /// <summary>Copies the embedded database into a new file.</summary>
    /// <exception cref="IOException">The file already exists.</exception>
    public static void Save(Database database, string file)
    {
        if (File.Exists(file))
        {
            throw new IOException($"{file} already exists. Choose another file name.");
        }

        using var from = Open(database.FilePath!, SqliteOpenMode.ReadOnly);
        using var to = Open(file, SqliteOpenMode.ReadWriteCreate);
        from.BackupDatabase(to);
    }

    /// <summary>Replaces the content of the embedded database with a backup, after checking the backup.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or is not a directory backup.</exception>
    public static void Load(Database database, string file)
    {
        using var from = Open(file, SqliteOpenMode.ReadOnly);
        if (!IsValid(from))
        {
            throw new InvalidDataException($"{file} is damaged or is not a directory backup.");
        }

        using var to = Open(database.FilePath!, SqliteOpenMode.ReadWriteCreate);
        from.BackupDatabase(to);
    }

    /// <summary>The script for a DBA to back up the database.</summary>
    public static string BackupScript(Database database, string file) =>
        $"BACKUP DATABASE {Name(database)} TO DISK = N'{Quote(file)}' WITH COPY_ONLY, COMPRESSION, CHECKSUM;";

    /// <summary>The script for a DBA to restore a backup.</summary>
    public static string RestoreScript(Database database, string file) =>
        $"""
        USE master;
        RESTORE VERIFYONLY FROM DISK = N'{Quote(file)}' WITH CHECKSUM;
        ALTER DATABASE {Name(database)} SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
        RESTORE DATABASE {Name(database)} FROM DISK = N'{Quote(file)}' WITH REPLACE, CHECKSUM;
        ALTER DATABASE {Name(database)} SET MULTI_USER;
        """;

    private static bool IsValid(SqliteConnection backup)
    {
        try
        {
            return Query(backup, "PRAGMA integrity_check") == "ok"
                && Query(backup, "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('Entry', 'Audit')") == "2";
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        // Not pooled: the file must be closed when this is done.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static string? Query(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // both queries are constants
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar()?.ToString();
    }

    private static string Name(Database database) =>
        $"[{new SqlConnectionStringBuilder(database.ConnectionString).InitialCatalog.Replace("]", "]]", StringComparison.Ordinal)}]";

    private static string Quote(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
