-- The directory: what the public may read, and the editorial side behind it.
-- Times are UTC. Bodies are JSON documents (db/Entries). Plain core T-SQL: SQL Server 2019+, Azure SQL.

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
  Field nvarchar(100) NULL,
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
  ExternalSubject nvarchar(200) NULL,
  CreatedAt datetimeoffset(3) NOT NULL,
  DisabledAt datetimeoffset(3) NULL,
  Version int NOT NULL CONSTRAINT DF_Curator_Version DEFAULT (0)
);
CREATE UNIQUE INDEX UX_Curator_NormalizedUserName ON dbo.Curator (NormalizedUserName);
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
  RowsRefused int NOT NULL CONSTRAINT DF_Import_RowsRefused DEFAULT (0)
);
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
  CONSTRAINT PK_ImportRecord PRIMARY KEY (Source, SourceId)
);
CREATE INDEX IX_ImportRecord_Entry ON dbo.ImportRecord (EntryId);
GO

CREATE TABLE dbo.Setting
(
  Name varchar(60) NOT NULL CONSTRAINT PK_Setting PRIMARY KEY,
  Value nvarchar(max) NOT NULL,
  ChangedAt datetimeoffset(3) NOT NULL,
  ChangedBy nvarchar(100) NOT NULL
);
GO

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
GO

-- One-row counters. Each is updated first in the transaction that uses it, so its numbers commit in order and without gaps.
CREATE TABLE dbo.ChangeCounter
(
  Id int NOT NULL CONSTRAINT PK_ChangeCounter PRIMARY KEY CONSTRAINT CK_ChangeCounter_Id CHECK (Id = 1),
  Value bigint NOT NULL
);
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
