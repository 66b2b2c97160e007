using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace HealthEquity.Store.Databases;

/// <summary>Backs up and restores a whole database. SQLite does it online; on SQL Server, the DBA runs the script.</summary>
public static class DatabaseBackup
{
    /// <summary>Copies the embedded database into a new file, mode 0600. A copy that fails is removed.</summary>
    /// <exception cref="IOException">The file already exists.</exception>
    public static void Save(Database database, string file) => Copy(database.FilePath!, file);

    /// <summary>Replaces the content of the embedded database with that of another file, in one transaction.</summary>
    public static void Load(Database database, string file)
    {
        using var from = Open(file, SqliteOpenMode.ReadOnly);
        using var to = Open(database.FilePath!, SqliteOpenMode.ReadWriteCreate);
        from.BackupDatabase(to);
    }

    /// <summary>
    /// Restores a backup. The backup is checked, migrated and given a new epoch in a copy first, so that after any failure the database is
    /// unchanged and no copies are left. A copy of a restore that was killed is deleted by the next one, and at the next start.
    /// </summary>
    /// <param name="database">The embedded database.</param>
    /// <param name="backup">The backup.</param>
    /// <param name="kept">The file to copy the database to before it is replaced; null for none.</param>
    /// <param name="prepare">Brings the copy up to date.</param>
    /// <exception cref="FileNotFoundException">There is no such backup.</exception>
    /// <exception cref="InvalidDataException">The backup is damaged or is not a directory backup.</exception>
    public static async Task RestoreAsync(Database database, string backup, string? kept, Func<Database, Task> prepare)
    {
        Check(backup);
        using var copy = RestoreCopy.Create(database.FilePath!);
        Copy(backup, copy.FullPath);
        RestoreCopy.Sweep(database.FilePath!);
        var connection = new SqliteConnectionStringBuilder { DataSource = copy.FullPath, Pooling = false }.ConnectionString;
        await prepare(database.CopyAt(connection));
        if (kept is not null)
        {
            Save(database, kept);
        }

        try
        {
            Load(database, copy.FullPath);
        }
        catch when (kept is not null)
        {
            RestoreCopy.Delete(kept);
            throw;
        }
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
        USE {Name(database)};
        UPDATE dbo.ChangeCounter SET Epoch = NEWID() WHERE Id = 1; -- nodes and partners reload everything
        """;

    /// <summary>Checks a backup without writing anything.</summary>
    private static void Check(string backup)
    {
        if (!File.Exists(backup))
        {
            throw new FileNotFoundException($"There is no file {backup}.");
        }

        using var from = Open(backup, SqliteOpenMode.ReadOnly);
        if (!IsValid(from))
        {
            throw new InvalidDataException($"{backup} is damaged or is not a directory backup.");
        }
    }

    private static bool IsValid(SqliteConnection backup)
    {
        try
        {
            return Query(backup, "PRAGMA integrity_check") == "ok"
                && Query(backup, "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('Entry', 'Audit', 'ChangeCounter')") == "3";
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static void Copy(string from, string to)
    {
        if (File.Exists(to))
        {
            throw new IOException($"{to} already exists. Choose another file name.");
        }

        PrivateFile.Create(to);
        try
        {
            using var source = Open(from, SqliteOpenMode.ReadOnly);
            using var target = Open(to, SqliteOpenMode.ReadWriteCreate);
            source.BackupDatabase(target);
        }
        catch
        {
            RestoreCopy.Delete(to);
            throw;
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
