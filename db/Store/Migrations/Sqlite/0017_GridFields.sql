-- ZIP codes and missing summaries as terms, for filters of the grid with counts. The same as EntryPlaces and EntryGaps write with every save.

INSERT INTO EntryTerm (EntryId, Vocabulary, Code)
SELECT DISTINCT p.EntryId, 'zip', CASE WHEN p.Postal LIKE '_____-____' THEN SUBSTR(p.Postal, 1, 5) ELSE p.Postal END
FROM
(
  SELECT e.EntryId, TRIM(l.value ->> '$.postalCode') AS Postal
  FROM Entry e
  JOIN Revision r ON r.EntryId = e.EntryId AND r.Number = e.LatestRevision
  JOIN json_each(r.Body, '$.locations') l
  WHERE e.Kind IN ('provider', 'attorney', 'organization')
  UNION ALL
  SELECT e.EntryId, TRIM(r.Body ->> '$.location.postalCode')
  FROM Entry e
  JOIN Revision r ON r.EntryId = e.EntryId AND r.Number = e.LatestRevision
  WHERE e.Kind = 'event'
) p
WHERE p.Postal <> '' AND LENGTH(p.Postal) <= 100;

INSERT INTO EntryTerm (EntryId, Vocabulary, Code)
SELECT e.EntryId, 'empty', 'zip' FROM Entry e
WHERE e.Kind IN ('provider', 'attorney', 'organization', 'event') AND NOT EXISTS (SELECT 1 FROM EntryTerm t WHERE t.EntryId = e.EntryId AND t.Vocabulary = 'zip')
UNION ALL
SELECT e.EntryId, 'empty', 'summary' FROM Entry e JOIN Revision r ON r.EntryId = e.EntryId AND r.Number = e.LatestRevision
WHERE COALESCE(r.Body ->> '$.summary', '') = '';
