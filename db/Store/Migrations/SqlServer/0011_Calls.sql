-- Calls: when to try again, corrections that wait for a review, and the state before a check, for ten seconds of undo.

-- When to call again. The due date stays: an attempt is no check.
CREATE TABLE dbo.CallPlan
(
  EntryId uniqueidentifier NOT NULL CONSTRAINT PK_CallPlan PRIMARY KEY CONSTRAINT FK_CallPlan_Entry REFERENCES dbo.Entry (EntryId),
  TryAfter datetimeoffset(3) NOT NULL
);
GO

-- A check whose corrections wait for a review. Approving them completes it.
CREATE TABLE dbo.PendingCheck
(
  EntryId uniqueidentifier NOT NULL CONSTRAINT PK_PendingCheck PRIMARY KEY CONSTRAINT FK_PendingCheck_Entry REFERENCES dbo.Entry (EntryId),
  Revision int NOT NULL,
  Method varchar(100) NOT NULL,
  CheckedOn date NOT NULL,
  CheckedBy nvarchar(100) NOT NULL,
  Answers nvarchar(max) NOT NULL CONSTRAINT CK_PendingCheck_Answers CHECK (ISJSON(Answers) = 1)
);
GO

-- A verification is never changed. One that was recorded by mistake is taken back here, and counts no more.
CREATE TABLE dbo.VerificationUndo
(
  VerificationId uniqueidentifier NOT NULL CONSTRAINT PK_VerificationUndo PRIMARY KEY CONSTRAINT FK_VerificationUndo_Verification REFERENCES dbo.Verification (VerificationId),
  Former nvarchar(max) NOT NULL CONSTRAINT CK_VerificationUndo_Former CHECK (ISJSON(Former) = 1),
  UndoneAt datetimeoffset(3) NULL
);
GO

CREATE INDEX IX_Verification_CheckedBy ON dbo.Verification (CheckedBy, RecordedAt);
GO

GRANT SELECT, INSERT, DELETE ON dbo.CallPlan TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.PendingCheck TO directory_curator;
GRANT SELECT, INSERT, UPDATE ON dbo.VerificationUndo TO directory_curator;
GO
