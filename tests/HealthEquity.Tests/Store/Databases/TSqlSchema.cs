using System.Text;
using System.Text.RegularExpressions;
using HealthEquity.Store.Databases;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace HealthEquity.Tests.Store.Databases;

/// <summary>
/// The T-SQL schema as a DacFx model, for checking statements without a server. Each statement is wrapped in a stored procedure with its
/// parameters declared, and the model reports unknown tables and columns.
/// </summary>
internal static partial class TSqlSchema
{
    private const SqlServerVersion Version = SqlServerVersion.Sql150;

    private static readonly Lazy<IReadOnlyList<string>> SchemaBatches = new(ReadSchema);

    private static readonly Lazy<IReadOnlyDictionary<string, int>> Lengths = new(ReadTextLengths);

    /// <summary>The errors in a statement; empty if it is valid.</summary>
    public static IReadOnlyList<string> Check(string statement) => Check([("Statement", statement)])["Statement"];

    /// <summary>The errors in each statement.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Check(IReadOnlyList<(string Name, string Text)> statements)
    {
        var problems = statements.ToDictionary(s => s.Name, s => (IReadOnlyList<string>)Parse(s.Text));
        using var model = NewModel();
        foreach (var (index, (name, text)) in statements.Index().Where(s => problems[s.Item.Name].Count == 0))
        {
            model.AddObjects(AsProcedure($"Checked{index}", ExpandLists(text)));
        }

        foreach (var message in model.Validate().Where(IsAboutNames))
        {
            var procedure = ProcedureNumber().Match(message.Message);
            var owner = procedure.Success ? statements[int.Parse(procedure.Groups[1].Value, provider: null)].Name : statements[0].Name;
            problems[owner] = [.. problems[owner], message.Message];
        }

        return problems;
    }

    /// <summary>The columns of texts that have a length: their names as "Table.Column", with the length.</summary>
    public static IReadOnlyDictionary<string, int> TextLengths => Lengths.Value;

    private static Dictionary<string, int> ReadTextLengths()
    {
        using var model = NewModel();
        return model.GetObjects(DacQueryScopes.UserDefined, Table.TypeClass)
            .SelectMany(t => t.GetReferenced(Table.Columns).Select(c => (Table: t.Name.Parts[^1], Column: c)))
            .Where(c => c.Column.GetMetadata<Microsoft.SqlServer.Dac.Model.ColumnType>(Column.ColumnType) == Microsoft.SqlServer.Dac.Model.ColumnType.Column
                && !c.Column.GetProperty<bool>(Column.IsMax) && IsText(c.Column.GetReferenced(Column.DataType).Single().Name.Parts[^1]))
            .ToDictionary(c => $"{c.Table}.{c.Column.Name.Parts[^1]}", c => c.Column.GetProperty<int>(Column.Length));

        static bool IsText(string type) => type is "nvarchar" or "varchar" or "char" or "nchar";
    }

    /// <summary>The errors in the migrations.</summary>
    public static IReadOnlyList<string> CheckMigrations()
    {
        using var model = NewModel();
        return [.. model.Validate().Where(m => m.MessageType == Microsoft.SqlServer.Dac.DacMessageType.Error || IsAboutNames(m)).Select(m => m.Message)];
    }

    // 71501: unresolved column or object (error). 71502: unresolved object in a body (a warning in DacFx, an error here).
    private static bool IsAboutNames(DacModelMessage message) => message.Number is 71501 or 71502;

    private static TSqlModel NewModel()
    {
        var model = new TSqlModel(Version, new TSqlModelOptions());
        // DbUp makes this one.
        model.AddObjects("CREATE TABLE dbo.SchemaVersions (Id int IDENTITY NOT NULL, ScriptName nvarchar(255) NOT NULL, Applied datetime NOT NULL)");
        foreach (var batch in SchemaBatches.Value)
        {
            model.AddObjects(batch);
        }

        return model;
    }

    /// <summary>The batches of the migrations that define objects. Batches that insert rows are checked like any statement.</summary>
    private static List<string> ReadSchema()
    {
        var schema = new List<string>();
        var tables = new Dictionary<string, CreateTableStatement>(StringComparer.OrdinalIgnoreCase);
        foreach (var script in Migrator.SqlServerScripts())
        {
            var fragment = (TSqlScript)new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script.Contents), out var errors);
            Assert.Empty(errors.Select(e => $"{script.Name}: {e.Message}"));
            foreach (var statement in fragment.Batches.SelectMany(b => b.Statements).Where(s => s is not DataModificationStatement))
            {
                if (statement is CreateTableStatement table)
                {
                    tables[NameOf(table.SchemaObjectName)] = table;
                }
                else if (statement is AlterTableAddTableElementStatement added)
                {
                    Fold(added.Definition, tables[NameOf(added.SchemaObjectName)].Definition);
                }
                else if (statement is AlterTableAlterColumnStatement altered)
                {
                    var column = tables[NameOf(altered.SchemaObjectName)].Definition.ColumnDefinitions
                        .Single(c => c.ColumnIdentifier.Value.Equals(altered.ColumnIdentifier.Value, StringComparison.OrdinalIgnoreCase));
                    column.DataType = altered.DataType;
                }
                else
                {
                    schema.Add(script.Contents.Substring(statement.StartOffset, statement.FragmentLength));
                }
            }
        }

        var writer = new Sql150ScriptGenerator();
        return [.. tables.Values.Select(Written), .. schema];

        string Written(CreateTableStatement table)
        {
            writer.GenerateScript(table, out var text);
            return text;
        }
    }

    /// <summary>A model contains the final tables, so columns added by later migrations are merged into the table definition.</summary>
    private static void Fold(TableDefinition added, TableDefinition table)
    {
        foreach (var column in added.ColumnDefinitions)
        {
            table.ColumnDefinitions.Add(column);
        }

        foreach (var constraint in added.TableConstraints)
        {
            table.TableConstraints.Add(constraint);
        }
    }

    private static string NameOf(SchemaObjectName name) => name.BaseIdentifier.Value;

    private static List<string> Parse(string statement)
    {
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(ExpandLists(statement)), out var errors);
        return [.. errors.Select(e => e.Message)];
    }

    private static string AsProcedure(string name, string statement)
    {
        var variables = Variable().Matches(statement).Select(m => m.Value).Distinct(StringComparer.OrdinalIgnoreCase);
        var text = new StringBuilder($"CREATE PROCEDURE dbo.{name} ");
        // TOP, OFFSET and FETCH require a number; everything else accepts a value of any type.
        text.AppendJoin(", ", variables.Select(v => $"{v} {(v is "@limit" or "@offset" ? "int" : "sql_variant")} = NULL"));
        return text.Append(" AS ").Append(statement).ToString();
    }

    /// <summary>Dapper expands a list parameter to (@ids1, @ids2); here one parameter stands for all.</summary>
    internal static string ExpandLists(string statement) => ListParameter().Replace(statement, "IN ($1)");

    [GeneratedRegex(@"\bIN\s+(@\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex ListParameter();

    [GeneratedRegex(@"(?<!@)@\w+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\[Checked(\d+)\]")]
    private static partial Regex ProcedureNumber();
}
