-- The curators' list in any order at any size: a late page of everything is found by walking an index, not by sorting. Those by check and by
-- change are there since 0005.

CREATE INDEX IX_Entry_ByAssurance ON dbo.Entry (AssuredOn, EntryId);
GO
CREATE INDEX IX_Entry_ByCapacity ON dbo.Entry (CapacityAsOf, EntryId);
GO
CREATE INDEX IX_Entry_ByCredential ON dbo.Entry (CredentialExpiresOn, EntryId);
GO
CREATE INDEX IX_Entry_ByState ON dbo.Entry (Listing, DraftState, Name, EntryId);
GO
