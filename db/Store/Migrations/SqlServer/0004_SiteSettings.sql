-- What a department decides about its public pages. Everything in it is public, and the API may read it.
CREATE TABLE dbo.SiteSetting
(
  Name varchar(60) NOT NULL CONSTRAINT PK_SiteSetting PRIMARY KEY,
  -- JSON; null where it was removed.
  Value nvarchar(max) NULL CONSTRAINT CK_SiteSetting_Value CHECK (Value IS NULL OR ISJSON(Value) = 1),
  Version int NOT NULL,
  ChangedAt datetimeoffset(3) NOT NULL
);
GO

-- The name, the color and the logo were settings of the console.
INSERT INTO dbo.SiteSetting (Name, Value, Version, ChangedAt)
SELECT 'site',
  (SELECT JSON_VALUE(s.Value, '$.departmentName') AS departmentName, JSON_VALUE(s.Value, '$.brandColor') AS brandColor FOR JSON PATH, WITHOUT_ARRAY_WRAPPER),
  1, s.ChangedAt
FROM dbo.Setting AS s
WHERE s.Name = 'directory' AND JSON_VALUE(s.Value, '$.departmentName') IS NOT NULL AND JSON_VALUE(s.Value, '$.brandColor') IS NOT NULL;

INSERT INTO dbo.SiteSetting (Name, Value, Version, ChangedAt)
SELECT 'logo', s.Value, 1, s.ChangedAt FROM dbo.Setting AS s WHERE s.Name = 'logo';
GO

GRANT SELECT ON dbo.SiteSetting TO directory_api;
GRANT SELECT, INSERT, UPDATE ON dbo.SiteSetting TO directory_curator;
GO
