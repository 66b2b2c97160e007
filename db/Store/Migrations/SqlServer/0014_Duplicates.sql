-- Branches of one organization are no duplicates. Curators propose merges.

ALTER TABLE dbo.DuplicatePair ADD IsRelated bit NOT NULL CONSTRAINT DF_DuplicatePair_IsRelated DEFAULT 0;
GO

-- The daily job compares all entries again.
DELETE FROM dbo.DuplicateLook;
GO

-- A merge that a curator proposes: the choices of the form, by field. The latest proposal of a pair.
CREATE TABLE dbo.MergeProposal
(
  FirstId uniqueidentifier NOT NULL CONSTRAINT FK_MergeProposal_First REFERENCES dbo.Entry (EntryId),
  SecondId uniqueidentifier NOT NULL CONSTRAINT FK_MergeProposal_Second REFERENCES dbo.Entry (EntryId),
  SurvivorId uniqueidentifier NOT NULL CONSTRAINT FK_MergeProposal_Survivor REFERENCES dbo.Entry (EntryId),
  Choices nvarchar(max) NOT NULL CONSTRAINT CK_MergeProposal_Choices CHECK (ISJSON(Choices) = 1),
  Note nvarchar(1000) NULL,
  ProposedBy nvarchar(100) NOT NULL,
  ProposedAt datetimeoffset(3) NOT NULL,
  State varchar(20) NOT NULL CONSTRAINT CK_MergeProposal_State CHECK (State IN ('open', 'declined', 'merged')),
  DecidedBy nvarchar(100) NULL,
  DecidedAt datetimeoffset(3) NULL,
  Reason nvarchar(1000) NULL,
  CONSTRAINT PK_MergeProposal PRIMARY KEY (FirstId, SecondId)
);
CREATE INDEX IX_MergeProposal_State ON dbo.MergeProposal (State, ProposedAt);
GO

GRANT SELECT, INSERT, UPDATE ON dbo.MergeProposal TO directory_curator;
GO
