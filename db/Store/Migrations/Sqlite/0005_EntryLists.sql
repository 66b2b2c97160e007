-- The lists of entries: in the order in which a page shows them, without sorting them first.

CREATE INDEX IX_Entry_ByName ON Entry (Name, EntryId, Slug);
CREATE INDEX IX_Entry_ByUpdate ON Entry (UpdatedAt DESC, EntryId);
CREATE INDEX IX_Entry_ByDue ON Entry (CheckDueOn, EntryId);

-- With the entry's id in it, so that a search by term reads the index alone.
DROP INDEX IX_EntryTerm_Code;
CREATE INDEX IX_EntryTerm_Code ON EntryTerm (Vocabulary, Code, EntryId);
