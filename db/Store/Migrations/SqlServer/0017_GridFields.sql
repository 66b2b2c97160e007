-- ZIP codes and missing summaries as terms, for filters of the grid with counts. The same as EntryPlaces and EntryGaps write with every save.

INSERT INTO dbo.EntryTerm (EntryId, Vocabulary, Code)
SELECT DISTINCT p.EntryId, 'zip', CASE WHEN p.Postal LIKE '_____-____' THEN LEFT(p.Postal, 5) ELSE p.Postal END
FROM
(
  SELECT e.EntryId, TRIM(l.Postal) AS Postal
  FROM dbo.Entry e
  JOIN dbo.Revision r ON r.EntryId = e.EntryId AND r.Number = e.LatestRevision
  CROSS APPLY OPENJSON(r.Body, '$.locations') WITH (Postal nvarchar(200) '$.postalCode') l
  WHERE e.Kind IN ('provider', 'attorney', 'organization')
  UNION ALL
  SELECT e.EntryId, TRIM(JSON_VALUE(r.Body, '$.location.postalCode'))
  FROM dbo.Entry e
  JOIN dbo.Revision r ON r.EntryId = e.EntryId AND r.Number = e.LatestRevision
  WHERE e.Kind = 'event'
) p
WHERE p.Postal <> '' AND LEN(p.Postal) <= 100;
GO

INSERT INTO dbo.EntryTerm (EntryId, Vocabulary, Code)
SELECT e.EntryId, 'empty', 'zip' FROM dbo.Entry e
WHERE e.Kind IN ('provider', 'attorney', 'organization', 'event') AND NOT EXISTS (SELECT 1 FROM dbo.EntryTerm t WHERE t.EntryId = e.EntryId AND t.Vocabulary = 'zip')
UNION ALL
SELECT e.EntryId, 'empty', 'summary' FROM dbo.Entry e JOIN dbo.Revision r ON r.EntryId = e.EntryId AND r.Number = e.LatestRevision
WHERE NOT EXISTS (SELECT 1 FROM OPENJSON(r.Body) WITH (Summary nvarchar(max) '$.summary') s WHERE s.Summary <> '');
GO
