-- Curated lists: what curators work on, and what the public reads of it. The same tables as on SQL Server.

CREATE TABLE CuratedList
(
  ListId TEXT NOT NULL CONSTRAINT PK_CuratedList PRIMARY KEY,
  Slug TEXT NOT NULL,
  Body TEXT NOT NULL CONSTRAINT CK_CuratedList_Body CHECK (json_valid(Body)),
  Version INTEGER NOT NULL,
  CreatedAt TEXT NOT NULL,
  ChangedAt TEXT NOT NULL
);
CREATE UNIQUE INDEX UX_CuratedList_Slug ON CuratedList (Slug);

-- The entries of a list, beside its body: what was taken down or is overdue is found by a join.
CREATE TABLE CuratedListItem
(
  ListId TEXT NOT NULL CONSTRAINT FK_CuratedListItem_List REFERENCES CuratedList (ListId),
  EntryId TEXT NOT NULL CONSTRAINT FK_CuratedListItem_Entry REFERENCES Entry (EntryId),
  Position INTEGER NOT NULL,
  CONSTRAINT PK_CuratedListItem PRIMARY KEY (ListId, EntryId)
);
CREATE INDEX IX_CuratedListItem_Entry ON CuratedListItem (EntryId);

-- One row per list that was ever public; without a body once it was taken down. Version counts its changes, so that the sum over all
-- rows tells a reader whether anything changed.
CREATE TABLE PublishedList
(
  ListId TEXT NOT NULL CONSTRAINT PK_PublishedList PRIMARY KEY,
  Slug TEXT NOT NULL,
  Body TEXT NULL CONSTRAINT CK_PublishedList_Body CHECK (Body IS NULL OR json_valid(Body)),
  Version INTEGER NOT NULL,
  ChangedAt TEXT NOT NULL
);
CREATE UNIQUE INDEX UX_PublishedList_Slug ON PublishedList (Slug);
