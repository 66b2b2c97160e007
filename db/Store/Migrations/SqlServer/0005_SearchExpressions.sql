-- What people say, and what the search takes it for: the department's own, besides the lists that ship. Rows are never deleted:
-- Version counts their changes, so that the sum over all rows tells a reader whether anything changed.

CREATE TABLE dbo.SearchExpression
(
  ExpressionId uniqueidentifier NOT NULL CONSTRAINT PK_SearchExpression PRIMARY KEY,
  Language varchar(35) NOT NULL,
  Text nvarchar(200) NOT NULL,
  Meaning varchar(120) NOT NULL,
  Version int NOT NULL,
  ChangedAt datetimeoffset(3) NOT NULL,
  RemovedAt datetimeoffset(3) NULL
);
CREATE UNIQUE INDEX UX_SearchExpression_Text ON dbo.SearchExpression (Language, Text, Meaning) WHERE RemovedAt IS NULL;
GO

GRANT SELECT ON dbo.SearchExpression TO directory_api;
GRANT SELECT, INSERT, UPDATE ON dbo.SearchExpression TO directory_curator;
GO
