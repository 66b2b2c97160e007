-- Comments on entries with mentions of curators, and who has an entry open. Both are internal: no role of the public side may read them.

CREATE TABLE dbo.EntryComment
(
  CommentId uniqueidentifier NOT NULL CONSTRAINT PK_EntryComment PRIMARY KEY,
  EntryId uniqueidentifier NOT NULL CONSTRAINT FK_EntryComment_Entry REFERENCES dbo.Entry (EntryId),
  CuratorId uniqueidentifier NOT NULL CONSTRAINT FK_EntryComment_Curator REFERENCES dbo.Curator (CuratorId),
  Text nvarchar(2000) NOT NULL,
  CreatedAt datetimeoffset(3) NOT NULL,
  ChangedAt datetimeoffset(3) NULL
);
CREATE INDEX IX_EntryComment_Entry ON dbo.EntryComment (EntryId, CreatedAt);
GO

CREATE TABLE dbo.CommentMention
(
  CommentId uniqueidentifier NOT NULL CONSTRAINT FK_CommentMention_Comment REFERENCES dbo.EntryComment (CommentId),
  CuratorId uniqueidentifier NOT NULL CONSTRAINT FK_CommentMention_Curator REFERENCES dbo.Curator (CuratorId),
  ReadAt datetimeoffset(3) NULL,
  CONSTRAINT PK_CommentMention PRIMARY KEY (CommentId, CuratorId)
);
CREATE INDEX IX_CommentMention_Curator ON dbo.CommentMention (CuratorId, ReadAt);
GO

-- One row per curator, entry and activity, deleted soon after it expires. PageId is the page that was opened last: only that page removes the row.
CREATE TABLE dbo.Presence
(
  EntryId uniqueidentifier NOT NULL CONSTRAINT FK_Presence_Entry REFERENCES dbo.Entry (EntryId),
  CuratorId uniqueidentifier NOT NULL CONSTRAINT FK_Presence_Curator REFERENCES dbo.Curator (CuratorId),
  Activity varchar(20) NOT NULL CONSTRAINT CK_Presence_Activity CHECK (Activity IN ('editing', 'calling')),
  PageId uniqueidentifier NOT NULL,
  Since datetimeoffset(3) NOT NULL,
  ExpiresAt datetimeoffset(3) NOT NULL,
  CONSTRAINT PK_Presence PRIMARY KEY (EntryId, CuratorId, Activity)
);
GO

GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.EntryComment TO directory_curator;
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.CommentMention TO directory_curator;
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.Presence TO directory_curator;
GO
