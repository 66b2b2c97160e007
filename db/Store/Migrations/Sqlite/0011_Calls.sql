-- Calls: when to try again, corrections that wait for a review, and the state before a check, for ten seconds of undo.

-- When to call again. The due date stays: an attempt is no check.
CREATE TABLE CallPlan
(
  EntryId TEXT NOT NULL CONSTRAINT PK_CallPlan PRIMARY KEY CONSTRAINT FK_CallPlan_Entry REFERENCES Entry (EntryId),
  TryAfter TEXT NOT NULL
);

-- A check whose corrections wait for a review. Approving them completes it.
CREATE TABLE PendingCheck
(
  EntryId TEXT NOT NULL CONSTRAINT PK_PendingCheck PRIMARY KEY CONSTRAINT FK_PendingCheck_Entry REFERENCES Entry (EntryId),
  Revision INTEGER NOT NULL,
  Method TEXT NOT NULL,
  CheckedOn TEXT NOT NULL,
  CheckedBy TEXT NOT NULL,
  Answers TEXT NOT NULL CONSTRAINT CK_PendingCheck_Answers CHECK (json_valid(Answers))
);

-- A verification is never changed. One that was recorded by mistake is taken back here, and counts no more.
CREATE TABLE VerificationUndo
(
  VerificationId TEXT NOT NULL CONSTRAINT PK_VerificationUndo PRIMARY KEY CONSTRAINT FK_VerificationUndo_Verification REFERENCES Verification (VerificationId),
  Former TEXT NOT NULL CONSTRAINT CK_VerificationUndo_Former CHECK (json_valid(Former)),
  UndoneAt TEXT NULL
);

CREATE INDEX IX_Verification_CheckedBy ON Verification (CheckedBy, RecordedAt);
