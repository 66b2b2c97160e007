-- Translators: the languages that a curator may translate or review, and who vouches for a translated text.

-- A translator or language reviewer. Curator.Role stays 'viewer', so that a release before this one lets them only read.
CREATE TABLE dbo.CuratorLanguages
(
  CuratorId uniqueidentifier NOT NULL CONSTRAINT PK_CuratorLanguages PRIMARY KEY CONSTRAINT FK_CuratorLanguages_Curator REFERENCES dbo.Curator (CuratorId),
  Role varchar(20) NOT NULL CONSTRAINT CK_CuratorLanguages_Role CHECK (Role IN ('translator', 'languageReviewer')),
  -- BCP-47 tags, separated by spaces.
  Languages nvarchar(400) NOT NULL
);
GO

-- How a translated text was made, and who reviewed it. It holds only for the original and the translation whose hash it has.
CREATE TABLE dbo.TextMark
(
  EntryId uniqueidentifier NOT NULL CONSTRAINT FK_TextMark_Entry REFERENCES dbo.Entry (EntryId),
  Language varchar(35) NOT NULL,
  Path nvarchar(200) NOT NULL,
  Pair char(64) NOT NULL,
  Provenance varchar(100) NULL,
  ReviewedBy nvarchar(100) NULL,
  ReviewedAt datetimeoffset(3) NULL,
  CONSTRAINT PK_TextMark PRIMARY KEY (EntryId, Language, Path)
);
GO

GRANT SELECT, INSERT, DELETE ON dbo.CuratorLanguages TO directory_curator;
GRANT SELECT, INSERT, DELETE ON dbo.TextMark TO directory_curator;
GO
