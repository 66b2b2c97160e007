-- The grid of entries: what is empty and the cities as terms, for filters with counts; saved views; and how dense a curator wants the list.

CREATE TABLE dbo.SavedView
(
  ViewId uniqueidentifier NOT NULL CONSTRAINT PK_SavedView PRIMARY KEY,
  Slug varchar(60) NOT NULL,
  Name nvarchar(60) NOT NULL,
  -- The search as it stands in the address.
  Query nvarchar(2000) NOT NULL,
  CuratorId uniqueidentifier NOT NULL CONSTRAINT FK_SavedView_Curator REFERENCES dbo.Curator (CuratorId),
  IsShared bit NOT NULL,
  CreatedAt datetimeoffset(3) NOT NULL
);
CREATE UNIQUE INDEX UX_SavedView_Slug ON dbo.SavedView (Slug);
CREATE INDEX IX_SavedView_Curator ON dbo.SavedView (CuratorId);
GO

CREATE TABLE dbo.CuratorDensity
(
  CuratorId uniqueidentifier NOT NULL CONSTRAINT PK_CuratorDensity PRIMARY KEY CONSTRAINT FK_CuratorDensity_Curator REFERENCES dbo.Curator (CuratorId),
  Density varchar(20) NOT NULL CONSTRAINT CK_CuratorDensity_Density CHECK (Density IN ('comfortable', 'compact'))
);
GO

GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.SavedView TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.CuratorDensity TO directory_curator;
GO

INSERT INTO dbo.EntryTerm (EntryId, Vocabulary, Code)
SELECT DISTINCT e.EntryId, 'city', CONCAT(TRIM(l.City), ', ', l.StateProvince)
FROM dbo.Entry e
JOIN dbo.Revision r ON r.EntryId = e.EntryId AND r.Number = e.LatestRevision
CROSS APPLY OPENJSON(r.Body, '$.locations') WITH (City nvarchar(200) '$.city', StateProvince nvarchar(20) '$.stateProvince') l
WHERE e.Kind IN ('provider', 'attorney', 'organization') AND l.City <> '' AND l.StateProvince IS NOT NULL AND LEN(CONCAT(TRIM(l.City), ', ', l.StateProvince)) <= 100;
GO

INSERT INTO dbo.EntryTerm (EntryId, Vocabulary, Code)
SELECT e.EntryId, 'city', CONCAT(TRIM(JSON_VALUE(r.Body, '$.location.city')), ', ', JSON_VALUE(r.Body, '$.location.stateProvince'))
FROM dbo.Entry e
JOIN dbo.Revision r ON r.EntryId = e.EntryId AND r.Number = e.LatestRevision
WHERE e.Kind = 'event' AND JSON_VALUE(r.Body, '$.location.city') <> '' AND JSON_VALUE(r.Body, '$.location.stateProvince') IS NOT NULL
  AND LEN(CONCAT(TRIM(JSON_VALUE(r.Body, '$.location.city')), ', ', JSON_VALUE(r.Body, '$.location.stateProvince'))) <= 100;
GO

-- The same as EntryGaps writes with every save.
INSERT INTO dbo.EntryTerm (EntryId, Vocabulary, Code)
SELECT e.EntryId, 'empty', 'tag' FROM dbo.Entry e
WHERE NOT EXISTS (SELECT 1 FROM dbo.EntryTerm t WHERE t.EntryId = e.EntryId AND t.Vocabulary = 'tag' AND t.Code <> 'unknown')
UNION ALL
SELECT e.EntryId, 'empty', 'city' FROM dbo.Entry e
WHERE e.Kind IN ('provider', 'attorney', 'organization', 'event') AND NOT EXISTS (SELECT 1 FROM dbo.EntryTerm t WHERE t.EntryId = e.EntryId AND t.Vocabulary = 'city' AND t.Code <> 'unknown')
UNION ALL
SELECT e.EntryId, 'empty', 'language' FROM dbo.Entry e
WHERE e.Kind IN ('provider', 'attorney', 'organization', 'material', 'event') AND NOT EXISTS (SELECT 1 FROM dbo.EntryTerm t WHERE t.EntryId = e.EntryId AND t.Vocabulary = 'language' AND t.Code <> 'unknown')
UNION ALL
SELECT e.EntryId, 'empty', 'state' FROM dbo.Entry e
WHERE e.Kind IN ('provider', 'attorney', 'organization') AND NOT EXISTS (SELECT 1 FROM dbo.EntryTerm t WHERE t.EntryId = e.EntryId AND t.Vocabulary = 'state' AND t.Code <> 'unknown')
UNION ALL
SELECT e.EntryId, 'empty', 'county' FROM dbo.Entry e
WHERE e.Kind IN ('provider', 'attorney', 'organization') AND NOT EXISTS (SELECT 1 FROM dbo.EntryTerm t WHERE t.EntryId = e.EntryId AND t.Vocabulary = 'county' AND t.Code <> 'unknown')
UNION ALL
SELECT e.EntryId, 'empty', 'cost' FROM dbo.Entry e
WHERE e.Kind IN ('provider', 'attorney', 'organization') AND NOT EXISTS (SELECT 1 FROM dbo.EntryTerm t WHERE t.EntryId = e.EntryId AND t.Vocabulary = 'cost' AND t.Code <> 'unknown')
UNION ALL
SELECT e.EntryId, 'empty', 'immigrationStatus' FROM dbo.Entry e
WHERE e.Kind IN ('provider', 'attorney', 'organization') AND NOT EXISTS (SELECT 1 FROM dbo.EntryTerm t WHERE t.EntryId = e.EntryId AND t.Vocabulary = 'immigrationStatus' AND t.Code <> 'unknown')
UNION ALL
SELECT e.EntryId, 'empty', 'capacity' FROM dbo.Entry e
WHERE e.Kind IN ('provider', 'attorney', 'organization') AND NOT EXISTS (SELECT 1 FROM dbo.EntryTerm t WHERE t.EntryId = e.EntryId AND t.Vocabulary = 'capacity' AND t.Code <> 'unknown');
GO

INSERT INTO dbo.EntryTerm (EntryId, Vocabulary, Code)
SELECT e.EntryId, 'empty', 'phone' FROM dbo.Entry e JOIN dbo.Revision r ON r.EntryId = e.EntryId AND r.Number = e.LatestRevision
WHERE e.Kind IN ('provider', 'attorney', 'organization') AND COALESCE(JSON_QUERY(r.Body, '$.phones'), '[]') = '[]'
  AND NOT EXISTS (SELECT 1 FROM OPENJSON(r.Body, '$.locations') WITH (Phones nvarchar(max) '$.phones' AS JSON) l WHERE COALESCE(l.Phones, '[]') <> '[]')
UNION ALL
SELECT e.EntryId, 'empty', 'email' FROM dbo.Entry e JOIN dbo.Revision r ON r.EntryId = e.EntryId AND r.Number = e.LatestRevision
WHERE e.Kind IN ('provider', 'attorney', 'organization') AND COALESCE(JSON_QUERY(r.Body, '$.emails'), '[]') = '[]'
UNION ALL
SELECT e.EntryId, 'empty', 'website' FROM dbo.Entry e JOIN dbo.Revision r ON r.EntryId = e.EntryId AND r.Number = e.LatestRevision
WHERE e.Kind IN ('provider', 'attorney', 'organization') AND JSON_VALUE(r.Body, '$.website') IS NULL
UNION ALL
SELECT e.EntryId, 'empty', 'hours' FROM dbo.Entry e JOIN dbo.Revision r ON r.EntryId = e.EntryId AND r.Number = e.LatestRevision
WHERE e.Kind IN ('provider', 'attorney', 'organization') AND JSON_QUERY(r.Body, '$.hours') IS NULL;
GO
