-- An approval can be undone: the earlier public version is published again, and the draft is in review again.

ALTER TABLE dbo.Review DROP CONSTRAINT CK_Review_Decision;
GO

ALTER TABLE dbo.Review ADD CONSTRAINT CK_Review_Decisions
  CHECK (Decision IN ('submit', 'approve', 'return', 'publish', 'suspend', 'resume', 'retire', 'doNotList', 'discard', 'undoApproval'));
GO

-- What the last approval of an entry changed, JSON. The row is deleted when the approval is undone.
CREATE TABLE dbo.ApprovalUndo
(
  EntryId uniqueidentifier NOT NULL CONSTRAINT PK_ApprovalUndo PRIMARY KEY CONSTRAINT FK_ApprovalUndo_Entry REFERENCES dbo.Entry (EntryId),
  Revision int NOT NULL,
  ApprovedBy nvarchar(100) NOT NULL,
  ApprovedAt datetimeoffset(3) NOT NULL,
  Former nvarchar(max) NOT NULL CONSTRAINT CK_ApprovalUndo_Former CHECK (ISJSON(Former) = 1)
);
GO

GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.ApprovalUndo TO directory_curator;
GO

-- Today's counts: entries that nobody has checked, and calls that failed.
CREATE INDEX IX_Entry_Assurance ON dbo.Entry (Listing, AssuredOn, CheckDueOn);
GO
CREATE INDEX IX_Verification_Outcome ON dbo.Verification (Outcome, EntryId);
GO
