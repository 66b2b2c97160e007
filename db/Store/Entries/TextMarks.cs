using System.Security.Cryptography;
using System.Text;
using HealthEquity.Directory.Translations;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Entries;

/// <summary>How a translated text was made, and who reviewed it.</summary>
public sealed record TextMark
{
    /// <summary>The translation's language.</summary>
    public string Language { get; init; } = "";

    /// <summary>Where the text is in the entry.</summary>
    public string Path { get; init; } = "";

    /// <summary>The hash of the original and the translation for which the mark holds.</summary>
    public string Pair { get; init; } = "";

    /// <summary>How the text was made; null if only the translation as a whole says it.</summary>
    public string? Provenance { get; init; }

    /// <summary>Who reviewed it: an actor's code. Null for nobody.</summary>
    public string? ReviewedBy { get; init; }

    /// <summary>When it was reviewed, UTC.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>The hash of an original and its translation, 64 hexadecimal digits.</summary>
    public static string PairOf(string original, string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{original}\0{text}")));
}

/// <summary>
/// Keeps what people say about single translated texts. A mark stops to hold when the original or the translation changes, and holds again
/// when both are as they were.
/// </summary>
public static class TextMarks
{
    /// <summary>The maximum length of a path with a mark, in characters.</summary>
    public const int MaxPathLength = 200;

    private const string Columns = "Language, Path, Pair, Provenance, ReviewedBy, ReviewedAt";

    private static readonly Sql Select = new("TextMarks.Read", $"SELECT {Columns} FROM TextMark WHERE EntryId = @id");

    private static readonly Sql Delete = new("TextMarks.Save", "DELETE FROM TextMark WHERE EntryId = @id AND Language = @language AND Path IN @paths");

    private static readonly RowList NewMarks = new(
        "EntryId uniqueidentifier", "Language nvarchar(4000)", "Path nvarchar(4000)", "Pair nvarchar(4000)", "Provenance nvarchar(4000)",
        "ReviewedBy nvarchar(4000)", "ReviewedAt datetimeoffset(3)");

    private static readonly Sql Insert = NewMarks.Statement(
        "TextMarks.Save",
        """
        INSERT INTO TextMark (EntryId, Language, Path, Pair, Provenance, ReviewedBy, ReviewedAt)
        SELECT r.EntryId, r.Language, r.Path, r.Pair, r.Provenance, r.ReviewedBy, r.ReviewedAt FROM @rows AS r
        """);

    private static readonly Sql DeleteAll = new("TextMarks.Move", "DELETE FROM TextMark WHERE EntryId = @id");

    /// <summary>Moves the marks of texts that a save has moved, so that the next mark in their old place does not replace them.</summary>
    internal static async Task MoveAsync(DbSession session, Guid id, MovedTexts moved, CancellationToken cancellation)
    {
        var marks = await ReadAsync(session, id, cancellation);
        if (marks.All(m => moved.TargetOf(m.Path) == m.Path))
        {
            return;
        }

        // What was moved here takes the place of what is gone.
        var placed = marks.Select(m => (Mark: m, Path: moved.TargetOf(m.Path))).OrderBy(m => m.Path is null)
            .Select(m => m.Mark with { Path = m.Path ?? m.Mark.Path }).DistinctBy(m => (m.Language, m.Path)).ToList();
        await session.ExecuteAsync(DeleteAll, new { id }, cancellation);
        await session.ExecuteRowsAsync(Insert, placed.ConvertAll(m => Row(id, m.Language, m)), cancellation);
    }

    /// <summary>The marks of an entry, in all languages.</summary>
    public static Task<IReadOnlyList<TextMark>> ReadAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        session.QueryAsync<TextMark>(Select, new { id }, cancellation);

    /// <summary>Saves marks in place of those of the same texts. Requires a transaction.</summary>
    public static async Task SaveAsync(DbSession session, Guid id, string language, IReadOnlyCollection<TextMark> marks, CancellationToken cancellation)
    {
        var kept = marks.Where(m => m.Path.Length <= MaxPathLength).ToList();
        if (kept.Count == 0)
        {
            return;
        }

        await session.ExecuteAsync(Delete, new { id, language, paths = kept.Select(m => m.Path) }, cancellation);
        await session.ExecuteRowsAsync(Insert, kept.ConvertAll(m => Row(id, language, m)), cancellation);
    }

    private static object Row(Guid id, string language, TextMark mark) =>
        new { EntryId = id, Language = language, mark.Path, mark.Pair, mark.Provenance, mark.ReviewedBy, mark.ReviewedAt };
}
