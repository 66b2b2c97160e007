-- The directory's schema. Later changes are new scripts with the next number; this one stays as it is.
-- Times are UTC. Bodies are JSON documents (db/Directory/Entries). Plain core T-SQL: SQL Server 2019 or later, Azure SQL.
-- SqlServer/0002_Access.sql says who may touch what.

-- ---------------------------------------------------------------- What the public may read, and what the public sends

-- ---------------------------------------------------------------- the public side

CREATE TABLE dbo.Published
(
  EntryId uniqueidentifier NOT NULL CONSTRAINT PK_Published PRIMARY KEY,
  Kind varchar(20) NOT NULL,
  Slug nvarchar(120) NOT NULL,
  Body nvarchar(max) NULL CONSTRAINT CK_Published_Body CHECK (Body IS NULL OR ISJSON(Body) = 1),
  Sequence bigint NOT NULL,
  AssuredOn date NULL,
  ChangedAt datetimeoffset(3) NOT NULL,
  WithdrawnAt datetimeoffset(3) NULL,
  MergedInto uniqueidentifier NULL,
  -- A row is either public or a tombstone, never half of each.
  CONSTRAINT CK_Published_Withdrawn CHECK ((Body IS NULL AND WithdrawnAt IS NOT NULL) OR (Body IS NOT NULL AND WithdrawnAt IS NULL))
);
CREATE UNIQUE INDEX UX_Published_Sequence ON dbo.Published (Sequence);
GO

CREATE TABLE dbo.Suggestion
(
  SuggestionId uniqueidentifier NOT NULL CONSTRAINT PK_Suggestion PRIMARY KEY,
  EntryId uniqueidentifier NULL,
  Kind varchar(20) NULL,
  Field nvarchar(200) NULL,
  Message nvarchar(4000) NOT NULL,
  ReceivedAt datetimeoffset(3) NOT NULL,
  State varchar(20) NOT NULL CONSTRAINT DF_Suggestion_State DEFAULT ('open') CONSTRAINT CK_Suggestion_State CHECK (State IN ('open', 'settled', 'dismissed')),
  SettledAt datetimeoffset(3) NULL,
  SettledBy nvarchar(100) NULL,
  Reason nvarchar(1000) NULL
);
CREATE INDEX IX_Suggestion_State ON dbo.Suggestion (State, ReceivedAt);
CREATE INDEX IX_Suggestion_Entry ON dbo.Suggestion (EntryId);
GO

CREATE TABLE dbo.ApiClient
(
  ApiClientId uniqueidentifier NOT NULL CONSTRAINT PK_ApiClient PRIMARY KEY,
  Name nvarchar(200) NOT NULL,
  KeyHash char(64) NOT NULL,
  RequestsPerMinute int NULL,
  CreatedAt datetimeoffset(3) NOT NULL,
  RevokedAt datetimeoffset(3) NULL
);
CREATE UNIQUE INDEX UX_ApiClient_KeyHash ON dbo.ApiClient (KeyHash);
GO

CREATE TABLE dbo.Vocabulary
(
  Name varchar(60) NOT NULL CONSTRAINT PK_Vocabulary PRIMARY KEY,
  Label nvarchar(200) NOT NULL,
  Definition nvarchar(1000) NOT NULL
);
GO

CREATE TABLE dbo.Term
(
  Vocabulary varchar(60) NOT NULL CONSTRAINT FK_Term_Vocabulary REFERENCES dbo.Vocabulary (Name),
  Code varchar(100) NOT NULL,
  Label nvarchar(200) NOT NULL,
  Definition nvarchar(1000) NOT NULL,
  Source nvarchar(400) NULL,
  Labels nvarchar(max) NOT NULL CONSTRAINT CK_Term_Labels CHECK (ISJSON(Labels) = 1),
  Position int NOT NULL,
  ChangedAt datetimeoffset(3) NOT NULL,
  RetiredAt datetimeoffset(3) NULL,
  MergedInto varchar(100) NULL,
  CONSTRAINT PK_Term PRIMARY KEY (Vocabulary, Code)
);
GO

-- ---------------------------------------------------------------- Entries and their history

-- ---------------------------------------------------------------- the editorial side

CREATE TABLE dbo.Curator
(
  CuratorId uniqueidentifier NOT NULL CONSTRAINT PK_Curator PRIMARY KEY,
  UserName nvarchar(256) NOT NULL,
  NormalizedUserName nvarchar(256) NOT NULL,
  DisplayName nvarchar(200) NOT NULL,
  Role varchar(20) NOT NULL CONSTRAINT CK_Curator_Role CHECK (Role IN ('viewer', 'curator', 'reviewer', 'administrator')),
  PasswordHash nvarchar(400) NULL,
  SecurityStamp nvarchar(100) NOT NULL,
  AuthenticatorKey nvarchar(100) NULL,
  -- The last time step whose code was accepted: a code is good once (RFC 6238, 5.2).
  AuthenticatorStep bigint NULL,
  TwoFactorEnabled bit NOT NULL CONSTRAINT DF_Curator_TwoFactorEnabled DEFAULT (0),
  RecoveryCodes nvarchar(2000) NULL,
  LockoutEnd datetimeoffset(3) NULL,
  AccessFailedCount int NOT NULL CONSTRAINT DF_Curator_AccessFailedCount DEFAULT (0),
  ExternalProvider nvarchar(100) NULL,
  ExternalSubject nvarchar(256) NULL,
  CreatedAt datetimeoffset(3) NOT NULL,
  DisabledAt datetimeoffset(3) NULL,
  Version int NOT NULL CONSTRAINT DF_Curator_Version DEFAULT (0)
);
CREATE UNIQUE INDEX UX_Curator_NormalizedUserName ON dbo.Curator (NormalizedUserName);
CREATE UNIQUE INDEX UX_Curator_External ON dbo.Curator (ExternalProvider, ExternalSubject) WHERE ExternalSubject IS NOT NULL;
GO

CREATE TABLE dbo.Entry
(
  EntryId uniqueidentifier NOT NULL CONSTRAINT PK_Entry PRIMARY KEY,
  Kind varchar(20) NOT NULL CONSTRAINT CK_Entry_Kind CHECK (Kind IN ('provider', 'attorney', 'organization', 'policyAction', 'material', 'event')),
  Slug nvarchar(120) NOT NULL,
  Name nvarchar(200) NOT NULL,
  Listing varchar(20) NOT NULL CONSTRAINT CK_Entry_Listing CHECK (Listing IN ('unpublished', 'published', 'suspended', 'retired', 'doNotList')),
  ListingReason nvarchar(1000) NULL,
  DraftState varchar(20) NOT NULL CONSTRAINT CK_Entry_DraftState CHECK (DraftState IN ('none', 'draft', 'inReview')),
  LatestRevision int NOT NULL,
  PublishedRevision int NULL,
  FirstPublishedAt datetimeoffset(3) NULL,
  AssuredOn date NULL,
  CheckDueOn date NULL,
  CapacityAsOf date NULL,
  CredentialExpiresOn date NULL,
  AssignedTo uniqueidentifier NULL CONSTRAINT FK_Entry_AssignedTo REFERENCES dbo.Curator (CuratorId),
  CreatedAt datetimeoffset(3) NOT NULL,
  UpdatedAt datetimeoffset(3) NOT NULL
);
CREATE UNIQUE INDEX UX_Entry_Slug ON dbo.Entry (Slug);
CREATE INDEX IX_Entry_CheckDueOn ON dbo.Entry (Listing, CheckDueOn);
CREATE INDEX IX_Entry_DraftState ON dbo.Entry (DraftState, UpdatedAt);
CREATE INDEX IX_Entry_Name ON dbo.Entry (Kind, Name);
CREATE INDEX IX_Entry_ByUpdate ON dbo.Entry (UpdatedAt DESC, EntryId);
CREATE INDEX IX_Entry_ByDue ON dbo.Entry (CheckDueOn, EntryId);
CREATE INDEX IX_Entry_List ON dbo.Entry (Name, EntryId)
  INCLUDE (Slug, Kind, Listing, DraftState, AssignedTo, CheckDueOn, AssuredOn, CapacityAsOf, CredentialExpiresOn, UpdatedAt);
-- Today's counts.
CREATE INDEX IX_Entry_AssignedTo ON dbo.Entry (AssignedTo, Listing, CheckDueOn);
CREATE INDEX IX_Entry_Credential ON dbo.Entry (Listing, CredentialExpiresOn);
CREATE INDEX IX_Entry_Capacity ON dbo.Entry (Listing, CapacityAsOf);
CREATE INDEX IX_Entry_ByAssurance ON dbo.Entry (AssuredOn, EntryId);
CREATE INDEX IX_Entry_ByCapacity ON dbo.Entry (CapacityAsOf, EntryId);
CREATE INDEX IX_Entry_ByCredential ON dbo.Entry (CredentialExpiresOn, EntryId);
CREATE INDEX IX_Entry_ByState ON dbo.Entry (Listing, DraftState, Name, EntryId);
GO

CREATE TABLE dbo.FormerSlug
(
  Slug nvarchar(120) NOT NULL CONSTRAINT PK_FormerSlug PRIMARY KEY,
  EntryId uniqueidentifier NOT NULL CONSTRAINT FK_FormerSlug_Entry REFERENCES dbo.Entry (EntryId)
);
CREATE INDEX IX_FormerSlug_Entry ON dbo.FormerSlug (EntryId);
GO

CREATE TABLE dbo.Revision
(
  EntryId uniqueidentifier NOT NULL CONSTRAINT FK_Revision_Entry REFERENCES dbo.Entry (EntryId),
  Number int NOT NULL,
  Body nvarchar(max) NOT NULL CONSTRAINT CK_Revision_Body CHECK (ISJSON(Body) = 1),
  Author nvarchar(100) NOT NULL,
  CreatedAt datetimeoffset(3) NOT NULL,
  Note nvarchar(1000) NULL,
  RestoredFrom int NULL,
  CONSTRAINT PK_Revision PRIMARY KEY (EntryId, Number)
);
GO

CREATE TABLE dbo.Review
(
  ReviewId uniqueidentifier NOT NULL CONSTRAINT PK_Review PRIMARY KEY,
  EntryId uniqueidentifier NOT NULL CONSTRAINT FK_Review_Entry REFERENCES dbo.Entry (EntryId),
  Revision int NOT NULL,
  Decision varchar(20) NOT NULL CONSTRAINT CK_Review_Decision CHECK (Decision IN ('submit', 'approve', 'return', 'publish', 'suspend', 'resume', 'retire', 'doNotList', 'discard')),
  DecidedBy nvarchar(100) NOT NULL,
  DecidedAt datetimeoffset(3) NOT NULL,
  Reason nvarchar(1000) NULL,
  Sequence bigint NULL
);
CREATE INDEX IX_Review_Entry ON dbo.Review (EntryId, DecidedAt);
GO

CREATE TABLE dbo.Verification
(
  VerificationId uniqueidentifier NOT NULL CONSTRAINT PK_Verification PRIMARY KEY,
  EntryId uniqueidentifier NOT NULL CONSTRAINT FK_Verification_Entry REFERENCES dbo.Entry (EntryId),
  Revision int NOT NULL,
  Method varchar(100) NOT NULL,
  Outcome varchar(100) NOT NULL,
  CheckedOn date NOT NULL,
  CheckedBy nvarchar(100) NOT NULL,
  Evidence nvarchar(2000) NULL,
  Note nvarchar(2000) NULL,
  FieldOutcomes nvarchar(max) NULL CONSTRAINT CK_Verification_FieldOutcomes CHECK (FieldOutcomes IS NULL OR ISJSON(FieldOutcomes) = 1),
  RecordedAt datetimeoffset(3) NOT NULL
);
CREATE INDEX IX_Verification_Entry ON dbo.Verification (EntryId, CheckedOn);
GO

-- Why an entry is to be checked before its time; gone with the check.
CREATE TABLE dbo.CheckRequest
(
  EntryId uniqueidentifier NOT NULL CONSTRAINT PK_CheckRequest PRIMARY KEY CONSTRAINT FK_CheckRequest_Entry REFERENCES dbo.Entry (EntryId),
  Reason nvarchar(1000) NOT NULL,
  RequestedBy nvarchar(100) NOT NULL,
  RequestedAt datetimeoffset(3) NOT NULL
);
GO

CREATE TABLE dbo.EntryKey
(
  EntryId uniqueidentifier NOT NULL CONSTRAINT FK_EntryKey_Entry REFERENCES dbo.Entry (EntryId),
  Type varchar(20) NOT NULL,
  Value nvarchar(300) NOT NULL,
  CONSTRAINT PK_EntryKey PRIMARY KEY (EntryId, Type, Value)
);
CREATE INDEX IX_EntryKey_Value ON dbo.EntryKey (Type, Value);
GO

CREATE TABLE dbo.EntryTerm
(
  EntryId uniqueidentifier NOT NULL CONSTRAINT FK_EntryTerm_Entry REFERENCES dbo.Entry (EntryId),
  Vocabulary varchar(60) NOT NULL,
  Code nvarchar(100) NOT NULL,
  CONSTRAINT PK_EntryTerm PRIMARY KEY (EntryId, Vocabulary, Code)
);
CREATE INDEX IX_EntryTerm_Code ON dbo.EntryTerm (Vocabulary, Code);
GO

-- ---------------------------------------------------------------- Entries that may be the same, and those that were merged

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

-- ---------------------------------------------------------------- Imports

CREATE TABLE dbo.Import
(
  ImportId uniqueidentifier NOT NULL CONSTRAINT PK_Import PRIMARY KEY,
  Source varchar(60) NOT NULL,
  Mapping varchar(60) NOT NULL,
  FileName nvarchar(260) NOT NULL,
  StartedBy nvarchar(100) NOT NULL,
  StartedAt datetimeoffset(3) NOT NULL,
  FinishedAt datetimeoffset(3) NULL,
  RowsRead int NOT NULL CONSTRAINT DF_Import_RowsRead DEFAULT (0),
  RowsNew int NOT NULL CONSTRAINT DF_Import_RowsNew DEFAULT (0),
  RowsChanged int NOT NULL CONSTRAINT DF_Import_RowsChanged DEFAULT (0),
  RowsSame int NOT NULL CONSTRAINT DF_Import_RowsSame DEFAULT (0),
  RowsConflicting int NOT NULL CONSTRAINT DF_Import_RowsConflicting DEFAULT (0),
  RowsRefused int NOT NULL CONSTRAINT DF_Import_RowsRefused DEFAULT (0),
  SourceTitle nvarchar(400) NOT NULL CONSTRAINT DF_Import_SourceTitle DEFAULT (''),
  State varchar(20) NOT NULL CONSTRAINT DF_Import_State DEFAULT ('applied') CONSTRAINT CK_Import_State CHECK (State IN ('uploaded', 'planning', 'planned', 'applying', 'applied', 'undoing', 'undone', 'failed', 'discarded')),
  Publish bit NOT NULL CONSTRAINT DF_Import_Publish DEFAULT (0),
  -- It tells of a part of the source only: what is not in it has not vanished.
  IsPart bit NOT NULL CONSTRAINT DF_Import_IsPart DEFAULT (0),
  PlannedAt datetimeoffset(3) NULL,
  UndoneAt datetimeoffset(3) NULL,
  RunSince datetimeoffset(3) NULL,
  AliveAt datetimeoffset(3) NULL,
  Fault nvarchar(1000) NULL,
  Done int NOT NULL CONSTRAINT DF_Import_Done DEFAULT (0),
  Total int NOT NULL CONSTRAINT DF_Import_Total DEFAULT (0),
  RowsMerged int NOT NULL CONSTRAINT DF_Import_RowsMerged DEFAULT (0),
  RowsFlawed int NOT NULL CONSTRAINT DF_Import_RowsFlawed DEFAULT (0),
  RowsNotListed int NOT NULL CONSTRAINT DF_Import_RowsNotListed DEFAULT (0),
  RowsVanished int NOT NULL CONSTRAINT DF_Import_RowsVanished DEFAULT (0),
  RowsPublished int NOT NULL CONSTRAINT DF_Import_RowsPublished DEFAULT (0),
  RowsLeft int NOT NULL CONSTRAINT DF_Import_RowsLeft DEFAULT (0),
  -- Who chose how the file is read.
  PlannedBy nvarchar(100) NULL
);
CREATE INDEX IX_Import_Source ON dbo.Import (Source, StartedAt);
CREATE INDEX IX_Import_State ON dbo.Import (State);
GO

-- What a source last said of an entry: the base against which the next import is compared.
CREATE TABLE dbo.ImportRecord
(
  Source varchar(60) NOT NULL,
  SourceId nvarchar(200) NOT NULL,
  EntryId uniqueidentifier NOT NULL CONSTRAINT FK_ImportRecord_Entry REFERENCES dbo.Entry (EntryId),
  ImportId uniqueidentifier NOT NULL CONSTRAINT FK_ImportRecord_Import REFERENCES dbo.Import (ImportId),
  Fingerprint char(64) NOT NULL,
  Revision int NOT NULL,
  -- Where what the source said is kept, and the import in which it was missing.
  Item int NULL,
  VanishedIn uniqueidentifier NULL,
  CONSTRAINT PK_ImportRecord PRIMARY KEY (Source, SourceId)
);
CREATE INDEX IX_ImportRecord_Entry ON dbo.ImportRecord (EntryId);
-- What a source calls an entry can be typed too.
CREATE INDEX IX_ImportRecord_SourceId ON dbo.ImportRecord (SourceId);
GO

-- One entry of an import: what was planned for it, and what was done.
CREATE TABLE dbo.ImportItem
(
  ImportId uniqueidentifier NOT NULL CONSTRAINT FK_ImportItem_Import REFERENCES dbo.Import (ImportId),
  Number int NOT NULL,
  Outcome varchar(20) NOT NULL CONSTRAINT CK_ImportItem_Outcome CHECK (Outcome IN ('new', 'changed', 'same', 'conflicting', 'refused', 'notListed', 'vanished')),
  State varchar(20) NOT NULL CONSTRAINT CK_ImportItem_State CHECK (State IN ('planned', 'applied', 'undone', 'left')),
  EntryId uniqueidentifier NULL CONSTRAINT FK_ImportItem_Entry REFERENCES dbo.Entry (EntryId),
  Name nvarchar(200) NOT NULL,
  SourceIds nvarchar(max) NOT NULL CONSTRAINT CK_ImportItem_SourceIds CHECK (ISJSON(SourceIds) = 1),
  -- The id that it has where it was exported.
  WishedId uniqueidentifier NULL,
  Slug nvarchar(120) NULL,
  Fingerprint char(64) NULL,
  -- What the source says; null where it is what the revision says.
  Body nvarchar(max) NULL CONSTRAINT CK_ImportItem_Body CHECK (Body IS NULL OR ISJSON(Body) = 1),
  BasedOn int NULL,
  Revision int NULL,
  Changes nvarchar(max) NULL CONSTRAINT CK_ImportItem_Changes CHECK (Changes IS NULL OR ISJSON(Changes) = 1),
  -- What undoing goes back to.
  Former nvarchar(max) NULL CONSTRAINT CK_ImportItem_Former CHECK (Former IS NULL OR ISJSON(Former) = 1),
  Note nvarchar(1000) NULL,
  CONSTRAINT PK_ImportItem PRIMARY KEY (ImportId, Number)
);
CREATE INDEX IX_ImportItem_Outcome ON dbo.ImportItem (ImportId, Outcome, State, Number);
CREATE INDEX IX_ImportItem_Entry ON dbo.ImportItem (EntryId, ImportId);
GO

-- A field that a curator and the source have both changed.
CREATE TABLE dbo.ImportConflict
(
  ConflictId uniqueidentifier NOT NULL CONSTRAINT PK_ImportConflict PRIMARY KEY,
  ImportId uniqueidentifier NOT NULL CONSTRAINT FK_ImportConflict_Import REFERENCES dbo.Import (ImportId),
  EntryId uniqueidentifier NOT NULL CONSTRAINT FK_ImportConflict_Entry REFERENCES dbo.Entry (EntryId),
  Source varchar(60) NOT NULL,
  Path nvarchar(200) NOT NULL,
  Base nvarchar(max) NULL,
  Ours nvarchar(max) NULL,
  Theirs nvarchar(max) NULL,
  State varchar(20) NOT NULL CONSTRAINT CK_ImportConflict_State CHECK (State IN ('open', 'ours', 'theirs', 'superseded')),
  RaisedAt datetimeoffset(3) NOT NULL,
  SettledAt datetimeoffset(3) NULL,
  SettledBy nvarchar(100) NULL
);
CREATE INDEX IX_ImportConflict_State ON dbo.ImportConflict (State, RaisedAt);
CREATE INDEX IX_ImportConflict_Entry ON dbo.ImportConflict (EntryId, Source, State);
CREATE INDEX IX_ImportConflict_Import ON dbo.ImportConflict (ImportId, State);
GO

-- The columns of a file of which rows were refused, and those rows.
CREATE TABLE dbo.ImportFile
(
  ImportId uniqueidentifier NOT NULL CONSTRAINT FK_ImportFile_Import REFERENCES dbo.Import (ImportId),
  Name nvarchar(260) NOT NULL,
  Columns nvarchar(max) NOT NULL CONSTRAINT CK_ImportFile_Columns CHECK (ISJSON(Columns) = 1),
  CONSTRAINT PK_ImportFile PRIMARY KEY (ImportId, Name)
);
GO

CREATE TABLE dbo.ImportRefusal
(
  ImportId uniqueidentifier NOT NULL CONSTRAINT FK_ImportRefusal_Import REFERENCES dbo.Import (ImportId),
  Number int NOT NULL,
  FileName nvarchar(260) NOT NULL,
  Place nvarchar(400) NOT NULL,
  Field nvarchar(400) NOT NULL,
  Value nvarchar(max) NOT NULL,
  Reason nvarchar(1000) NOT NULL,
  Remedy nvarchar(1000) NOT NULL,
  Loaded bit NOT NULL CONSTRAINT DF_ImportRefusal_Loaded DEFAULT (0),
  Cells nvarchar(max) NOT NULL CONSTRAINT CK_ImportRefusal_Cells CHECK (ISJSON(Cells) = 1),
  CONSTRAINT PK_ImportRefusal PRIMARY KEY (ImportId, Number)
);
GO

-- A file in pieces. They come before their import: it is noted once the whole file is here.
CREATE TABLE dbo.ImportUpload
(
  ImportId uniqueidentifier NOT NULL,
  Number int NOT NULL,
  Content varbinary(max) NOT NULL,
  ReceivedAt datetimeoffset(3) NOT NULL,
  CONSTRAINT PK_ImportUpload PRIMARY KEY (ImportId, Number)
);
CREATE INDEX IX_ImportUpload_ReceivedAt ON dbo.ImportUpload (ReceivedAt);
GO

-- What the file was recognized as, with its first rows.
CREATE TABLE dbo.ImportSample
(
  ImportId uniqueidentifier NOT NULL CONSTRAINT PK_ImportSample PRIMARY KEY CONSTRAINT FK_ImportSample_Import REFERENCES dbo.Import (ImportId),
  Body nvarchar(max) NOT NULL CONSTRAINT CK_ImportSample_Body CHECK (ISJSON(Body) = 1)
);
GO

-- Work that waits for a node of the console, or that one is doing.
CREATE TABLE dbo.ImportTask
(
  ImportId uniqueidentifier NOT NULL CONSTRAINT PK_ImportTask PRIMARY KEY CONSTRAINT FK_ImportTask_Import REFERENCES dbo.Import (ImportId),
  Body nvarchar(max) NOT NULL CONSTRAINT CK_ImportTask_Body CHECK (ISJSON(Body) = 1),
  AskedAt datetimeoffset(3) NOT NULL,
  AliveAt datetimeoffset(3) NULL
);
GO

CREATE TABLE dbo.SavedMapping
(
  Name varchar(60) NOT NULL CONSTRAINT PK_SavedMapping PRIMARY KEY,
  Body nvarchar(max) NOT NULL CONSTRAINT CK_SavedMapping_Body CHECK (ISJSON(Body) = 1),
  ChangedAt datetimeoffset(3) NOT NULL,
  ChangedBy nvarchar(100) NOT NULL
);
GO

-- ---------------------------------------------------------------- The console: people, sessions, drafts, keys, settings

CREATE TABLE dbo.CuratorSession
(
  SessionId uniqueidentifier NOT NULL CONSTRAINT PK_CuratorSession PRIMARY KEY,
  CuratorId uniqueidentifier NOT NULL CONSTRAINT FK_CuratorSession_Curator REFERENCES dbo.Curator (CuratorId),
  Method varchar(20) NOT NULL CONSTRAINT CK_CuratorSession_Method CHECK (Method IN ('password', 'code', 'external')),
  Device nvarchar(100) NOT NULL,
  StartedAt datetimeoffset(3) NOT NULL,
  LastSeenAt datetimeoffset(3) NOT NULL,
  EndedAt datetimeoffset(3) NULL
);
CREATE INDEX IX_CuratorSession_Curator ON dbo.CuratorSession (CuratorId, EndedAt);
GO

-- A link that lets somebody choose a password, once. Without a curator, it makes the first administrator.
CREATE TABLE dbo.SetUpLink
(
  TokenHash char(64) NOT NULL CONSTRAINT PK_SetUpLink PRIMARY KEY,
  CuratorId uniqueidentifier NULL CONSTRAINT FK_SetUpLink_Curator REFERENCES dbo.Curator (CuratorId),
  CreatedAt datetimeoffset(3) NOT NULL,
  ExpiresAt datetimeoffset(3) NOT NULL,
  UsedAt datetimeoffset(3) NULL
);
CREATE INDEX IX_SetUpLink_Curator ON dbo.SetUpLink (CuratorId);
GO

-- What a curator has typed and not saved: of an entry ("entry:{id}") or of one that does not exist yet ("new:{key}").
CREATE TABLE dbo.AutosavedDraft
(
  CuratorId uniqueidentifier NOT NULL CONSTRAINT FK_AutosavedDraft_Curator REFERENCES dbo.Curator (CuratorId),
  DraftKey varchar(60) NOT NULL,
  Kind varchar(20) NOT NULL,
  Body nvarchar(max) NOT NULL,
  BasedOn int NULL,
  SavedAt datetimeoffset(3) NOT NULL,
  CONSTRAINT PK_AutosavedDraft PRIMARY KEY (CuratorId, DraftKey)
);
GO

-- The columns that a curator chose for the list of entries.
CREATE TABLE dbo.CuratorColumns
(
  CuratorId uniqueidentifier NOT NULL CONSTRAINT PK_CuratorColumns PRIMARY KEY CONSTRAINT FK_CuratorColumns_Curator REFERENCES dbo.Curator (CuratorId),
  Columns varchar(200) NOT NULL
);
GO

CREATE TABLE dbo.DataProtectionKey
(
  DataProtectionKeyId uniqueidentifier NOT NULL CONSTRAINT PK_DataProtectionKey PRIMARY KEY,
  FriendlyName nvarchar(200) NOT NULL,
  Xml nvarchar(max) NOT NULL,
  CreatedAt datetimeoffset(3) NOT NULL
);
GO

CREATE TABLE dbo.Setting
(
  Name varchar(60) NOT NULL CONSTRAINT PK_Setting PRIMARY KEY,
  Value nvarchar(max) NOT NULL,
  ChangedAt datetimeoffset(3) NOT NULL,
  ChangedBy nvarchar(100) NOT NULL
);
GO

-- ---------------------------------------------------------------- The audit log, and the two counters

CREATE TABLE dbo.Audit
(
  Number bigint NOT NULL CONSTRAINT PK_Audit PRIMARY KEY,
  OccurredAt datetimeoffset(3) NOT NULL,
  Actor nvarchar(100) NOT NULL,
  Activity varchar(60) NOT NULL,
  Subject nvarchar(200) NOT NULL,
  Detail nvarchar(max) NULL,
  PreviousHash char(64) NOT NULL,
  Hash char(64) NOT NULL
);
CREATE INDEX IX_Audit_Subject ON dbo.Audit (Subject, Number);
CREATE INDEX IX_Audit_Actor ON dbo.Audit (Actor, Number);
CREATE INDEX IX_Audit_OccurredAt ON dbo.Audit (OccurredAt, Number);
GO

-- One-row counters. Each is updated first in the transaction that uses it, so its numbers commit in order and without gaps.
CREATE TABLE dbo.ChangeCounter
(
  Id int NOT NULL CONSTRAINT PK_ChangeCounter PRIMARY KEY CONSTRAINT CK_ChangeCounter_Id CHECK (Id = 1),
  Value bigint NOT NULL,
  -- Numbers count only within an epoch. A restore starts a new one.
  Epoch uniqueidentifier NOT NULL CONSTRAINT DF_ChangeCounter_Epoch DEFAULT (NEWID())
);
GO

CREATE TABLE dbo.AuditHead
(
  Id int NOT NULL CONSTRAINT PK_AuditHead PRIMARY KEY CONSTRAINT CK_AuditHead_Id CHECK (Id = 1),
  Number bigint NOT NULL,
  Hash char(64) NOT NULL
);
GO

INSERT INTO dbo.ChangeCounter (Id, Value) VALUES (1, 0);
INSERT INTO dbo.AuditHead (Id, Number, Hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
GO
