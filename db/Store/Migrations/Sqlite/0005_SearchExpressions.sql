-- What people say, and what the search takes it for: the department's own, besides the lists that ship. The same table as on SQL Server.

CREATE TABLE SearchExpression
(
  ExpressionId TEXT NOT NULL CONSTRAINT PK_SearchExpression PRIMARY KEY,
  Language TEXT NOT NULL,
  Text TEXT NOT NULL,
  Meaning TEXT NOT NULL,
  Version INTEGER NOT NULL,
  ChangedAt TEXT NOT NULL,
  RemovedAt TEXT NULL
);
CREATE UNIQUE INDEX UX_SearchExpression_Text ON SearchExpression (Language, Text, Meaning) WHERE RemovedAt IS NULL;
