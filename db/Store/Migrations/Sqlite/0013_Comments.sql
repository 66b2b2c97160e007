-- Comments on entries with mentions of curators, and who has an entry open. The same tables as on SQL Server.

CREATE TABLE EntryComment
(
  CommentId TEXT NOT NULL CONSTRAINT PK_EntryComment PRIMARY KEY,
  EntryId TEXT NOT NULL CONSTRAINT FK_EntryComment_Entry REFERENCES Entry (EntryId),
  CuratorId TEXT NOT NULL CONSTRAINT FK_EntryComment_Curator REFERENCES Curator (CuratorId),
  Text TEXT NOT NULL,
  CreatedAt TEXT NOT NULL,
  ChangedAt TEXT NULL
);
CREATE INDEX IX_EntryComment_Entry ON EntryComment (EntryId, CreatedAt);

CREATE TABLE CommentMention
(
  CommentId TEXT NOT NULL CONSTRAINT FK_CommentMention_Comment REFERENCES EntryComment (CommentId),
  CuratorId TEXT NOT NULL CONSTRAINT FK_CommentMention_Curator REFERENCES Curator (CuratorId),
  ReadAt TEXT NULL,
  CONSTRAINT PK_CommentMention PRIMARY KEY (CommentId, CuratorId)
);
CREATE INDEX IX_CommentMention_Curator ON CommentMention (CuratorId, ReadAt);

-- One row per curator, entry and activity, deleted soon after it expires. PageId is the page that was opened last: only that page removes the row.
CREATE TABLE Presence
(
  EntryId TEXT NOT NULL CONSTRAINT FK_Presence_Entry REFERENCES Entry (EntryId),
  CuratorId TEXT NOT NULL CONSTRAINT FK_Presence_Curator REFERENCES Curator (CuratorId),
  Activity TEXT NOT NULL CONSTRAINT CK_Presence_Activity CHECK (Activity IN ('editing', 'calling')),
  PageId TEXT NOT NULL,
  Since TEXT NOT NULL,
  ExpiresAt TEXT NOT NULL,
  CONSTRAINT PK_Presence PRIMARY KEY (EntryId, CuratorId, Activity)
);
