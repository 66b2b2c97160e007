-- Curated lists: what curators work on, and what the public reads of it.

CREATE TABLE dbo.CuratedList
(
  ListId uniqueidentifier NOT NULL CONSTRAINT PK_CuratedList PRIMARY KEY,
  Slug varchar(60) NOT NULL,
  Body nvarchar(max) NOT NULL CONSTRAINT CK_CuratedList_Body CHECK (ISJSON(Body) = 1),
  Version int NOT NULL,
  CreatedAt datetimeoffset(3) NOT NULL,
  ChangedAt datetimeoffset(3) NOT NULL
);
CREATE UNIQUE INDEX UX_CuratedList_Slug ON dbo.CuratedList (Slug);
GO

-- The entries of a list, beside its body: what was taken down or is overdue is found by a join.
CREATE TABLE dbo.CuratedListItem
(
  ListId uniqueidentifier NOT NULL CONSTRAINT FK_CuratedListItem_List REFERENCES dbo.CuratedList (ListId),
  EntryId uniqueidentifier NOT NULL CONSTRAINT FK_CuratedListItem_Entry REFERENCES dbo.Entry (EntryId),
  Position int NOT NULL,
  CONSTRAINT PK_CuratedListItem PRIMARY KEY (ListId, EntryId)
);
CREATE INDEX IX_CuratedListItem_Entry ON dbo.CuratedListItem (EntryId);
GO

-- One row per list that was ever public; without a body once it was taken down. Version counts its changes, so that the sum over all
-- rows tells a reader whether anything changed.
CREATE TABLE dbo.PublishedList
(
  ListId uniqueidentifier NOT NULL CONSTRAINT PK_PublishedList PRIMARY KEY,
  Slug varchar(60) NOT NULL,
  Body nvarchar(max) NULL CONSTRAINT CK_PublishedList_Body CHECK (Body IS NULL OR ISJSON(Body) = 1),
  Version int NOT NULL,
  ChangedAt datetimeoffset(3) NOT NULL
);
CREATE UNIQUE INDEX UX_PublishedList_Slug ON dbo.PublishedList (Slug);
GO

GRANT SELECT ON dbo.PublishedList TO directory_api;
GRANT SELECT, INSERT, UPDATE ON dbo.PublishedList TO directory_curator;
GRANT SELECT, INSERT, UPDATE ON dbo.CuratedList TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.CuratedListItem TO directory_curator;
GO
