-- Imports that are planned before they are applied, can be undone as one, and leave to a curator what both sides changed.

ALTER TABLE dbo.Import ADD SourceTitle nvarchar(400) NOT NULL CONSTRAINT DF_Import_SourceTitle DEFAULT ('');
ALTER TABLE dbo.Import ADD State varchar(20) NOT NULL CONSTRAINT DF_Import_State DEFAULT ('applied') CONSTRAINT CK_Import_State CHECK (State IN ('uploaded', 'planning', 'planned', 'applying', 'applied', 'undoing', 'undone', 'failed', 'discarded'));
ALTER TABLE dbo.Import ADD Publish bit NOT NULL CONSTRAINT DF_Import_Publish DEFAULT (0);
-- It tells of a part of the source only: what is not in it has not vanished.
ALTER TABLE dbo.Import ADD IsPart bit NOT NULL CONSTRAINT DF_Import_IsPart DEFAULT (0);
ALTER TABLE dbo.Import ADD PlannedAt datetimeoffset(3) NULL;
ALTER TABLE dbo.Import ADD UndoneAt datetimeoffset(3) NULL;
ALTER TABLE dbo.Import ADD RunSince datetimeoffset(3) NULL;
ALTER TABLE dbo.Import ADD AliveAt datetimeoffset(3) NULL;
ALTER TABLE dbo.Import ADD Fault nvarchar(1000) NULL;
ALTER TABLE dbo.Import ADD Done int NOT NULL CONSTRAINT DF_Import_Done DEFAULT (0);
ALTER TABLE dbo.Import ADD Total int NOT NULL CONSTRAINT DF_Import_Total DEFAULT (0);
ALTER TABLE dbo.Import ADD RowsMerged int NOT NULL CONSTRAINT DF_Import_RowsMerged DEFAULT (0);
ALTER TABLE dbo.Import ADD RowsFlawed int NOT NULL CONSTRAINT DF_Import_RowsFlawed DEFAULT (0);
ALTER TABLE dbo.Import ADD RowsNotListed int NOT NULL CONSTRAINT DF_Import_RowsNotListed DEFAULT (0);
ALTER TABLE dbo.Import ADD RowsVanished int NOT NULL CONSTRAINT DF_Import_RowsVanished DEFAULT (0);
ALTER TABLE dbo.Import ADD RowsPublished int NOT NULL CONSTRAINT DF_Import_RowsPublished DEFAULT (0);
ALTER TABLE dbo.Import ADD RowsLeft int NOT NULL CONSTRAINT DF_Import_RowsLeft DEFAULT (0);
GO
UPDATE dbo.Import SET State = 'failed' WHERE FinishedAt IS NULL;
GO
CREATE INDEX IX_Import_Source ON dbo.Import (Source, StartedAt);
CREATE INDEX IX_Import_State ON dbo.Import (State);
GO

-- One entry of an import: what was planned for it, and what was done.
CREATE TABLE dbo.ImportItem
(
  ImportId uniqueidentifier NOT NULL CONSTRAINT FK_ImportItem_Import REFERENCES dbo.Import (ImportId),
  Number int NOT NULL,
  Outcome varchar(20) NOT NULL CONSTRAINT CK_ImportItem_Outcome CHECK (Outcome IN ('new', 'changed', 'same', 'conflicting', 'refused', 'notListed', 'vanished')),
  State varchar(20) NOT NULL CONSTRAINT CK_ImportItem_State CHECK (State IN ('planned', 'applied', 'undone', 'left')),
  EntryId uniqueidentifier NULL CONSTRAINT FK_ImportItem_Entry REFERENCES dbo.Entry (EntryId),
  Name nvarchar(260) NOT NULL,
  SourceIds nvarchar(max) NOT NULL CONSTRAINT CK_ImportItem_SourceIds CHECK (ISJSON(SourceIds) = 1),
  -- The id that it has where it was exported.
  WishedId uniqueidentifier NULL,
  Slug nvarchar(120) NULL,
  Fingerprint char(64) NULL,
  -- What the source says; null where it is what the revision says.
  Body nvarchar(max) NULL CONSTRAINT CK_ImportItem_Body CHECK (Body IS NULL OR ISJSON(Body) = 1),
  BasedOn int NULL,
  Revision int NULL,
  Changes nvarchar(max) NULL CONSTRAINT CK_ImportItem_Changes CHECK (Changes IS NULL OR ISJSON(Changes) = 1),
  -- What undoing goes back to.
  Former nvarchar(max) NULL CONSTRAINT CK_ImportItem_Former CHECK (Former IS NULL OR ISJSON(Former) = 1),
  Note nvarchar(1000) NULL,
  CONSTRAINT PK_ImportItem PRIMARY KEY (ImportId, Number)
);
CREATE INDEX IX_ImportItem_Outcome ON dbo.ImportItem (ImportId, Outcome, State, Number);
CREATE INDEX IX_ImportItem_Entry ON dbo.ImportItem (EntryId, ImportId);
GO

-- A field that a curator and the source have both changed.
CREATE TABLE dbo.ImportConflict
(
  ConflictId uniqueidentifier NOT NULL CONSTRAINT PK_ImportConflict PRIMARY KEY,
  ImportId uniqueidentifier NOT NULL CONSTRAINT FK_ImportConflict_Import REFERENCES dbo.Import (ImportId),
  EntryId uniqueidentifier NOT NULL CONSTRAINT FK_ImportConflict_Entry REFERENCES dbo.Entry (EntryId),
  Source varchar(60) NOT NULL,
  Path nvarchar(200) NOT NULL,
  Base nvarchar(max) NULL,
  Ours nvarchar(max) NULL,
  Theirs nvarchar(max) NULL,
  State varchar(20) NOT NULL CONSTRAINT CK_ImportConflict_State CHECK (State IN ('open', 'ours', 'theirs', 'superseded')),
  RaisedAt datetimeoffset(3) NOT NULL,
  SettledAt datetimeoffset(3) NULL,
  SettledBy nvarchar(100) NULL
);
CREATE INDEX IX_ImportConflict_State ON dbo.ImportConflict (State, RaisedAt);
CREATE INDEX IX_ImportConflict_Entry ON dbo.ImportConflict (EntryId, Source, State);
CREATE INDEX IX_ImportConflict_Import ON dbo.ImportConflict (ImportId, State);
GO

-- The columns of a file of which rows were refused, and those rows.
CREATE TABLE dbo.ImportFile
(
  ImportId uniqueidentifier NOT NULL CONSTRAINT FK_ImportFile_Import REFERENCES dbo.Import (ImportId),
  Name nvarchar(260) NOT NULL,
  Columns nvarchar(max) NOT NULL CONSTRAINT CK_ImportFile_Columns CHECK (ISJSON(Columns) = 1),
  CONSTRAINT PK_ImportFile PRIMARY KEY (ImportId, Name)
);
CREATE TABLE dbo.ImportRefusal
(
  ImportId uniqueidentifier NOT NULL CONSTRAINT FK_ImportRefusal_Import REFERENCES dbo.Import (ImportId),
  Number int NOT NULL,
  FileName nvarchar(260) NOT NULL,
  Place nvarchar(400) NOT NULL,
  Field nvarchar(400) NOT NULL,
  Value nvarchar(max) NOT NULL,
  Reason nvarchar(1000) NOT NULL,
  Remedy nvarchar(1000) NOT NULL,
  Loaded bit NOT NULL CONSTRAINT DF_ImportRefusal_Loaded DEFAULT (0),
  Cells nvarchar(max) NOT NULL CONSTRAINT CK_ImportRefusal_Cells CHECK (ISJSON(Cells) = 1),
  CONSTRAINT PK_ImportRefusal PRIMARY KEY (ImportId, Number)
);
GO

CREATE TABLE dbo.SavedMapping
(
  Name varchar(60) NOT NULL CONSTRAINT PK_SavedMapping PRIMARY KEY,
  Body nvarchar(max) NOT NULL CONSTRAINT CK_SavedMapping_Body CHECK (ISJSON(Body) = 1),
  ChangedAt datetimeoffset(3) NOT NULL,
  ChangedBy nvarchar(100) NOT NULL
);
GO

-- Why an entry is to be checked before its time; gone with the check.
CREATE TABLE dbo.CheckRequest
(
  EntryId uniqueidentifier NOT NULL CONSTRAINT PK_CheckRequest PRIMARY KEY CONSTRAINT FK_CheckRequest_Entry REFERENCES dbo.Entry (EntryId),
  Reason nvarchar(1000) NOT NULL,
  RequestedBy nvarchar(100) NOT NULL,
  RequestedAt datetimeoffset(3) NOT NULL
);
GO

-- Where what the source said is kept, and the import in which it was missing.
ALTER TABLE dbo.ImportRecord ADD Item int NULL;
ALTER TABLE dbo.ImportRecord ADD VanishedIn uniqueidentifier NULL;
GO

GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.ImportItem TO directory_curator;
GRANT SELECT, INSERT, UPDATE ON dbo.ImportConflict TO directory_curator;
GRANT SELECT, INSERT ON dbo.ImportFile TO directory_curator;
GRANT SELECT, INSERT ON dbo.ImportRefusal TO directory_curator;
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.SavedMapping TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.CheckRequest TO directory_curator;
GO
