using HealthEquity.Store.Databases;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace HealthEquity.Tests.Store.Databases;

/// <summary>What the roles of SQL Server may do is what the programs do: each login with its role is enough.</summary>
public sealed class GrantTests
{
    private static readonly Lazy<IReadOnlySet<(string Role, string Right, string Table)>> Grants = new(ReadGrants);

    [Fact]
    public void The_role_of_the_console_and_the_commands_may_do_all_that_they_send()
    {
        var missing = new SortedSet<string>();
        foreach (var sql in TSqlTests.Statements())
        {
            missing.UnionWith(TableUse.Of(sql.For(Dialect.SqlServer))
                .Where(use => !Grants.Value.Contains(("directory_curator", use.Right, use.Table)))
                .Select(use => $"{sql.Name}: GRANT {use.Right} ON {use.Table}"));
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void The_role_of_the_API_may_do_what_its_connection_to_an_embedded_database_may()
    {
        var reads = Grants.Value.Where(g => g is { Role: "directory_api", Right: "SELECT" }).Select(g => g.Table);
        // On SQLite, the connection that prepares the database reads the schema's version.
        Assert.Equal(SqliteAuthorizer.PublicTables.Append("SchemaVersions").Order(), reads.Order());
        Assert.Equal([("INSERT", "Suggestion")], Grants.Value.Where(g => g.Role == "directory_api" && g.Right != "SELECT").Select(g => (g.Right, g.Table)));
    }

    [Theory]
    [InlineData("SELECT e.Name FROM Entry e LEFT JOIN Revision r ON r.EntryId = e.EntryId", "SELECT Entry", "SELECT Revision")]
    [InlineData("UPDATE e SET Name = 'x' FROM Entry AS e WHERE EXISTS (SELECT 1 FROM Audit)", "SELECT Audit", "UPDATE Entry")]
    [InlineData("INSERT INTO EntryTerm (EntryId) SELECT EntryId FROM Entry", "INSERT EntryTerm", "SELECT Entry")]
    [InlineData("WITH due AS (SELECT EntryId FROM Entry) DELETE FROM CallPlan WHERE EntryId IN (SELECT EntryId FROM due)", "DELETE CallPlan", "SELECT Entry")]
    public void Uses_of_tables_are_found(string statement, params string[] uses) =>
        Assert.Equal(uses, TableUse.Of(statement).Select(u => $"{u.Right} {u.Table}").Order());

    private static HashSet<(string Role, string Right, string Table)> ReadGrants()
    {
        var visitor = new GrantVisitor();
        foreach (var script in Migrator.SqlServerScripts())
        {
            new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script.Contents), out _).Accept(visitor);
        }

        return visitor.Grants;
    }

    private sealed class GrantVisitor : TSqlFragmentVisitor
    {
        public HashSet<(string Role, string Right, string Table)> Grants { get; } = [];

        public override void Visit(GrantStatement node) => Grants.UnionWith(Of(node));

        public override void Visit(DenyStatement node) => Grants.ExceptWith(Of(node));

        private static IEnumerable<(string, string, string)> Of(SecurityStatement node) =>
            from principal in node.Principals
            from permission in node.Permissions
            where node.SecurityTargetObject is { ObjectKind: SecurityObjectKind.NotSpecified or SecurityObjectKind.Object }
            select (principal.Identifier.Value, permission.Identifiers.Single().Value.ToUpperInvariant(), node.SecurityTargetObject.ObjectName.MultiPartIdentifier.Identifiers[^1].Value);
    }

    /// <summary>The tables of a statement, with the right that each use of them needs.</summary>
    private sealed class TableUse : TSqlFragmentVisitor
    {
        private readonly HashSet<(string Right, string Table)> _uses = [];
        private readonly HashSet<TableReference> _targets = [];
        private readonly Dictionary<string, string> _aliases = new(StringComparer.OrdinalIgnoreCase);
        private readonly HashSet<string> _expressions = new(StringComparer.OrdinalIgnoreCase);
        private readonly List<(string Right, TableReference Target)> _changes = [];
        private readonly List<NamedTableReference> _tables = [];

        public static IReadOnlySet<(string Right, string Table)> Of(string statement)
        {
            var visitor = new TableUse();
            new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(TSqlSchema.ExpandLists(statement)), out _).Accept(visitor);
            visitor.Resolve();
            return visitor._uses;
        }

        public override void Visit(CommonTableExpression node) => _expressions.Add(node.ExpressionName.Value);

        public override void Visit(NamedTableReference node)
        {
            _tables.Add(node);
            if (node.Alias is { } alias)
            {
                _aliases[alias.Value] = NameOf(node);
            }
        }

        public override void Visit(InsertSpecification node) => _changes.Add(("INSERT", node.Target));

        public override void Visit(UpdateSpecification node) => _changes.Add(("UPDATE", node.Target));

        public override void Visit(DeleteSpecification node) => _changes.Add(("DELETE", node.Target));

        private void Resolve()
        {
            foreach (var (right, target) in _changes)
            {
                var name = NameOf(Assert.IsType<NamedTableReference>(target));
                _targets.Add(target);
                _uses.Add((right, _aliases.GetValueOrDefault(name, name)));
            }

            _uses.UnionWith(_tables.Where(t => !_targets.Contains(t) && !_expressions.Contains(NameOf(t))).Select(t => ("SELECT", NameOf(t)))
                // A change through an alias names its table again.
                .Where(u => !_changes.Exists(c => _aliases.GetValueOrDefault(NameOf((NamedTableReference)c.Target)) == u.Item2)));
        }

        private static string NameOf(NamedTableReference table) => table.SchemaObject.BaseIdentifier.Value;
    }
}
