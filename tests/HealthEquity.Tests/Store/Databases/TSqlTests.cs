using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using HealthEquity.Store.Databases;

namespace HealthEquity.Tests.Store.Databases;

/// <summary>Every T-SQL statement that the product can send is checked against the schema, with no server at hand.</summary>
public sealed partial class TSqlTests
{
    // By name, because the programs are referred to as programs: their entry points share a name.
    private static readonly Assembly[] Product =
        [typeof(Sql).Assembly, typeof(HealthEquity.Imports.Records.ImportStore).Assembly, Assembly.Load("HealthEquity.Api"), Assembly.Load("HealthEquity.Admin")];

    [Fact]
    public void The_migrations_define_a_schema_in_which_every_name_is_found() => Assert.Empty(TSqlSchema.CheckMigrations());

    [Fact]
    public void Every_statement_finds_its_tables_and_columns()
    {
        var statements = Statements().Index().Select(s => ($"{s.Index}: {s.Item.Name}", s.Item.For(Dialect.SqlServer))).ToList();
        Assert.True(statements.Count > 30, "the statements were not found: are they still static Sql fields?");

        var problems = TSqlSchema.Check(statements);

        Assert.Empty(problems.Where(p => p.Value.Count > 0).Select(p => $"{p.Key}: {string.Join("; ", p.Value)}"));
    }

    [Theory]
    [InlineData("SELECT Sulg FROM Entry", "Sulg")]
    [InlineData("SELECT Slug FROM Entrie", "Entrie")]
    [InlineData("UPDATE Entry SET Nmae = @name WHERE EntryId = @id", "Nmae")]
    [InlineData("INSERT INTO Audit (Number, Aktor) VALUES (@n, @a)", "Aktor")]
    [InlineData("SELECT Slug FROM Entry LIMIT 5", "LIMIT")]
    [InlineData("SELECT Slug FROM Entry WHERE", "end of file")]
    public void The_check_can_fail(string statement, string named)
    {
        var problems = TSqlSchema.Check(statement);
        Assert.NotEmpty(problems);
        Assert.Contains(named, problems[0], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Nothing_sends_sql_that_the_check_does_not_see()
    {
        // Only the storage folder speaks to a connection; everybody else hands it a Sql.
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));
        Assert.SkipUnless(System.IO.Directory.Exists(Path.Combine(root, "db")), "the sources are not beside the tests");
        var offenders = new[] { "db", "api", "admin" }
            .SelectMany(folder => System.IO.Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => !file.Contains(Path.Combine("db", "Storage"), StringComparison.Ordinal))
            .Where(file => SendsSql().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(root, file));
        Assert.Empty(offenders);
    }

    private static IEnumerable<Sql> Statements() =>
        from assembly in Product
        from type in assembly.GetTypes()
        where !type.ContainsGenericParameters
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        from sql in Held(field)
        select sql;

    /// <summary>What a field holds: a statement, or a record of several.</summary>
    private static IEnumerable<Sql> Held(FieldInfo field) => field.FieldType == typeof(Sql)
        ? [(Sql)field.GetValue(null)!]
        : field.FieldType.GetProperties().Where(p => p.PropertyType == typeof(Sql) && p.GetIndexParameters().Length == 0).Select(p => (Sql)p.GetValue(field.GetValue(null))!);

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"CommandText|using Dapper|new Sql\w*Connection\(|(?<!static readonly Sql \w+ = |static readonly Sql \w+ =\s+)new Sql\(")]
    private static partial Regex SendsSql();
}
