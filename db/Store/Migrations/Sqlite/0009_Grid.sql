-- The grid of entries: what is empty and the cities as terms, for filters with counts; saved views; and how dense a curator wants the list. The same tables as on SQL Server.

CREATE TABLE SavedView
(
  ViewId TEXT NOT NULL CONSTRAINT PK_SavedView PRIMARY KEY,
  Slug TEXT NOT NULL,
  Name TEXT NOT NULL,
  -- The search as it stands in the address.
  Query TEXT NOT NULL,
  CuratorId TEXT NOT NULL CONSTRAINT FK_SavedView_Curator REFERENCES Curator (CuratorId),
  IsShared INTEGER NOT NULL,
  CreatedAt TEXT NOT NULL
);
CREATE UNIQUE INDEX UX_SavedView_Slug ON SavedView (Slug);
CREATE INDEX IX_SavedView_Curator ON SavedView (CuratorId);

CREATE TABLE CuratorDensity
(
  CuratorId TEXT NOT NULL CONSTRAINT PK_CuratorDensity PRIMARY KEY CONSTRAINT FK_CuratorDensity_Curator REFERENCES Curator (CuratorId),
  Density TEXT NOT NULL CONSTRAINT CK_CuratorDensity_Density CHECK (Density IN ('comfortable', 'compact'))
);

INSERT INTO EntryTerm (EntryId, Vocabulary, Code)
SELECT DISTINCT e.EntryId, 'city', TRIM(l.value ->> '$.city') || ', ' || (l.value ->> '$.stateProvince')
FROM Entry e
JOIN Revision r ON r.EntryId = e.EntryId AND r.Number = e.LatestRevision
JOIN json_each(r.Body, '$.locations') l
WHERE e.Kind IN ('provider', 'attorney', 'organization') AND TRIM(l.value ->> '$.city') <> '' AND l.value ->> '$.stateProvince' IS NOT NULL
  AND LENGTH(TRIM(l.value ->> '$.city') || ', ' || (l.value ->> '$.stateProvince')) <= 100;

INSERT INTO EntryTerm (EntryId, Vocabulary, Code)
SELECT e.EntryId, 'city', TRIM(r.Body ->> '$.location.city') || ', ' || (r.Body ->> '$.location.stateProvince')
FROM Entry e
JOIN Revision r ON r.EntryId = e.EntryId AND r.Number = e.LatestRevision
WHERE e.Kind = 'event' AND TRIM(r.Body ->> '$.location.city') <> '' AND r.Body ->> '$.location.stateProvince' IS NOT NULL
  AND LENGTH(TRIM(r.Body ->> '$.location.city') || ', ' || (r.Body ->> '$.location.stateProvince')) <= 100;

-- The same as EntryGaps writes with every save.
INSERT INTO EntryTerm (EntryId, Vocabulary, Code)
SELECT e.EntryId, 'empty', 'tag' FROM Entry e
WHERE NOT EXISTS (SELECT 1 FROM EntryTerm t WHERE t.EntryId = e.EntryId AND t.Vocabulary = 'tag' AND t.Code <> 'unknown')
UNION ALL
SELECT e.EntryId, 'empty', 'city' FROM Entry e
WHERE e.Kind IN ('provider', 'attorney', 'organization', 'event') AND NOT EXISTS (SELECT 1 FROM EntryTerm t WHERE t.EntryId = e.EntryId AND t.Vocabulary = 'city' AND t.Code <> 'unknown')
UNION ALL
SELECT e.EntryId, 'empty', 'language' FROM Entry e
WHERE e.Kind IN ('provider', 'attorney', 'organization', 'material', 'event') AND NOT EXISTS (SELECT 1 FROM EntryTerm t WHERE t.EntryId = e.EntryId AND t.Vocabulary = 'language' AND t.Code <> 'unknown')
UNION ALL
SELECT e.EntryId, 'empty', 'state' FROM Entry e
WHERE e.Kind IN ('provider', 'attorney', 'organization') AND NOT EXISTS (SELECT 1 FROM EntryTerm t WHERE t.EntryId = e.EntryId AND t.Vocabulary = 'state' AND t.Code <> 'unknown')
UNION ALL
SELECT e.EntryId, 'empty', 'county' FROM Entry e
WHERE e.Kind IN ('provider', 'attorney', 'organization') AND NOT EXISTS (SELECT 1 FROM EntryTerm t WHERE t.EntryId = e.EntryId AND t.Vocabulary = 'county' AND t.Code <> 'unknown')
UNION ALL
SELECT e.EntryId, 'empty', 'cost' FROM Entry e
WHERE e.Kind IN ('provider', 'attorney', 'organization') AND NOT EXISTS (SELECT 1 FROM EntryTerm t WHERE t.EntryId = e.EntryId AND t.Vocabulary = 'cost' AND t.Code <> 'unknown')
UNION ALL
SELECT e.EntryId, 'empty', 'immigrationStatus' FROM Entry e
WHERE e.Kind IN ('provider', 'attorney', 'organization') AND NOT EXISTS (SELECT 1 FROM EntryTerm t WHERE t.EntryId = e.EntryId AND t.Vocabulary = 'immigrationStatus' AND t.Code <> 'unknown')
UNION ALL
SELECT e.EntryId, 'empty', 'capacity' FROM Entry e
WHERE e.Kind IN ('provider', 'attorney', 'organization') AND NOT EXISTS (SELECT 1 FROM EntryTerm t WHERE t.EntryId = e.EntryId AND t.Vocabulary = 'capacity' AND t.Code <> 'unknown');

INSERT INTO EntryTerm (EntryId, Vocabulary, Code)
SELECT e.EntryId, 'empty', 'phone' FROM Entry e JOIN Revision r ON r.EntryId = e.EntryId AND r.Number = e.LatestRevision
WHERE e.Kind IN ('provider', 'attorney', 'organization') AND COALESCE(r.Body ->> '$.phones', '[]') = '[]'
  AND NOT EXISTS (SELECT 1 FROM json_each(r.Body, '$.locations') l WHERE COALESCE(l.value ->> '$.phones', '[]') <> '[]')
UNION ALL
SELECT e.EntryId, 'empty', 'email' FROM Entry e JOIN Revision r ON r.EntryId = e.EntryId AND r.Number = e.LatestRevision
WHERE e.Kind IN ('provider', 'attorney', 'organization') AND COALESCE(r.Body ->> '$.emails', '[]') = '[]'
UNION ALL
SELECT e.EntryId, 'empty', 'website' FROM Entry e JOIN Revision r ON r.EntryId = e.EntryId AND r.Number = e.LatestRevision
WHERE e.Kind IN ('provider', 'attorney', 'organization') AND r.Body ->> '$.website' IS NULL
UNION ALL
SELECT e.EntryId, 'empty', 'hours' FROM Entry e JOIN Revision r ON r.EntryId = e.EntryId AND r.Number = e.LatestRevision
WHERE e.Kind IN ('provider', 'attorney', 'organization') AND r.Body ->> '$.hours' IS NULL;
