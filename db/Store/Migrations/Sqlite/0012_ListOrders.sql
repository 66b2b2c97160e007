-- The curators' list in any order at any size: a late page of everything is found by walking an index, not by sorting.

CREATE INDEX IX_Entry_ByDue ON Entry (CheckDueOn, EntryId);
CREATE INDEX IX_Entry_ByUpdate ON Entry (UpdatedAt, EntryId);
CREATE INDEX IX_Entry_ByAssurance ON Entry (AssuredOn, EntryId);
CREATE INDEX IX_Entry_ByCapacity ON Entry (CapacityAsOf, EntryId);
CREATE INDEX IX_Entry_ByCredential ON Entry (CredentialExpiresOn, EntryId);
CREATE INDEX IX_Entry_ByState ON Entry (Listing, DraftState, Name, EntryId);
