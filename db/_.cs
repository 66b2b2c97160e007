namespace HealthEquity.Db;
