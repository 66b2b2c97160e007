-- Two addresses without a suite do not share one. The daily job compares all entries again.
-- (On SQLite, this step also adds the entry to the index of keys. Here, the index has it as a part of the primary key.)
DELETE FROM dbo.DuplicateLook;
GO
