-- What a department decides about its public pages. Everything in it is public, and the API may read it.
CREATE TABLE SiteSetting
(
  Name TEXT NOT NULL CONSTRAINT PK_SiteSetting PRIMARY KEY,
  -- JSON; null where it was removed.
  Value TEXT NULL CONSTRAINT CK_SiteSetting_Value CHECK (Value IS NULL OR json_valid(Value)),
  Version INTEGER NOT NULL,
  ChangedAt TEXT NOT NULL
);

-- The name, the color and the logo were settings of the console.
INSERT INTO SiteSetting (Name, Value, Version, ChangedAt)
SELECT 'site', json_object('departmentName', Value ->> 'departmentName', 'brandColor', Value ->> 'brandColor'), 1, ChangedAt
FROM Setting WHERE Name = 'directory' AND Value ->> 'departmentName' IS NOT NULL AND Value ->> 'brandColor' IS NOT NULL;

INSERT INTO SiteSetting (Name, Value, Version, ChangedAt)
SELECT 'logo', Value, 1, ChangedAt FROM Setting WHERE Name = 'logo';
