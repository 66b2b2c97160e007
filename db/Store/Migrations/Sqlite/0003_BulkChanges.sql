-- Changes of many entries at once, each with the state before, so that all of it can be undone; and the notices before an automatic suspension.

CREATE TABLE BulkChange
(
  BulkChangeId TEXT NOT NULL CONSTRAINT PK_BulkChange PRIMARY KEY,
  Action TEXT NOT NULL,
  -- What the action needs to know: a tag, a curator, an import. The action defines the format.
  Parameter TEXT NULL,
  Reason TEXT NULL,
  State TEXT NOT NULL CONSTRAINT CK_BulkChange_State CHECK (State IN ('proposed', 'running', 'done', 'rejected', 'undoProposed', 'undoing', 'undone')),
  RequestedBy TEXT NOT NULL,
  RequestedAt TEXT NOT NULL,
  -- The second person.
  DecidedBy TEXT NULL,
  DecidedAt TEXT NULL,
  UndoneBy TEXT NULL,
  UndoneAt TEXT NULL
);
CREATE INDEX IX_BulkChange_State ON BulkChange (State, RequestedAt);
CREATE INDEX IX_BulkChange_Requested ON BulkChange (RequestedAt, BulkChangeId);

CREATE TABLE BulkChangeItem
(
  BulkChangeId TEXT NOT NULL CONSTRAINT FK_BulkChangeItem_BulkChange REFERENCES BulkChange (BulkChangeId),
  EntryId TEXT NOT NULL CONSTRAINT FK_BulkChangeItem_Entry REFERENCES Entry (EntryId),
  State TEXT NOT NULL CONSTRAINT CK_BulkChangeItem_State CHECK (State IN ('planned', 'done', 'refused', 'undone', 'kept')),
  -- What the action needs to know about this entry.
  Value TEXT NULL,
  -- The entry's row before and after the change.
  Former TEXT NULL CONSTRAINT CK_BulkChangeItem_Former CHECK (Former IS NULL OR json_valid(Former)),
  Later TEXT NULL CONSTRAINT CK_BulkChangeItem_Later CHECK (Later IS NULL OR json_valid(Later)),
  -- Why it was refused, or kept when the rest was undone.
  Note TEXT NULL,
  CONSTRAINT PK_BulkChangeItem PRIMARY KEY (BulkChangeId, EntryId)
);
CREATE INDEX IX_BulkChangeItem_State ON BulkChangeItem (BulkChangeId, State, EntryId);
CREATE INDEX IX_BulkChangeItem_Entry ON BulkChangeItem (EntryId);

-- The day on which the console began to say that an entry will be suspended.
CREATE TABLE SuspensionNotice
(
  EntryId TEXT NOT NULL CONSTRAINT PK_SuspensionNotice PRIMARY KEY CONSTRAINT FK_SuspensionNotice_Entry REFERENCES Entry (EntryId),
  AnnouncedOn TEXT NOT NULL
);
