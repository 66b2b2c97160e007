-- Branches of one organization are no duplicates. Curators propose merges.

ALTER TABLE DuplicatePair ADD COLUMN IsRelated INTEGER NOT NULL DEFAULT 0;

-- The daily job compares all entries again.
DELETE FROM DuplicateLook;

-- A merge that a curator proposes: the choices of the form, by field. The latest proposal of a pair.
CREATE TABLE MergeProposal
(
  FirstId TEXT NOT NULL CONSTRAINT FK_MergeProposal_First REFERENCES Entry (EntryId),
  SecondId TEXT NOT NULL CONSTRAINT FK_MergeProposal_Second REFERENCES Entry (EntryId),
  SurvivorId TEXT NOT NULL CONSTRAINT FK_MergeProposal_Survivor REFERENCES Entry (EntryId),
  Choices TEXT NOT NULL CONSTRAINT CK_MergeProposal_Choices CHECK (json_valid(Choices)),
  Note TEXT NULL,
  ProposedBy TEXT NOT NULL,
  ProposedAt TEXT NOT NULL,
  State TEXT NOT NULL CONSTRAINT CK_MergeProposal_State CHECK (State IN ('open', 'declined', 'merged')),
  DecidedBy TEXT NULL,
  DecidedAt TEXT NULL,
  Reason TEXT NULL,
  CONSTRAINT PK_MergeProposal PRIMARY KEY (FirstId, SecondId)
);
CREATE INDEX IX_MergeProposal_State ON MergeProposal (State, ProposedAt);
