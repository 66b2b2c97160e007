-- The directory: what the public may read, and the editorial side behind it.
-- Times are UTC. Bodies are JSON documents (db/Entries). The same tables as on SQL Server.

-- ---------------------------------------------------------------- the public side

CREATE TABLE Published
(
  EntryId TEXT NOT NULL CONSTRAINT PK_Published PRIMARY KEY,
  Kind TEXT NOT NULL,
  Slug TEXT NOT NULL,
  Body TEXT NULL CONSTRAINT CK_Published_Body CHECK (Body IS NULL OR json_valid(Body)),
  Sequence INTEGER NOT NULL,
  AssuredOn TEXT NULL,
  ChangedAt TEXT NOT NULL,
  WithdrawnAt TEXT NULL,
  MergedInto TEXT NULL,
  -- A row is either public or a tombstone, never half of each.
  CONSTRAINT CK_Published_Withdrawn CHECK ((Body IS NULL AND WithdrawnAt IS NOT NULL) OR (Body IS NOT NULL AND WithdrawnAt IS NULL))
);
CREATE UNIQUE INDEX UX_Published_Sequence ON Published (Sequence);

CREATE TABLE Suggestion
(
  SuggestionId TEXT NOT NULL CONSTRAINT PK_Suggestion PRIMARY KEY,
  EntryId TEXT NULL,
  Kind TEXT NULL,
  Field TEXT NULL,
  Message TEXT NOT NULL,
  ReceivedAt TEXT NOT NULL,
  State TEXT NOT NULL DEFAULT ('open') CONSTRAINT CK_Suggestion_State CHECK (State IN ('open', 'settled', 'dismissed')),
  SettledAt TEXT NULL,
  SettledBy TEXT NULL,
  Reason TEXT NULL
);
CREATE INDEX IX_Suggestion_State ON Suggestion (State, ReceivedAt);
CREATE INDEX IX_Suggestion_Entry ON Suggestion (EntryId);

CREATE TABLE ApiClient
(
  ApiClientId TEXT NOT NULL CONSTRAINT PK_ApiClient PRIMARY KEY,
  Name TEXT NOT NULL,
  KeyHash TEXT NOT NULL,
  RequestsPerMinute INTEGER NULL,
  CreatedAt TEXT NOT NULL,
  RevokedAt TEXT NULL
);
CREATE UNIQUE INDEX UX_ApiClient_KeyHash ON ApiClient (KeyHash);

CREATE TABLE Vocabulary
(
  Name TEXT NOT NULL CONSTRAINT PK_Vocabulary PRIMARY KEY,
  Label TEXT NOT NULL,
  Definition TEXT NOT NULL
);

CREATE TABLE Term
(
  Vocabulary TEXT NOT NULL CONSTRAINT FK_Term_Vocabulary REFERENCES Vocabulary (Name),
  Code TEXT NOT NULL,
  Label TEXT NOT NULL,
  Definition TEXT NOT NULL,
  Source TEXT NULL,
  Labels TEXT NOT NULL CONSTRAINT CK_Term_Labels CHECK (json_valid(Labels)),
  Position INTEGER NOT NULL,
  ChangedAt TEXT NOT NULL,
  RetiredAt TEXT NULL,
  MergedInto TEXT NULL,
  CONSTRAINT PK_Term PRIMARY KEY (Vocabulary, Code)
);

-- ---------------------------------------------------------------- the editorial side

CREATE TABLE Curator
(
  CuratorId TEXT NOT NULL CONSTRAINT PK_Curator PRIMARY KEY,
  UserName TEXT NOT NULL,
  NormalizedUserName TEXT NOT NULL,
  DisplayName TEXT NOT NULL,
  Role TEXT NOT NULL CONSTRAINT CK_Curator_Role CHECK (Role IN ('viewer', 'curator', 'reviewer', 'administrator')),
  PasswordHash TEXT NULL,
  SecurityStamp TEXT NOT NULL,
  AuthenticatorKey TEXT NULL,
  -- The last time step whose code was accepted: a code is good once (RFC 6238, 5.2).
  AuthenticatorStep INTEGER NULL,
  TwoFactorEnabled INTEGER NOT NULL DEFAULT (0),
  RecoveryCodes TEXT NULL,
  LockoutEnd TEXT NULL,
  AccessFailedCount INTEGER NOT NULL DEFAULT (0),
  ExternalProvider TEXT NULL,
  ExternalSubject TEXT NULL,
  CreatedAt TEXT NOT NULL,
  DisabledAt TEXT NULL,
  Version INTEGER NOT NULL DEFAULT (0)
);
CREATE UNIQUE INDEX UX_Curator_NormalizedUserName ON Curator (NormalizedUserName);

CREATE TABLE Entry
(
  EntryId TEXT NOT NULL CONSTRAINT PK_Entry PRIMARY KEY,
  Kind TEXT NOT NULL CONSTRAINT CK_Entry_Kind CHECK (Kind IN ('provider', 'attorney', 'organization', 'policyAction', 'material', 'event')),
  Slug TEXT NOT NULL,
  Name TEXT NOT NULL,
  Listing TEXT NOT NULL CONSTRAINT CK_Entry_Listing CHECK (Listing IN ('unpublished', 'published', 'suspended', 'retired', 'doNotList')),
  ListingReason TEXT NULL,
  DraftState TEXT NOT NULL CONSTRAINT CK_Entry_DraftState CHECK (DraftState IN ('none', 'draft', 'inReview')),
  LatestRevision INTEGER NOT NULL,
  PublishedRevision INTEGER NULL,
  FirstPublishedAt TEXT NULL,
  AssuredOn TEXT NULL,
  CheckDueOn TEXT NULL,
  CapacityAsOf TEXT NULL,
  CredentialExpiresOn TEXT NULL,
  AssignedTo TEXT NULL CONSTRAINT FK_Entry_AssignedTo REFERENCES Curator (CuratorId),
  CreatedAt TEXT NOT NULL,
  UpdatedAt TEXT NOT NULL
);
CREATE UNIQUE INDEX UX_Entry_Slug ON Entry (Slug);
CREATE INDEX IX_Entry_CheckDueOn ON Entry (Listing, CheckDueOn);
CREATE INDEX IX_Entry_DraftState ON Entry (DraftState, UpdatedAt);
CREATE INDEX IX_Entry_Name ON Entry (Kind, Name);

CREATE TABLE FormerSlug
(
  Slug TEXT NOT NULL CONSTRAINT PK_FormerSlug PRIMARY KEY,
  EntryId TEXT NOT NULL CONSTRAINT FK_FormerSlug_Entry REFERENCES Entry (EntryId)
);
CREATE INDEX IX_FormerSlug_Entry ON FormerSlug (EntryId);

CREATE TABLE Revision
(
  EntryId TEXT NOT NULL CONSTRAINT FK_Revision_Entry REFERENCES Entry (EntryId),
  Number INTEGER NOT NULL,
  Body TEXT NOT NULL CONSTRAINT CK_Revision_Body CHECK (json_valid(Body)),
  Author TEXT NOT NULL,
  CreatedAt TEXT NOT NULL,
  Note TEXT NULL,
  RestoredFrom INTEGER NULL,
  CONSTRAINT PK_Revision PRIMARY KEY (EntryId, Number)
);

CREATE TABLE Review
(
  ReviewId TEXT NOT NULL CONSTRAINT PK_Review PRIMARY KEY,
  EntryId TEXT NOT NULL CONSTRAINT FK_Review_Entry REFERENCES Entry (EntryId),
  Revision INTEGER NOT NULL,
  Decision TEXT NOT NULL CONSTRAINT CK_Review_Decision CHECK (Decision IN ('submit', 'approve', 'return', 'publish', 'suspend', 'resume', 'retire', 'doNotList', 'discard')),
  DecidedBy TEXT NOT NULL,
  DecidedAt TEXT NOT NULL,
  Reason TEXT NULL,
  Sequence INTEGER NULL
);
CREATE INDEX IX_Review_Entry ON Review (EntryId, DecidedAt);

CREATE TABLE Verification
(
  VerificationId TEXT NOT NULL CONSTRAINT PK_Verification PRIMARY KEY,
  EntryId TEXT NOT NULL CONSTRAINT FK_Verification_Entry REFERENCES Entry (EntryId),
  Revision INTEGER NOT NULL,
  Method TEXT NOT NULL,
  Outcome TEXT NOT NULL,
  CheckedOn TEXT NOT NULL,
  CheckedBy TEXT NOT NULL,
  Evidence TEXT NULL,
  Note TEXT NULL,
  FieldOutcomes TEXT NULL CONSTRAINT CK_Verification_FieldOutcomes CHECK (FieldOutcomes IS NULL OR json_valid(FieldOutcomes)),
  RecordedAt TEXT NOT NULL
);
CREATE INDEX IX_Verification_Entry ON Verification (EntryId, CheckedOn);

CREATE TABLE EntryKey
(
  EntryId TEXT NOT NULL CONSTRAINT FK_EntryKey_Entry REFERENCES Entry (EntryId),
  Type TEXT NOT NULL,
  Value TEXT NOT NULL,
  CONSTRAINT PK_EntryKey PRIMARY KEY (EntryId, Type, Value)
);
CREATE INDEX IX_EntryKey_Value ON EntryKey (Type, Value);

CREATE TABLE EntryTerm
(
  EntryId TEXT NOT NULL CONSTRAINT FK_EntryTerm_Entry REFERENCES Entry (EntryId),
  Vocabulary TEXT NOT NULL,
  Code TEXT NOT NULL,
  CONSTRAINT PK_EntryTerm PRIMARY KEY (EntryId, Vocabulary, Code)
);
CREATE INDEX IX_EntryTerm_Code ON EntryTerm (Vocabulary, Code);

CREATE TABLE Import
(
  ImportId TEXT NOT NULL CONSTRAINT PK_Import PRIMARY KEY,
  Source TEXT NOT NULL,
  Mapping TEXT NOT NULL,
  FileName TEXT NOT NULL,
  StartedBy TEXT NOT NULL,
  StartedAt TEXT NOT NULL,
  FinishedAt TEXT NULL,
  RowsRead INTEGER NOT NULL DEFAULT (0),
  RowsNew INTEGER NOT NULL DEFAULT (0),
  RowsChanged INTEGER NOT NULL DEFAULT (0),
  RowsSame INTEGER NOT NULL DEFAULT (0),
  RowsConflicting INTEGER NOT NULL DEFAULT (0),
  RowsRefused INTEGER NOT NULL DEFAULT (0)
);

-- What a source last said of an entry: the base against which the next import is compared.
CREATE TABLE ImportRecord
(
  Source TEXT NOT NULL,
  SourceId TEXT NOT NULL,
  EntryId TEXT NOT NULL CONSTRAINT FK_ImportRecord_Entry REFERENCES Entry (EntryId),
  ImportId TEXT NOT NULL CONSTRAINT FK_ImportRecord_Import REFERENCES Import (ImportId),
  Fingerprint TEXT NOT NULL,
  Revision INTEGER NOT NULL,
  CONSTRAINT PK_ImportRecord PRIMARY KEY (Source, SourceId)
);
CREATE INDEX IX_ImportRecord_Entry ON ImportRecord (EntryId);

CREATE TABLE Setting
(
  Name TEXT NOT NULL CONSTRAINT PK_Setting PRIMARY KEY,
  Value TEXT NOT NULL,
  ChangedAt TEXT NOT NULL,
  ChangedBy TEXT NOT NULL
);

CREATE TABLE Audit
(
  Number INTEGER NOT NULL CONSTRAINT PK_Audit PRIMARY KEY,
  OccurredAt TEXT NOT NULL,
  Actor TEXT NOT NULL,
  Activity TEXT NOT NULL,
  Subject TEXT NOT NULL,
  Detail TEXT NULL,
  PreviousHash TEXT NOT NULL,
  Hash TEXT NOT NULL
);
CREATE INDEX IX_Audit_Subject ON Audit (Subject, Number);

-- One-row counters. Each is updated first in the transaction that uses it, so its numbers commit in order and without gaps.
CREATE TABLE ChangeCounter
(
  Id INTEGER NOT NULL CONSTRAINT PK_ChangeCounter PRIMARY KEY CONSTRAINT CK_ChangeCounter_Id CHECK (Id = 1),
  Value INTEGER NOT NULL
);
CREATE TABLE AuditHead
(
  Id INTEGER NOT NULL CONSTRAINT PK_AuditHead PRIMARY KEY CONSTRAINT CK_AuditHead_Id CHECK (Id = 1),
  Number INTEGER NOT NULL,
  Hash TEXT NOT NULL
);
INSERT INTO ChangeCounter (Id, Value) VALUES (1, 0);
INSERT INTO AuditHead (Id, Number, Hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- History is written once. (On SQL Server the curator's role has no right to change it.)
CREATE TRIGGER Revision_NoUpdate BEFORE UPDATE ON Revision BEGIN SELECT RAISE(ABORT, 'a revision is never changed'); END;
CREATE TRIGGER Revision_NoDelete BEFORE DELETE ON Revision BEGIN SELECT RAISE(ABORT, 'a revision is never deleted'); END;
CREATE TRIGGER Review_NoUpdate BEFORE UPDATE ON Review BEGIN SELECT RAISE(ABORT, 'a review is never changed'); END;
CREATE TRIGGER Review_NoDelete BEFORE DELETE ON Review BEGIN SELECT RAISE(ABORT, 'a review is never deleted'); END;
CREATE TRIGGER Verification_NoUpdate BEFORE UPDATE ON Verification BEGIN SELECT RAISE(ABORT, 'a verification is never changed'); END;
CREATE TRIGGER Verification_NoDelete BEFORE DELETE ON Verification BEGIN SELECT RAISE(ABORT, 'a verification is never deleted'); END;
CREATE TRIGGER Audit_NoUpdate BEFORE UPDATE ON Audit BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER Audit_NoDelete BEFORE DELETE ON Audit BEGIN SELECT RAISE(ABORT, 'the audit log is never deleted from'); END;
