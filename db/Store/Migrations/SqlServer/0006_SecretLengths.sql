-- The secrets of authenticator apps are encrypted, which makes them longer.
ALTER TABLE dbo.Curator ALTER COLUMN AuthenticatorKey nvarchar(400) NULL;
GO
