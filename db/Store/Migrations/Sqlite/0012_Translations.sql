-- Translators: the languages that a curator may translate or review, and who vouches for a translated text. The same tables as on SQL Server.

-- A translator or language reviewer. Curator.Role stays 'viewer', so that a release before this one lets them only read.
CREATE TABLE CuratorLanguages
(
  CuratorId TEXT NOT NULL CONSTRAINT PK_CuratorLanguages PRIMARY KEY CONSTRAINT FK_CuratorLanguages_Curator REFERENCES Curator (CuratorId),
  Role TEXT NOT NULL CONSTRAINT CK_CuratorLanguages_Role CHECK (Role IN ('translator', 'languageReviewer')),
  -- BCP-47 tags, separated by spaces.
  Languages TEXT NOT NULL
);

-- How a translated text was made, and who reviewed it. It holds only for the original and the translation whose hash it has.
CREATE TABLE TextMark
(
  EntryId TEXT NOT NULL CONSTRAINT FK_TextMark_Entry REFERENCES Entry (EntryId),
  Language TEXT NOT NULL,
  Path TEXT NOT NULL,
  Pair TEXT NOT NULL,
  Provenance TEXT NULL,
  ReviewedBy TEXT NULL,
  ReviewedAt TEXT NULL,
  CONSTRAINT PK_TextMark PRIMARY KEY (EntryId, Language, Path)
);
