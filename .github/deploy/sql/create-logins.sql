-- Run after "migrate", which makes the roles. sqlcmd -v ApiPassword="…" CuratorPassword="…"
-- On Azure SQL, run the CREATE LOGIN statements in master and the rest in the directory's database.
IF SUSER_ID(N'directory_api_login') IS NULL
    CREATE LOGIN directory_api_login WITH PASSWORD = N'$(ApiPassword)', DEFAULT_DATABASE = Directory;
ELSE
    ALTER LOGIN directory_api_login WITH PASSWORD = N'$(ApiPassword)';
IF SUSER_ID(N'directory_curator_login') IS NULL
    CREATE LOGIN directory_curator_login WITH PASSWORD = N'$(CuratorPassword)', DEFAULT_DATABASE = Directory;
ELSE
    ALTER LOGIN directory_curator_login WITH PASSWORD = N'$(CuratorPassword)';
GO
USE Directory;
GO
IF USER_ID(N'directory_api_login') IS NULL
    CREATE USER directory_api_login FOR LOGIN directory_api_login;
IF USER_ID(N'directory_curator_login') IS NULL
    CREATE USER directory_curator_login FOR LOGIN directory_curator_login;
ALTER ROLE directory_api ADD MEMBER directory_api_login;
ALTER ROLE directory_curator ADD MEMBER directory_curator_login;
GO
