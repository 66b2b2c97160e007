-- Which entries came with the product, and what the release said of each when it was last brought in: the base of a three-way comparison.
CREATE TABLE dbo.StarterEntry
(
  EntryId uniqueidentifier NOT NULL CONSTRAINT PK_StarterEntry PRIMARY KEY CONSTRAINT FK_StarterEntry_Entry REFERENCES dbo.Entry (EntryId),
  -- The slug in the release. The department may have changed the entry's own.
  Slug nvarchar(120) NOT NULL CONSTRAINT UQ_StarterEntry_Slug UNIQUE,
  Body nvarchar(max) NOT NULL CONSTRAINT CK_StarterEntry_Body CHECK (ISJSON(Body) = 1),
  TakenAt datetimeoffset(3) NOT NULL
);
GO

-- Their first revision is what the release said.
INSERT INTO dbo.StarterEntry (EntryId, Slug, Body, TakenAt)
SELECT r.EntryId, e.Slug, r.Body, r.CreatedAt
FROM dbo.Revision AS r INNER JOIN dbo.Entry AS e ON e.EntryId = r.EntryId
WHERE r.Number = 1 AND r.Author = 'system:starter';
GO

GRANT SELECT, INSERT, UPDATE ON dbo.StarterEntry TO directory_curator;
GO
