using System.Text.Json;
using HealthEquity.Formats.Sources;
using HealthEquity.Store.Databases;

namespace HealthEquity.Imports.Records;

/// <summary>An error in a row of an import.</summary>
public sealed record ImportRefusal
{
    /// <summary>The name of the file in the mapping.</summary>
    public string FileName { get; init; } = "";

    /// <summary>The location of the row: a line number or JSON pointer.</summary>
    public string Place { get; init; } = "";

    /// <summary>The column, or the field of the entry.</summary>
    public string Field { get; init; } = "";

    /// <summary>The value.</summary>
    public string Value { get; init; } = "";

    /// <summary>What is wrong.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How to fix it.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>True if the row was loaded without the value.</summary>
    public bool Loaded { get; init; }

    /// <summary>The cells of the row, a JSON list.</summary>
    public string Cells { get; init; } = "[]";

    /// <summary>The cells of the row.</summary>
    public IReadOnlyList<string> CellList() => JsonSerializer.Deserialize<List<string>>(Cells)!;
}

/// <summary>A file with refused rows.</summary>
public sealed record ImportFile
{
    /// <summary>The name of the file in the mapping.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its columns, a JSON list.</summary>
    public string Columns { get; init; } = "[]";

    /// <summary>Its columns.</summary>
    public IReadOnlyList<string> ColumnList() => JsonSerializer.Deserialize<List<string>>(Columns)!;
}

/// <summary>Stores refused rows, so people can correct and import them again.</summary>
public static class ImportRefusals
{
    private const int MaxTextLength = 1000;

    private const int MaxPlaceLength = 400;

    private const string Columns = "FileName, Place, Field, Value, Reason, Remedy, Loaded, Cells";

    private static readonly RowList Files = new(
        "ImportId uniqueidentifier", "Name nvarchar(4000)", "Columns nvarchar(max)");

    private static readonly Sql InsertFile = Files.Statement(
        "ImportRefusals.Add",
        """
        INSERT INTO ImportFile (ImportId, Name, Columns)
        SELECT r.ImportId, r.Name, r.Columns FROM @rows AS r
        """);

    private static readonly RowList Rows = new(
        "ImportId uniqueidentifier", "Number int", "FileName nvarchar(4000)", "Place nvarchar(4000)", "Field nvarchar(4000)", "Value nvarchar(max)",
        "Reason nvarchar(4000)", "Remedy nvarchar(4000)", "Loaded bit", "Cells nvarchar(max)");

    private static readonly Sql Insert = Rows.Statement(
        "ImportRefusals.Add",
        """
        INSERT INTO ImportRefusal (ImportId, Number, FileName, Place, Field, Value, Reason, Remedy, Loaded, Cells)
        SELECT r.ImportId, r.Number, r.FileName, r.Place, r.Field, r.Value, r.Reason, r.Remedy, r.Loaded, r.Cells FROM @rows AS r
        """);

    private static readonly Sql SelectFiles = new("ImportRefusals.Files", "SELECT Name, Columns FROM ImportFile WHERE ImportId = @import ORDER BY Name");

    private static readonly Sql SelectPage = new(
        "ImportRefusals.List",
        sqlServer: $"SELECT {Columns} FROM ImportRefusal WHERE ImportId = @import ORDER BY Number OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY",
        sqlite: $"SELECT {Columns} FROM ImportRefusal WHERE ImportId = @import ORDER BY Number LIMIT @limit OFFSET @offset");

    private static readonly Sql DeleteRows = new("ImportRefusals.Delete", "DELETE FROM ImportRefusal WHERE ImportId = @import");

    private static readonly Sql DeleteFiles = new("ImportRefusals.Delete", "DELETE FROM ImportFile WHERE ImportId = @import");

    private static readonly Sql SelectAll = new(
        "ImportRefusals.Stream", $"SELECT {Columns} FROM ImportRefusal WHERE ImportId = @import AND FileName = @file ORDER BY Number");

    /// <summary>The files of an import with refused rows.</summary>
    public static Task<IReadOnlyList<ImportFile>> FilesAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        session.QueryAsync<ImportFile>(SelectFiles, new { import }, cancellation);

    /// <summary>One page of errors.</summary>
    public static Task<IReadOnlyList<ImportRefusal>> ListAsync(DbSession session, Guid import, int offset, int limit, CancellationToken cancellation) =>
        session.QueryAsync<ImportRefusal>(SelectPage, new { import, offset, limit }, cancellation);

    /// <summary>Deletes all errors before the file is planned again.</summary>
    internal static async Task DeleteAsync(DbSession session, Guid import, CancellationToken cancellation)
    {
        await session.ExecuteAsync(DeleteRows, new { import }, cancellation);
        await session.ExecuteAsync(DeleteFiles, new { import }, cancellation);
    }

    /// <summary>All errors in one file.</summary>
    public static IAsyncEnumerable<ImportRefusal> StreamAsync(DbSession session, Guid import, string file) =>
        session.StreamAsync<ImportRefusal>(SelectAll, new { import, file });

    internal static async Task AddAsync(
        DbSession session, Guid import, IReadOnlyList<RowFault> faults, int before, IReadOnlySet<string> knownFiles, CancellationToken cancellation)
    {
        var files = faults.Select(f => f.Row.Header).DistinctBy(h => h.File).Where(h => !knownFiles.Contains(h.File));
        await session.ExecuteRowsAsync(
            InsertFile, files.Select(h => new { ImportId = import, Name = h.File, Columns = JsonSerializer.Serialize(h.Columns) }).ToList(), cancellation);
        var rows = faults.Select((f, n) => new
        {
            ImportId = import,
            Number = before + n + 1,
            FileName = f.Row.Header.File,
            Place = Short(f.Row.Place, MaxPlaceLength),
            Field = Short(f.Field, MaxPlaceLength),
            f.Value,
            Reason = Short(f.Reason, MaxTextLength),
            Remedy = Short(f.Remedy, MaxTextLength),
            f.Loaded,
            Cells = JsonSerializer.Serialize(f.Row.Cells),
        });
        await session.ExecuteRowsAsync(Insert, rows.ToList(), cancellation);
    }

    private static string Short(string text, int length) => text.Length <= length ? text : text[..length];
}
