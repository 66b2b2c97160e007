-- Entries that may be one, what was decided about them, and the entries that were merged into others.

CREATE TABLE DuplicatePair
(
  FirstId TEXT NOT NULL CONSTRAINT FK_DuplicatePair_First REFERENCES Entry (EntryId),
  SecondId TEXT NOT NULL CONSTRAINT FK_DuplicatePair_Second REFERENCES Entry (EntryId),
  Score REAL NOT NULL,
  -- What agreed and what did not.
  Evidence TEXT NOT NULL CONSTRAINT CK_DuplicatePair_Evidence CHECK (json_valid(Evidence)),
  FoundAt TEXT NOT NULL,
  State TEXT NOT NULL CONSTRAINT CK_DuplicatePair_State CHECK (State IN ('open', 'notSame', 'merged')),
  DecidedBy TEXT NULL,
  DecidedAt TEXT NULL,
  CONSTRAINT PK_DuplicatePair PRIMARY KEY (FirstId, SecondId)
);
CREATE INDEX IX_DuplicatePair_Second ON DuplicatePair (SecondId);
CREATE INDEX IX_DuplicatePair_State ON DuplicatePair (State, Score DESC);

-- The revision in which an entry was last looked at for duplicates.
CREATE TABLE DuplicateLook
(
  EntryId TEXT NOT NULL CONSTRAINT PK_DuplicateLook PRIMARY KEY CONSTRAINT FK_DuplicateLook_Entry REFERENCES Entry (EntryId),
  Revision INTEGER NOT NULL
);

CREATE TABLE MergedEntry
(
  EntryId TEXT NOT NULL CONSTRAINT PK_MergedEntry PRIMARY KEY CONSTRAINT FK_MergedEntry_Entry REFERENCES Entry (EntryId),
  SurvivorId TEXT NOT NULL CONSTRAINT FK_MergedEntry_Survivor REFERENCES Entry (EntryId),
  MergedBy TEXT NOT NULL,
  MergedAt TEXT NOT NULL,
  -- What sources knew it under, so that it gets them back when the merge is undone.
  Sources TEXT NOT NULL CONSTRAINT CK_MergedEntry_Sources CHECK (json_valid(Sources))
);
CREATE INDEX IX_MergedEntry_Survivor ON MergedEntry (SurvivorId);
