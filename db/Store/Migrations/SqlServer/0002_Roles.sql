-- Who may touch what. Add the API's login to directory_api, the console's to directory_curator, analysts to directory_report.

CREATE ROLE directory_api;
GO
CREATE ROLE directory_curator;
GO
CREATE ROLE directory_report;
GO

GRANT SELECT ON dbo.Published TO directory_api;
GRANT SELECT ON dbo.Vocabulary TO directory_api;
GRANT SELECT ON dbo.Term TO directory_api;
GRANT SELECT ON dbo.ApiClient TO directory_api;
GRANT INSERT ON dbo.Suggestion TO directory_api;
GO

GRANT SELECT, INSERT, UPDATE ON dbo.Published TO directory_curator;
GRANT SELECT, INSERT, UPDATE ON dbo.Vocabulary TO directory_curator;
GRANT SELECT, INSERT, UPDATE ON dbo.Term TO directory_curator;
GRANT SELECT, INSERT, UPDATE ON dbo.ApiClient TO directory_curator;
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.Suggestion TO directory_curator;
GRANT SELECT, INSERT, UPDATE ON dbo.Curator TO directory_curator;
GRANT SELECT, INSERT, UPDATE ON dbo.Entry TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.FormerSlug TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.EntryKey TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.EntryTerm TO directory_curator;
GRANT SELECT, INSERT, UPDATE ON dbo.Import TO directory_curator;
GRANT SELECT, INSERT, UPDATE ON dbo.ImportRecord TO directory_curator;
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.Setting TO directory_curator;
GRANT SELECT, UPDATE ON dbo.ChangeCounter TO directory_curator;
GRANT SELECT, UPDATE ON dbo.AuditHead TO directory_curator;
GO

-- History is written once: no UPDATE, no DELETE.
GRANT SELECT, INSERT ON dbo.Revision TO directory_curator;
GRANT SELECT, INSERT ON dbo.Review TO directory_curator;
GRANT SELECT, INSERT ON dbo.Verification TO directory_curator;
GRANT SELECT, INSERT ON dbo.Audit TO directory_curator;
DENY UPDATE, DELETE ON dbo.Revision TO directory_curator;
DENY UPDATE, DELETE ON dbo.Review TO directory_curator;
DENY UPDATE, DELETE ON dbo.Verification TO directory_curator;
DENY UPDATE, DELETE ON dbo.Audit TO directory_curator;
GO
