-- The directory's schema. Later changes are new scripts with the next number; this one stays as it is.
-- Times are UTC. Bodies are JSON documents (db/Directory/Entries). The same tables as on SQL Server.
-- Text has no length here; see the columns on SQL Server.

-- ---------------------------------------------------------------- What the public may read, and what the public sends

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

-- ---------------------------------------------------------------- Entries and their history

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
CREATE UNIQUE INDEX UX_Curator_External ON Curator (ExternalProvider, ExternalSubject) WHERE ExternalSubject IS NOT NULL;

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
CREATE INDEX IX_Entry_List ON Entry
  (Name, EntryId, Slug, Kind, Listing, DraftState, AssignedTo, CheckDueOn, AssuredOn, CapacityAsOf, CredentialExpiresOn, UpdatedAt);
-- Today's counts.
CREATE INDEX IX_Entry_AssignedTo ON Entry (AssignedTo, Listing, CheckDueOn);
CREATE INDEX IX_Entry_Credential ON Entry (Listing, CredentialExpiresOn);
CREATE INDEX IX_Entry_Capacity ON Entry (Listing, CapacityAsOf);
CREATE INDEX IX_Entry_ByDue ON Entry (CheckDueOn, EntryId);
CREATE INDEX IX_Entry_ByUpdate ON Entry (UpdatedAt, EntryId);
CREATE INDEX IX_Entry_ByAssurance ON Entry (AssuredOn, EntryId);
CREATE INDEX IX_Entry_ByCapacity ON Entry (CapacityAsOf, EntryId);
CREATE INDEX IX_Entry_ByCredential ON Entry (CredentialExpiresOn, EntryId);
CREATE INDEX IX_Entry_ByState ON Entry (Listing, DraftState, Name, EntryId);

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

-- Why an entry is to be checked before its time; gone with the check.
CREATE TABLE CheckRequest
(
  EntryId TEXT NOT NULL CONSTRAINT PK_CheckRequest PRIMARY KEY CONSTRAINT FK_CheckRequest_Entry REFERENCES Entry (EntryId),
  Reason TEXT NOT NULL,
  RequestedBy TEXT NOT NULL,
  RequestedAt TEXT NOT NULL
);

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
CREATE INDEX IX_EntryTerm_Code ON EntryTerm (Vocabulary, Code, EntryId);

-- ---------------------------------------------------------------- Entries that may be the same, and those that were merged

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

-- ---------------------------------------------------------------- Imports

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
  RowsRefused INTEGER NOT NULL DEFAULT (0),
  SourceTitle TEXT NOT NULL DEFAULT (''),
  State TEXT NOT NULL DEFAULT ('applied') CONSTRAINT CK_Import_State CHECK (State IN ('uploaded', 'planning', 'planned', 'applying', 'applied', 'undoing', 'undone', 'failed', 'discarded')),
  Publish INTEGER NOT NULL DEFAULT (0),
  -- It tells of a part of the source only: what is not in it has not vanished.
  IsPart INTEGER NOT NULL DEFAULT (0),
  PlannedAt TEXT NULL,
  UndoneAt TEXT NULL,
  RunSince TEXT NULL,
  AliveAt TEXT NULL,
  Fault TEXT NULL,
  Done INTEGER NOT NULL DEFAULT (0),
  Total INTEGER NOT NULL DEFAULT (0),
  RowsMerged INTEGER NOT NULL DEFAULT (0),
  RowsFlawed INTEGER NOT NULL DEFAULT (0),
  RowsNotListed INTEGER NOT NULL DEFAULT (0),
  RowsVanished INTEGER NOT NULL DEFAULT (0),
  RowsPublished INTEGER NOT NULL DEFAULT (0),
  RowsLeft INTEGER NOT NULL DEFAULT (0),
  -- Who chose how the file is read.
  PlannedBy TEXT NULL
);
CREATE INDEX IX_Import_Source ON Import (Source, StartedAt);
CREATE INDEX IX_Import_State ON Import (State);

-- What a source last said of an entry: the base against which the next import is compared.
CREATE TABLE ImportRecord
(
  Source TEXT NOT NULL,
  SourceId TEXT NOT NULL,
  EntryId TEXT NOT NULL CONSTRAINT FK_ImportRecord_Entry REFERENCES Entry (EntryId),
  ImportId TEXT NOT NULL CONSTRAINT FK_ImportRecord_Import REFERENCES Import (ImportId),
  Fingerprint TEXT NOT NULL,
  Revision INTEGER NOT NULL,
  -- Where what the source said is kept, and the import in which it was missing.
  Item INTEGER NULL,
  VanishedIn TEXT NULL,
  CONSTRAINT PK_ImportRecord PRIMARY KEY (Source, SourceId)
);
CREATE INDEX IX_ImportRecord_Entry ON ImportRecord (EntryId);
-- What a source calls an entry can be typed too.
CREATE INDEX IX_ImportRecord_SourceId ON ImportRecord (SourceId);

-- One entry of an import: what was planned for it, and what was done.
CREATE TABLE ImportItem
(
  ImportId TEXT NOT NULL CONSTRAINT FK_ImportItem_Import REFERENCES Import (ImportId),
  Number INTEGER NOT NULL,
  Outcome TEXT NOT NULL CONSTRAINT CK_ImportItem_Outcome CHECK (Outcome IN ('new', 'changed', 'same', 'conflicting', 'refused', 'notListed', 'vanished')),
  State TEXT NOT NULL CONSTRAINT CK_ImportItem_State CHECK (State IN ('planned', 'applied', 'undone', 'left')),
  EntryId TEXT NULL CONSTRAINT FK_ImportItem_Entry REFERENCES Entry (EntryId),
  Name TEXT NOT NULL,
  SourceIds TEXT NOT NULL CONSTRAINT CK_ImportItem_SourceIds CHECK (json_valid(SourceIds)),
  -- The id that it has where it was exported.
  WishedId TEXT NULL,
  Slug TEXT NULL,
  Fingerprint TEXT NULL,
  -- What the source says; null where it is what the revision says.
  Body TEXT NULL CONSTRAINT CK_ImportItem_Body CHECK (Body IS NULL OR json_valid(Body)),
  BasedOn INTEGER NULL,
  Revision INTEGER NULL,
  Changes TEXT NULL CONSTRAINT CK_ImportItem_Changes CHECK (Changes IS NULL OR json_valid(Changes)),
  -- What undoing goes back to.
  Former TEXT NULL CONSTRAINT CK_ImportItem_Former CHECK (Former IS NULL OR json_valid(Former)),
  Note TEXT NULL,
  CONSTRAINT PK_ImportItem PRIMARY KEY (ImportId, Number)
);
CREATE INDEX IX_ImportItem_Outcome ON ImportItem (ImportId, Outcome, State, Number);
CREATE INDEX IX_ImportItem_Entry ON ImportItem (EntryId, ImportId);

-- A field that a curator and the source have both changed.
CREATE TABLE ImportConflict
(
  ConflictId TEXT NOT NULL CONSTRAINT PK_ImportConflict PRIMARY KEY,
  ImportId TEXT NOT NULL CONSTRAINT FK_ImportConflict_Import REFERENCES Import (ImportId),
  EntryId TEXT NOT NULL CONSTRAINT FK_ImportConflict_Entry REFERENCES Entry (EntryId),
  Source TEXT NOT NULL,
  Path TEXT NOT NULL,
  Base TEXT NULL,
  Ours TEXT NULL,
  Theirs TEXT NULL,
  State TEXT NOT NULL CONSTRAINT CK_ImportConflict_State CHECK (State IN ('open', 'ours', 'theirs', 'superseded')),
  RaisedAt TEXT NOT NULL,
  SettledAt TEXT NULL,
  SettledBy TEXT NULL
);
CREATE INDEX IX_ImportConflict_State ON ImportConflict (State, RaisedAt);
CREATE INDEX IX_ImportConflict_Entry ON ImportConflict (EntryId, Source, State);
CREATE INDEX IX_ImportConflict_Import ON ImportConflict (ImportId, State);

-- The columns of a file of which rows were refused, and those rows.
CREATE TABLE ImportFile
(
  ImportId TEXT NOT NULL CONSTRAINT FK_ImportFile_Import REFERENCES Import (ImportId),
  Name TEXT NOT NULL,
  Columns TEXT NOT NULL CONSTRAINT CK_ImportFile_Columns CHECK (json_valid(Columns)),
  CONSTRAINT PK_ImportFile PRIMARY KEY (ImportId, Name)
);

CREATE TABLE ImportRefusal
(
  ImportId TEXT NOT NULL CONSTRAINT FK_ImportRefusal_Import REFERENCES Import (ImportId),
  Number INTEGER NOT NULL,
  FileName TEXT NOT NULL,
  Place TEXT NOT NULL,
  Field TEXT NOT NULL,
  Value TEXT NOT NULL,
  Reason TEXT NOT NULL,
  Remedy TEXT NOT NULL,
  Loaded INTEGER NOT NULL DEFAULT (0),
  Cells TEXT NOT NULL CONSTRAINT CK_ImportRefusal_Cells CHECK (json_valid(Cells)),
  CONSTRAINT PK_ImportRefusal PRIMARY KEY (ImportId, Number)
);

-- A file in pieces. They come before their import: it is noted once the whole file is here.
CREATE TABLE ImportUpload
(
  ImportId TEXT NOT NULL,
  Number INTEGER NOT NULL,
  Content BLOB NOT NULL,
  ReceivedAt TEXT NOT NULL,
  CONSTRAINT PK_ImportUpload PRIMARY KEY (ImportId, Number)
);
CREATE INDEX IX_ImportUpload_ReceivedAt ON ImportUpload (ReceivedAt);

-- What the file was recognized as, with its first rows.
CREATE TABLE ImportSample
(
  ImportId TEXT NOT NULL CONSTRAINT PK_ImportSample PRIMARY KEY CONSTRAINT FK_ImportSample_Import REFERENCES Import (ImportId),
  Body TEXT NOT NULL CONSTRAINT CK_ImportSample_Body CHECK (json_valid(Body))
);

-- Work that waits for a node of the console, or that one is doing.
CREATE TABLE ImportTask
(
  ImportId TEXT NOT NULL CONSTRAINT PK_ImportTask PRIMARY KEY CONSTRAINT FK_ImportTask_Import REFERENCES Import (ImportId),
  Body TEXT NOT NULL CONSTRAINT CK_ImportTask_Body CHECK (json_valid(Body)),
  AskedAt TEXT NOT NULL,
  AliveAt TEXT NULL
);

CREATE TABLE SavedMapping
(
  Name TEXT NOT NULL CONSTRAINT PK_SavedMapping PRIMARY KEY,
  Body TEXT NOT NULL CONSTRAINT CK_SavedMapping_Body CHECK (json_valid(Body)),
  ChangedAt TEXT NOT NULL,
  ChangedBy TEXT NOT NULL
);

-- ---------------------------------------------------------------- The console: people, sessions, drafts, keys, settings

CREATE TABLE CuratorSession
(
  SessionId TEXT NOT NULL CONSTRAINT PK_CuratorSession PRIMARY KEY,
  CuratorId TEXT NOT NULL CONSTRAINT FK_CuratorSession_Curator REFERENCES Curator (CuratorId),
  Method TEXT NOT NULL CONSTRAINT CK_CuratorSession_Method CHECK (Method IN ('password', 'code', 'external')),
  Device TEXT NOT NULL,
  StartedAt TEXT NOT NULL,
  LastSeenAt TEXT NOT NULL,
  EndedAt TEXT NULL
);
CREATE INDEX IX_CuratorSession_Curator ON CuratorSession (CuratorId, EndedAt);

-- A link that lets somebody choose a password, once. Without a curator, it makes the first administrator.
CREATE TABLE SetUpLink
(
  TokenHash TEXT NOT NULL CONSTRAINT PK_SetUpLink PRIMARY KEY,
  CuratorId TEXT NULL CONSTRAINT FK_SetUpLink_Curator REFERENCES Curator (CuratorId),
  CreatedAt TEXT NOT NULL,
  ExpiresAt TEXT NOT NULL,
  UsedAt TEXT NULL
);
CREATE INDEX IX_SetUpLink_Curator ON SetUpLink (CuratorId);

-- What a curator has typed and not saved: of an entry ("entry:{id}") or of one that does not exist yet ("new:{key}").
CREATE TABLE AutosavedDraft
(
  CuratorId TEXT NOT NULL CONSTRAINT FK_AutosavedDraft_Curator REFERENCES Curator (CuratorId),
  DraftKey TEXT NOT NULL,
  Kind TEXT NOT NULL,
  Body TEXT NOT NULL,
  BasedOn INTEGER NULL,
  SavedAt TEXT NOT NULL,
  CONSTRAINT PK_AutosavedDraft PRIMARY KEY (CuratorId, DraftKey)
);

-- The columns that a curator chose for the list of entries.
CREATE TABLE CuratorColumns
(
  CuratorId TEXT NOT NULL CONSTRAINT PK_CuratorColumns PRIMARY KEY CONSTRAINT FK_CuratorColumns_Curator REFERENCES Curator (CuratorId),
  Columns TEXT NOT NULL
);

CREATE TABLE DataProtectionKey
(
  DataProtectionKeyId TEXT NOT NULL CONSTRAINT PK_DataProtectionKey PRIMARY KEY,
  FriendlyName TEXT NOT NULL,
  Xml TEXT NOT NULL,
  CreatedAt TEXT NOT NULL
);

CREATE TABLE Setting
(
  Name TEXT NOT NULL CONSTRAINT PK_Setting PRIMARY KEY,
  Value TEXT NOT NULL,
  ChangedAt TEXT NOT NULL,
  ChangedBy TEXT NOT NULL
);

-- ---------------------------------------------------------------- The audit log, and the two counters

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
CREATE INDEX IX_Audit_Actor ON Audit (Actor, Number);
CREATE INDEX IX_Audit_OccurredAt ON Audit (OccurredAt, Number);

-- One-row counters. Each is updated first in the transaction that uses it, so its numbers commit in order and without gaps.
CREATE TABLE ChangeCounter
(
  Id INTEGER NOT NULL CONSTRAINT PK_ChangeCounter PRIMARY KEY CONSTRAINT CK_ChangeCounter_Id CHECK (Id = 1),
  Value INTEGER NOT NULL,
  -- Numbers count only within an epoch. A restore starts a new one.
  Epoch TEXT NOT NULL
);

CREATE TABLE AuditHead
(
  Id INTEGER NOT NULL CONSTRAINT PK_AuditHead PRIMARY KEY CONSTRAINT CK_AuditHead_Id CHECK (Id = 1),
  Number INTEGER NOT NULL,
  Hash TEXT NOT NULL
);

INSERT INTO ChangeCounter (Id, Value, Epoch)
SELECT 1, 0, lower(substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-4' || substr(h, 14, 3) || '-8' || substr(h, 18, 3) || '-' || substr(h, 21)) FROM (SELECT hex(randomblob(16)) AS h);
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
