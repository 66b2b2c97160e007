-- The curators' lists and counts at any size: what entries are filtered and sorted by stands in one index, so that finding a page of
-- them reads no row of the table but those of the page.

DROP INDEX IX_Entry_ByName;
DROP INDEX IX_Entry_ByUpdate;
DROP INDEX IX_Entry_ByDue;
CREATE INDEX IX_Entry_List ON Entry
  (Name, EntryId, Slug, Kind, Listing, DraftState, AssignedTo, CheckDueOn, AssuredOn, CapacityAsOf, CredentialExpiresOn, UpdatedAt);

-- Today's counts.
CREATE INDEX IX_Entry_AssignedTo ON Entry (AssignedTo, Listing, CheckDueOn);
CREATE INDEX IX_Entry_Credential ON Entry (Listing, CredentialExpiresOn);
CREATE INDEX IX_Entry_Capacity ON Entry (Listing, CapacityAsOf);

-- What a source calls an entry can be typed too.
CREATE INDEX IX_ImportRecord_SourceId ON ImportRecord (SourceId);

-- The columns that a curator chose for the list of entries.
CREATE TABLE CuratorColumns
(
  CuratorId TEXT NOT NULL CONSTRAINT PK_CuratorColumns PRIMARY KEY CONSTRAINT FK_CuratorColumns_Curator REFERENCES Curator (CuratorId),
  Columns TEXT NOT NULL
);
