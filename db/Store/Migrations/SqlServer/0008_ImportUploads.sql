-- Files that wait to be imported, where every node of the console finds them, and what was asked of an import.

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

-- Who chose how the file is read.
ALTER TABLE dbo.Import ADD PlannedBy nvarchar(100) NULL;
GO

GRANT SELECT, INSERT, DELETE ON dbo.ImportUpload TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.ImportSample TO directory_curator;
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.ImportTask TO directory_curator;
GRANT DELETE ON dbo.ImportFile TO directory_curator;
GRANT DELETE ON dbo.ImportRefusal TO directory_curator;
GO
