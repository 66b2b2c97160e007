using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HealthEquity.Store.Databases;

/// <summary>
/// The columns of a list of rows that is sent as one parameter, <c>@rows</c>: a JSON array of objects. One statement then writes all rows,
/// whatever their number.
/// </summary>
public sealed class RowList
{
    private const string Parameter = "@rows";

    // As the columns hold them: see ColumnTypes. Most bodies are not ASCII, and the list is no HTML.
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new MomentConverter() },
    };

    private readonly string _sqlServer;
    private readonly string _sqlite;

    /// <summary>Declares the columns.</summary>
    /// <param name="columns">
    /// Each column as T-SQL declares it, such as "EntryId uniqueidentifier". Give texts nvarchar(4000) or nvarchar(max), so that one that is too
    /// long for its table is refused there and not cut off here.
    /// </param>
    public RowList(params string[] columns)
    {
        var names = columns.Select(c => c[..c.IndexOf(' ', StringComparison.Ordinal)]);
        _sqlServer = $"OPENJSON({Parameter}) WITH ({string.Join(", ", columns)})";
        // Parsed once for all of a row's columns.
        _sqlite = $"(WITH parsed AS MATERIALIZED (SELECT jsonb(value) AS row FROM json_each({Parameter})) "
            + $"SELECT {string.Join(", ", names.Select(n => $"row ->> '{n}' AS {n}"))} FROM parsed)";
    }

    /// <summary>A statement that reads the rows.</summary>
    /// <param name="name">The method that sends it, as "Type.Method".</param>
    /// <param name="text">The text, with <c>@rows</c> as the name of a table.</param>
    public Sql Statement(string name, string text) => Statement(name, text, text);

    /// <summary>A statement that reads the rows, in which the databases differ.</summary>
    /// <param name="name">The method that sends it, as "Type.Method".</param>
    /// <param name="sqlServer">The T-SQL text.</param>
    /// <param name="sqlite">The SQLite text.</param>
    public Sql Statement(string name, string sqlServer, string sqlite) => new(
        name, sqlServer.Replace(Parameter, _sqlServer, StringComparison.Ordinal), sqlite.Replace(Parameter, _sqlite, StringComparison.Ordinal));

    /// <summary>The parameter's value: a JSON array.</summary>
    internal static string Json<T>(IReadOnlyCollection<T> rows) => JsonSerializer.Serialize(rows, Options);

    private sealed class MomentConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(ColumnTypes.TextOf(value));
    }
}
