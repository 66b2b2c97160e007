-- Makes an empty database. Readers must not wait for writers: row versions, as Azure SQL has them by default.
IF DB_ID(N'Directory') IS NULL
    CREATE DATABASE Directory;
GO
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'Directory' AND is_read_committed_snapshot_on = 0)
    ALTER DATABASE Directory SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
GO
