-- On SQL Server, encrypted secrets of authenticator apps need longer columns. SQLite's columns have no length.
SELECT 1;
