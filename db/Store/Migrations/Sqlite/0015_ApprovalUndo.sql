-- An approval can be undone: the earlier public version is published again, and the draft is in review again.

CREATE TABLE NewReview
(
  ReviewId TEXT NOT NULL CONSTRAINT PK_Review PRIMARY KEY,
  EntryId TEXT NOT NULL CONSTRAINT FK_Review_Entry REFERENCES Entry (EntryId),
  Revision INTEGER NOT NULL,
  Decision TEXT NOT NULL CONSTRAINT CK_Review_Decisions CHECK (Decision IN ('submit', 'approve', 'return', 'publish', 'suspend', 'resume', 'retire', 'doNotList', 'discard', 'undoApproval')),
  DecidedBy TEXT NOT NULL,
  DecidedAt TEXT NOT NULL,
  Reason TEXT NULL,
  Sequence INTEGER NULL
);
INSERT INTO NewReview (ReviewId, EntryId, Revision, Decision, DecidedBy, DecidedAt, Reason, Sequence)
SELECT ReviewId, EntryId, Revision, Decision, DecidedBy, DecidedAt, Reason, Sequence FROM Review;
DROP TABLE Review;
ALTER TABLE NewReview RENAME TO Review;
CREATE INDEX IX_Review_Entry ON Review (EntryId, DecidedAt);
CREATE TRIGGER Review_NoUpdate BEFORE UPDATE ON Review BEGIN SELECT RAISE(ABORT, 'a review is never changed'); END;
CREATE TRIGGER Review_NoDelete BEFORE DELETE ON Review BEGIN SELECT RAISE(ABORT, 'a review is never deleted'); END;

-- What the last approval of an entry changed, JSON. The row is deleted when the approval is undone.
CREATE TABLE ApprovalUndo
(
  EntryId TEXT NOT NULL CONSTRAINT PK_ApprovalUndo PRIMARY KEY CONSTRAINT FK_ApprovalUndo_Entry REFERENCES Entry (EntryId),
  Revision INTEGER NOT NULL,
  ApprovedBy TEXT NOT NULL,
  ApprovedAt TEXT NOT NULL,
  Former TEXT NOT NULL CONSTRAINT CK_ApprovalUndo_Former CHECK (json_valid(Former))
);

-- Today's counts: entries that nobody has checked, and calls that failed.
CREATE INDEX IX_Entry_Assurance ON Entry (Listing, AssuredOn, CheckDueOn);
CREATE INDEX IX_Verification_Outcome ON Verification (Outcome, EntryId);
