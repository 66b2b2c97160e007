-- Who may touch what. Add the API's login to directory_api, the console's to directory_curator, analysts to directory_report.

CREATE ROLE directory_api;
GO
CREATE ROLE directory_curator;
GO
CREATE ROLE directory_report;
GO

GRANT SELECT ON dbo.Published TO directory_api;
GRANT SELECT ON dbo.ChangeCounter TO directory_api;
GRANT INSERT ON dbo.Suggestion TO directory_api;
GRANT SELECT ON dbo.ApiClient TO directory_api;
GRANT SELECT ON dbo.Vocabulary TO directory_api;
GRANT SELECT ON dbo.Term TO directory_api;
GO

GRANT SELECT, INSERT, UPDATE ON dbo.Published TO directory_curator;
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.Suggestion TO directory_curator;
GRANT SELECT, INSERT, UPDATE ON dbo.ApiClient TO directory_curator;
GRANT SELECT, INSERT, UPDATE ON dbo.Vocabulary TO directory_curator;
GRANT SELECT, INSERT, UPDATE ON dbo.Term TO directory_curator;
GRANT SELECT, INSERT, UPDATE ON dbo.Curator TO directory_curator;
GRANT SELECT, INSERT, UPDATE ON dbo.Entry TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.FormerSlug TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.CheckRequest TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.EntryKey TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.EntryTerm TO directory_curator;
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.DuplicatePair TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.DuplicateLook TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.MergedEntry TO directory_curator;
GRANT SELECT, INSERT, UPDATE ON dbo.Import TO directory_curator;
GRANT SELECT, INSERT, UPDATE ON dbo.ImportRecord TO directory_curator;
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.ImportItem TO directory_curator;
GRANT SELECT, INSERT, UPDATE ON dbo.ImportConflict TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.ImportFile TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.ImportRefusal TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.ImportUpload TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.ImportSample TO directory_curator;
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.ImportTask TO directory_curator;
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.SavedMapping TO directory_curator;
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.CuratorSession TO directory_curator;
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.SetUpLink TO directory_curator;
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.AutosavedDraft TO directory_curator;
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.CuratorColumns TO directory_curator;
GRANT SELECT, INSERT ON dbo.DataProtectionKey TO directory_curator;
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.Setting TO directory_curator;
GRANT SELECT, UPDATE ON dbo.ChangeCounter TO directory_curator;
GRANT SELECT, UPDATE ON dbo.AuditHead TO directory_curator;
GO

-- The scripts that ran: a program looks there whether it fits the schema, and needs no right to change it.
GRANT SELECT ON dbo.SchemaVersions TO directory_api;
GRANT SELECT ON dbo.SchemaVersions TO directory_curator;
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

-- The published directory as plain rows and columns, for Power BI and the like. Reads what is public and nothing else.
CREATE SCHEMA report;
GO

CREATE VIEW report.Entry AS
SELECT p.EntryId, p.Kind, p.Slug,
  JSON_VALUE(p.Body, '$.name') AS Name,
  JSON_VALUE(p.Body, '$.summary') AS Summary,
  JSON_VALUE(p.Body, '$.website') AS Website,
  JSON_VALUE(p.Body, '$.eligibility.immigrationStatus') AS ImmigrationStatus,
  JSON_VALUE(p.Body, '$.capacity.status') AS Capacity,
  JSON_VALUE(p.Body, '$.remoteService.offered') AS RemoteService,
  p.AssuredOn,
  CAST(JSON_VALUE(p.Body, '$.checkDueOn') AS date) AS CheckDueOn,
  p.ChangedAt
FROM dbo.Published AS p
WHERE p.WithdrawnAt IS NULL;
GO

CREATE VIEW report.Location AS
SELECT p.EntryId, l.Visibility, l.Address1, l.Address2, l.City, l.County, l.StateProvince, l.PostalCode, l.Latitude, l.Longitude
FROM dbo.Published AS p
CROSS APPLY OPENJSON(p.Body, '$.locations') WITH
(
  Visibility varchar(20) '$.visibility',
  Address1 nvarchar(200) '$.address1',
  Address2 nvarchar(200) '$.address2',
  City nvarchar(100) '$.city',
  County nvarchar(100) '$.county',
  StateProvince varchar(2) '$.stateProvince',
  PostalCode varchar(10) '$.postalCode',
  Latitude float '$.latitude',
  Longitude float '$.longitude'
) AS l
WHERE p.WithdrawnAt IS NULL;
GO

CREATE VIEW report.Phone AS
SELECT p.EntryId, f.Number, f.Extension, f.Type, f.Label
FROM dbo.Published AS p
CROSS APPLY OPENJSON(p.Body, '$.phones') WITH
(
  Number varchar(20) '$.number',
  Extension varchar(10) '$.extension',
  Type varchar(20) '$.type',
  Label nvarchar(100) '$.label'
) AS f
WHERE p.WithdrawnAt IS NULL;
GO

CREATE VIEW report.Language AS
SELECT p.EntryId, l.Language
FROM dbo.Published AS p
CROSS APPLY OPENJSON(p.Body, '$.languages') WITH (Language varchar(35) '$.language') AS l
WHERE p.WithdrawnAt IS NULL AND p.Kind IN ('provider', 'attorney', 'organization');
GO

CREATE VIEW report.Adoption AS
SELECT p.EntryId, p.Slug AS PolicyAction, a.Jurisdiction, a.Level, a.State, a.Fips, a.Status
FROM dbo.Published AS p
CROSS APPLY OPENJSON(p.Body, '$.adoptions') WITH
(
  Jurisdiction nvarchar(200) '$.jurisdiction.name',
  Level varchar(100) '$.jurisdiction.level',
  State varchar(2) '$.jurisdiction.state',
  Fips varchar(7) '$.jurisdiction.fips',
  Status varchar(100) '$.status'
) AS a
WHERE p.WithdrawnAt IS NULL AND p.Kind = 'policyAction';
GO

GRANT SELECT ON SCHEMA::report TO directory_report;
GO
