-- Imports that are planned before they are applied, can be undone as one, and leave to a curator what both sides changed.

ALTER TABLE Import ADD COLUMN SourceTitle TEXT NOT NULL DEFAULT ('');
ALTER TABLE Import ADD COLUMN State TEXT NOT NULL DEFAULT ('applied') CONSTRAINT CK_Import_State CHECK (State IN ('uploaded', 'planning', 'planned', 'applying', 'applied', 'undoing', 'undone', 'failed', 'discarded'));
ALTER TABLE Import ADD COLUMN Publish INTEGER NOT NULL DEFAULT (0);
-- It tells of a part of the source only: what is not in it has not vanished.
ALTER TABLE Import ADD COLUMN IsPart INTEGER NOT NULL DEFAULT (0);
ALTER TABLE Import ADD COLUMN PlannedAt TEXT NULL;
ALTER TABLE Import ADD COLUMN UndoneAt TEXT NULL;
ALTER TABLE Import ADD COLUMN RunSince TEXT NULL;
ALTER TABLE Import ADD COLUMN AliveAt TEXT NULL;
ALTER TABLE Import ADD COLUMN Fault TEXT NULL;
ALTER TABLE Import ADD COLUMN Done INTEGER NOT NULL DEFAULT (0);
ALTER TABLE Import ADD COLUMN Total INTEGER NOT NULL DEFAULT (0);
ALTER TABLE Import ADD COLUMN RowsMerged INTEGER NOT NULL DEFAULT (0);
ALTER TABLE Import ADD COLUMN RowsFlawed INTEGER NOT NULL DEFAULT (0);
ALTER TABLE Import ADD COLUMN RowsNotListed INTEGER NOT NULL DEFAULT (0);
ALTER TABLE Import ADD COLUMN RowsVanished INTEGER NOT NULL DEFAULT (0);
ALTER TABLE Import ADD COLUMN RowsPublished INTEGER NOT NULL DEFAULT (0);
ALTER TABLE Import ADD COLUMN RowsLeft INTEGER NOT NULL DEFAULT (0);
UPDATE Import SET State = 'failed' WHERE FinishedAt IS NULL;
CREATE INDEX IX_Import_Source ON Import (Source, StartedAt);
CREATE INDEX IX_Import_State ON Import (State);

-- One entry of an import: what was planned for it, and what was done.
CREATE TABLE ImportItem
(
  ImportId TEXT NOT NULL CONSTRAINT FK_ImportItem_Import REFERENCES Import (ImportId),
  Number INTEGER NOT NULL,
  Outcome TEXT NOT NULL CONSTRAINT CK_ImportItem_Outcome CHECK (Outcome IN ('new', 'changed', 'same', 'conflicting', 'refused', 'notListed', 'vanished')),
  State TEXT NOT NULL CONSTRAINT CK_ImportItem_State CHECK (State IN ('planned', 'applied', 'undone', 'left')),
  EntryId TEXT NULL CONSTRAINT FK_ImportItem_Entry REFERENCES Entry (EntryId),
  Name TEXT NOT NULL,
  SourceIds TEXT NOT NULL CONSTRAINT CK_ImportItem_SourceIds CHECK (json_valid(SourceIds)),
  -- The id that it has where it was exported.
  WishedId TEXT NULL,
  Slug TEXT NULL,
  Fingerprint TEXT NULL,
  -- What the source says; null where it is what the revision says.
  Body TEXT NULL CONSTRAINT CK_ImportItem_Body CHECK (Body IS NULL OR json_valid(Body)),
  BasedOn INTEGER NULL,
  Revision INTEGER NULL,
  Changes TEXT NULL CONSTRAINT CK_ImportItem_Changes CHECK (Changes IS NULL OR json_valid(Changes)),
  -- What undoing goes back to.
  Former TEXT NULL CONSTRAINT CK_ImportItem_Former CHECK (Former IS NULL OR json_valid(Former)),
  Note TEXT NULL,
  CONSTRAINT PK_ImportItem PRIMARY KEY (ImportId, Number)
);
CREATE INDEX IX_ImportItem_Outcome ON ImportItem (ImportId, Outcome, State, Number);
CREATE INDEX IX_ImportItem_Entry ON ImportItem (EntryId, ImportId);

-- A field that a curator and the source have both changed.
CREATE TABLE ImportConflict
(
  ConflictId TEXT NOT NULL CONSTRAINT PK_ImportConflict PRIMARY KEY,
  ImportId TEXT NOT NULL CONSTRAINT FK_ImportConflict_Import REFERENCES Import (ImportId),
  EntryId TEXT NOT NULL CONSTRAINT FK_ImportConflict_Entry REFERENCES Entry (EntryId),
  Source TEXT NOT NULL,
  Path TEXT NOT NULL,
  Base TEXT NULL,
  Ours TEXT NULL,
  Theirs TEXT NULL,
  State TEXT NOT NULL CONSTRAINT CK_ImportConflict_State CHECK (State IN ('open', 'ours', 'theirs', 'superseded')),
  RaisedAt TEXT NOT NULL,
  SettledAt TEXT NULL,
  SettledBy TEXT NULL
);
CREATE INDEX IX_ImportConflict_State ON ImportConflict (State, RaisedAt);
CREATE INDEX IX_ImportConflict_Entry ON ImportConflict (EntryId, Source, State);
CREATE INDEX IX_ImportConflict_Import ON ImportConflict (ImportId, State);

-- The columns of a file of which rows were refused, and those rows.
CREATE TABLE ImportFile
(
  ImportId TEXT NOT NULL CONSTRAINT FK_ImportFile_Import REFERENCES Import (ImportId),
  Name TEXT NOT NULL,
  Columns TEXT NOT NULL CONSTRAINT CK_ImportFile_Columns CHECK (json_valid(Columns)),
  CONSTRAINT PK_ImportFile PRIMARY KEY (ImportId, Name)
);
CREATE TABLE ImportRefusal
(
  ImportId TEXT NOT NULL CONSTRAINT FK_ImportRefusal_Import REFERENCES Import (ImportId),
  Number INTEGER NOT NULL,
  FileName TEXT NOT NULL,
  Place TEXT NOT NULL,
  Field TEXT NOT NULL,
  Value TEXT NOT NULL,
  Reason TEXT NOT NULL,
  Remedy TEXT NOT NULL,
  Loaded INTEGER NOT NULL DEFAULT (0),
  Cells TEXT NOT NULL CONSTRAINT CK_ImportRefusal_Cells CHECK (json_valid(Cells)),
  CONSTRAINT PK_ImportRefusal PRIMARY KEY (ImportId, Number)
);

CREATE TABLE SavedMapping
(
  Name TEXT NOT NULL CONSTRAINT PK_SavedMapping PRIMARY KEY,
  Body TEXT NOT NULL CONSTRAINT CK_SavedMapping_Body CHECK (json_valid(Body)),
  ChangedAt TEXT NOT NULL,
  ChangedBy TEXT NOT NULL
);

-- Why an entry is to be checked before its time; gone with the check.
CREATE TABLE CheckRequest
(
  EntryId TEXT NOT NULL CONSTRAINT PK_CheckRequest PRIMARY KEY CONSTRAINT FK_CheckRequest_Entry REFERENCES Entry (EntryId),
  Reason TEXT NOT NULL,
  RequestedBy TEXT NOT NULL,
  RequestedAt TEXT NOT NULL
);

-- Where what the source said is kept, and the import in which it was missing.
ALTER TABLE ImportRecord ADD COLUMN Item INTEGER NULL;
ALTER TABLE ImportRecord ADD COLUMN VanishedIn TEXT NULL;
