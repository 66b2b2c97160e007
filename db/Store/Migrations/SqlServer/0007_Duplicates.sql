-- Entries that may be one, what was decided about them, and the entries that were merged into others.

CREATE TABLE dbo.DuplicatePair
(
  FirstId uniqueidentifier NOT NULL CONSTRAINT FK_DuplicatePair_First REFERENCES dbo.Entry (EntryId),
  SecondId uniqueidentifier NOT NULL CONSTRAINT FK_DuplicatePair_Second REFERENCES dbo.Entry (EntryId),
  Score float NOT NULL,
  -- What agreed and what did not.
  Evidence nvarchar(max) NOT NULL CONSTRAINT CK_DuplicatePair_Evidence CHECK (ISJSON(Evidence) = 1),
  FoundAt datetimeoffset(3) NOT NULL,
  State varchar(20) NOT NULL CONSTRAINT CK_DuplicatePair_State CHECK (State IN ('open', 'notSame', 'merged')),
  DecidedBy nvarchar(100) NULL,
  DecidedAt datetimeoffset(3) NULL,
  CONSTRAINT PK_DuplicatePair PRIMARY KEY (FirstId, SecondId)
);
CREATE INDEX IX_DuplicatePair_Second ON dbo.DuplicatePair (SecondId);
CREATE INDEX IX_DuplicatePair_State ON dbo.DuplicatePair (State, Score DESC);
GO

-- The revision in which an entry was last looked at for duplicates.
CREATE TABLE dbo.DuplicateLook
(
  EntryId uniqueidentifier NOT NULL CONSTRAINT PK_DuplicateLook PRIMARY KEY CONSTRAINT FK_DuplicateLook_Entry REFERENCES dbo.Entry (EntryId),
  Revision int NOT NULL
);
GO

CREATE TABLE dbo.MergedEntry
(
  EntryId uniqueidentifier NOT NULL CONSTRAINT PK_MergedEntry PRIMARY KEY CONSTRAINT FK_MergedEntry_Entry REFERENCES dbo.Entry (EntryId),
  SurvivorId uniqueidentifier NOT NULL CONSTRAINT FK_MergedEntry_Survivor REFERENCES dbo.Entry (EntryId),
  MergedBy nvarchar(100) NOT NULL,
  MergedAt datetimeoffset(3) NOT NULL,
  -- What sources knew it under, so that it gets them back when the merge is undone.
  Sources nvarchar(max) NOT NULL CONSTRAINT CK_MergedEntry_Sources CHECK (ISJSON(Sources) = 1)
);
CREATE INDEX IX_MergedEntry_Survivor ON dbo.MergedEntry (SurvivorId);
GO

GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.DuplicatePair TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.DuplicateLook TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.MergedEntry TO directory_curator;
GO
