-- Keys with their entry, so that the first entries with a key are found without reading all of them.
DROP INDEX IX_EntryKey_Value;
CREATE INDEX IX_EntryKey_Value ON EntryKey (Type, Value, EntryId);

-- Two addresses without a suite do not share one. The daily job compares all entries again.
DELETE FROM DuplicateLook;
