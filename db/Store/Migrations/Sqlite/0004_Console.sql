-- The console: who is signed in, what they were typing, and the keys that its cookies are sealed with.

CREATE UNIQUE INDEX UX_Curator_External ON Curator (ExternalProvider, ExternalSubject) WHERE ExternalSubject IS NOT NULL;

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

CREATE TABLE DataProtectionKey
(
  DataProtectionKeyId TEXT NOT NULL CONSTRAINT PK_DataProtectionKey PRIMARY KEY,
  FriendlyName TEXT NOT NULL,
  Xml TEXT NOT NULL,
  CreatedAt TEXT NOT NULL
);

CREATE INDEX IX_Audit_Actor ON Audit (Actor, Number);
CREATE INDEX IX_Audit_OccurredAt ON Audit (OccurredAt, Number);
