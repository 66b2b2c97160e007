using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace HealthEquity.Store.Databases;

/// <summary>Why a database could not do what it was asked to, as far as people can do something about it.</summary>
public enum DatabaseFault
{
    /// <summary>Others were writing; it may be tried again in a moment.</summary>
    Busy,

    /// <summary>The disk, or what the server allows the database, is full.</summary>
    Full,

    /// <summary>It does not answer, or not as it should.</summary>
    Unavailable,
}

/// <summary>Tells the faults of a database apart.</summary>
public static class DatabaseFaults
{
    /// <summary>What kind of fault it was; null for a statement that was refused, which is the program's own fault, and for any other exception.</summary>
    public static DatabaseFault? Of(Exception? fault) => fault switch
    {
        DatabaseBusyException => DatabaseFault.Busy,
        SqliteException sqlite => sqlite.SqliteErrorCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => DatabaseFault.Busy,
            raw.SQLITE_FULL => DatabaseFault.Full,
            raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => DatabaseFault.Unavailable,
            _ => null,
        },
        // 1101, 1105: no room in a file group; 9002: the log is full; 40544: Azure SQL's quota.
        SqlException { Number: 1101 or 1105 or 9002 or 40544 } => DatabaseFault.Full,
        SqlException { Number: 1205 or 1222 or 10928 or 10929 or 10936 or 40501 or 49918 or 49919 or 49920 or -2 } => DatabaseFault.Busy,
        SqlException sql when TransientFaults.Contains(sql.Number) || sql.Class >= 17 => DatabaseFault.Unavailable,
        _ => null,
    };

    /// <summary>What an operator reads when a program or a command can't work with the database, and what to do.</summary>
    public static string Explain(DbException fault) => Of(fault) switch
    {
        DatabaseFault.Busy => "The database is busy: another program writes to it. Try again later.",
        DatabaseFault.Full => "The database's disk is full. Free up space, and try again.",
        DatabaseFault.Unavailable => $"The database is not available: {fault.Message} Check ConnectionStrings__Directory, and check that the server is running or that the file exists and is not locked.",
        _ => $"The database refused: {fault.Message} Check ConnectionStrings__Directory, the permissions of its login, and whether 'migrate' of this version has been run.",
    };
}
