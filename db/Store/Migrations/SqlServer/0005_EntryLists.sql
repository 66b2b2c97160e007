-- The lists of entries: in the order in which a page shows them, without sorting them first.

CREATE INDEX IX_Entry_ByName ON dbo.Entry (Name, EntryId) INCLUDE (Slug);
GO
CREATE INDEX IX_Entry_ByUpdate ON dbo.Entry (UpdatedAt DESC, EntryId);
GO
CREATE INDEX IX_Entry_ByDue ON dbo.Entry (CheckDueOn, EntryId);
GO
