using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using HealthEquity.Store.Databases;

namespace HealthEquity.Tests.Store.Databases;

/// <summary>Checks every T-SQL statement of the product against the schema, without a server.</summary>
public sealed partial class TSqlTests
{
    // By name, because both programs are referenced and their entry points share a type name.
    private static readonly Assembly[] Product =
        [typeof(Sql).Assembly, typeof(HealthEquity.Imports.Records.ImportStore).Assembly, Assembly.Load("HealthEquity.Api"), Assembly.Load("HealthEquity.Admin")];

    [Fact]
    public void Every_name_in_the_migrations_is_defined() => Assert.Empty(TSqlSchema.CheckMigrations());

    [Fact]
    public void Every_statement_uses_existing_tables_and_columns()
    {
        var statements = Statements().Index().Select(s => ($"{s.Index}: {s.Item.Name}", s.Item.For(Dialect.SqlServer))).ToList();
        Assert.True(statements.Count > 30, "found too few statements; are they still static Sql fields?");

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
    public void No_code_sends_SQL_that_bypasses_the_check()
    {
        // Only the Databases folder uses a connection directly; all other code passes it a Sql.
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", ".."));
        Assert.SkipUnless(System.IO.Directory.Exists(Path.Combine(root, "db")), "the source files are not available");
        var offenders = new[] { "db", "api", "admin" }
            .SelectMany(folder => System.IO.Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => !file.Contains(Path.Combine("db", "Store", "Databases"), StringComparison.Ordinal))
            .Where(file => SendsSql().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(root, file));
        Assert.Empty(offenders);
    }

    internal static IEnumerable<Sql> Statements() =>
        from assembly in Product
        from type in assembly.GetTypes()
        where !type.ContainsGenericParameters
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        from sql in Held(field)
        select sql;

    /// <summary>The statements of a field: one, or a record of several.</summary>
    private static IEnumerable<Sql> Held(FieldInfo field) => field.FieldType == typeof(Sql)
        ? [(Sql)field.GetValue(null)!]
        : field.FieldType.GetProperties().Where(p => p.PropertyType == typeof(Sql) && p.GetIndexParameters().Length == 0).Select(p => (Sql)p.GetValue(field.GetValue(null))!);

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"CommandText|using Dapper|new Sql\w*Connection\(|(?<!static readonly Sql \w+ = |static readonly Sql \w+ =\s+)new Sql\(")]
    private static partial Regex SendsSql();
}
