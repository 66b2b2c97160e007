-- The console: who is signed in, what they were typing, and the keys that its cookies are sealed with.

CREATE UNIQUE INDEX UX_Curator_External ON dbo.Curator (ExternalProvider, ExternalSubject) WHERE ExternalSubject IS NOT NULL;
GO

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

CREATE TABLE dbo.DataProtectionKey
(
  DataProtectionKeyId uniqueidentifier NOT NULL CONSTRAINT PK_DataProtectionKey PRIMARY KEY,
  FriendlyName nvarchar(200) NOT NULL,
  Xml nvarchar(max) NOT NULL,
  CreatedAt datetimeoffset(3) NOT NULL
);
GO

CREATE INDEX IX_Audit_Actor ON dbo.Audit (Actor, Number);
CREATE INDEX IX_Audit_OccurredAt ON dbo.Audit (OccurredAt, Number);
GO

GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.CuratorSession TO directory_curator;
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.SetUpLink TO directory_curator;
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.AutosavedDraft TO directory_curator;
GRANT SELECT, INSERT ON dbo.DataProtectionKey TO directory_curator;
GO
