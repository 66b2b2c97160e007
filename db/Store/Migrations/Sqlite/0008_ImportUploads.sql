-- Files that wait to be imported, where every node of the console finds them, and what was asked of an import.

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

-- Who chose how the file is read.
ALTER TABLE Import ADD COLUMN PlannedBy TEXT NULL;
