-- The curators' lists and counts at any size: what entries are filtered and sorted by stands in one index, so that finding a page of
-- them reads no row of the table but those of the page.

DROP INDEX IX_Entry_ByName ON dbo.Entry;
GO
CREATE INDEX IX_Entry_List ON dbo.Entry (Name, EntryId)
  INCLUDE (Slug, Kind, Listing, DraftState, AssignedTo, CheckDueOn, AssuredOn, CapacityAsOf, CredentialExpiresOn, UpdatedAt);
GO

-- Today's counts.
CREATE INDEX IX_Entry_AssignedTo ON dbo.Entry (AssignedTo, Listing, CheckDueOn);
GO
CREATE INDEX IX_Entry_Credential ON dbo.Entry (Listing, CredentialExpiresOn);
GO
CREATE INDEX IX_Entry_Capacity ON dbo.Entry (Listing, CapacityAsOf);
GO

-- What a source calls an entry can be typed too.
CREATE INDEX IX_ImportRecord_SourceId ON dbo.ImportRecord (SourceId);
GO

-- The columns that a curator chose for the list of entries.
CREATE TABLE dbo.CuratorColumns
(
  CuratorId uniqueidentifier NOT NULL CONSTRAINT PK_CuratorColumns PRIMARY KEY CONSTRAINT FK_CuratorColumns_Curator REFERENCES dbo.Curator (CuratorId),
  Columns varchar(200) NOT NULL
);
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON dbo.CuratorColumns TO directory_curator;
GO
