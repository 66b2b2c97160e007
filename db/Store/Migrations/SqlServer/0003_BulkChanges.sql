-- Changes of many entries at once, each with the state before, so that all of it can be undone; and the notices before an automatic suspension.

CREATE TABLE dbo.BulkChange
(
  BulkChangeId uniqueidentifier NOT NULL CONSTRAINT PK_BulkChange PRIMARY KEY,
  Action varchar(40) NOT NULL,
  -- What the action needs to know: a tag, a curator, an import. The action defines the format.
  Parameter nvarchar(max) NULL,
  Reason nvarchar(1000) NULL,
  State varchar(20) NOT NULL CONSTRAINT CK_BulkChange_State CHECK (State IN ('proposed', 'running', 'done', 'rejected', 'undoProposed', 'undoing', 'undone')),
  RequestedBy nvarchar(100) NOT NULL,
  RequestedAt datetimeoffset(3) NOT NULL,
  -- The second person.
  DecidedBy nvarchar(100) NULL,
  DecidedAt datetimeoffset(3) NULL,
  UndoneBy nvarchar(100) NULL,
  UndoneAt datetimeoffset(3) NULL
);
CREATE INDEX IX_BulkChange_State ON dbo.BulkChange (State, RequestedAt);
CREATE INDEX IX_BulkChange_Requested ON dbo.BulkChange (RequestedAt, BulkChangeId);
GO

CREATE TABLE dbo.BulkChangeItem
(
  BulkChangeId uniqueidentifier NOT NULL CONSTRAINT FK_BulkChangeItem_BulkChange REFERENCES dbo.BulkChange (BulkChangeId),
  EntryId uniqueidentifier NOT NULL CONSTRAINT FK_BulkChangeItem_Entry REFERENCES dbo.Entry (EntryId),
  State varchar(20) NOT NULL CONSTRAINT CK_BulkChangeItem_State CHECK (State IN ('planned', 'done', 'refused', 'undone', 'kept')),
  -- What the action needs to know about this entry.
  Value nvarchar(max) NULL,
  -- The entry's row before and after the change.
  Former nvarchar(max) NULL CONSTRAINT CK_BulkChangeItem_Former CHECK (Former IS NULL OR ISJSON(Former) = 1),
  Later nvarchar(max) NULL CONSTRAINT CK_BulkChangeItem_Later CHECK (Later IS NULL OR ISJSON(Later) = 1),
  -- Why it was refused, or kept when the rest was undone.
  Note nvarchar(1000) NULL,
  CONSTRAINT PK_BulkChangeItem PRIMARY KEY (BulkChangeId, EntryId)
);
CREATE INDEX IX_BulkChangeItem_State ON dbo.BulkChangeItem (BulkChangeId, State, EntryId);
CREATE INDEX IX_BulkChangeItem_Entry ON dbo.BulkChangeItem (EntryId);
GO

-- The day on which the console began to say that an entry will be suspended.
CREATE TABLE dbo.SuspensionNotice
(
  EntryId uniqueidentifier NOT NULL CONSTRAINT PK_SuspensionNotice PRIMARY KEY CONSTRAINT FK_SuspensionNotice_Entry REFERENCES dbo.Entry (EntryId),
  AnnouncedOn date NOT NULL
);
GO

GRANT SELECT, INSERT, UPDATE ON dbo.BulkChange TO directory_curator;
GRANT SELECT, INSERT, UPDATE ON dbo.BulkChangeItem TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.SuspensionNotice TO directory_curator;
GO
