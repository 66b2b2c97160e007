-- Which entries came with the product, and what the release said of each when it was last brought in: the base of a three-way comparison.
CREATE TABLE StarterEntry
(
  EntryId TEXT NOT NULL CONSTRAINT PK_StarterEntry PRIMARY KEY CONSTRAINT FK_StarterEntry_Entry REFERENCES Entry (EntryId),
  -- The slug in the release. The department may have changed the entry's own.
  Slug TEXT NOT NULL CONSTRAINT UQ_StarterEntry_Slug UNIQUE,
  Body TEXT NOT NULL CONSTRAINT CK_StarterEntry_Body CHECK (json_valid(Body)),
  TakenAt TEXT NOT NULL
);

-- Their first revision is what the release said.
INSERT INTO StarterEntry (EntryId, Slug, Body, TakenAt)
SELECT r.EntryId, e.Slug, r.Body, r.CreatedAt
FROM Revision AS r INNER JOIN Entry AS e ON e.EntryId = r.EntryId
WHERE r.Number = 1 AND r.Author = 'system:starter';
