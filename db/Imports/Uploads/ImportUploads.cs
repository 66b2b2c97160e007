using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Records;
using HealthEquity.Store.Databases;

namespace HealthEquity.Imports.Uploads;

/// <summary>
/// Stores uploaded files in the database, so any node of the console can import them. A file is written and read in pieces of <see
/// cref="PieceSize"/>, each in its own statement, so large files need little memory and hold no locks. It is deleted when it was planned or
/// discarded, or after a day.
/// </summary>
public static class ImportUploads
{
    /// <summary>The number of bytes per row.</summary>
    public const int PieceSize = 1024 * 1024;

    /// <summary>How long an unplanned file is stored.</summary>
    public static readonly TimeSpan RetentionPeriod = TimeSpan.FromDays(1);

    private static readonly Sql Insert = new(
        "ImportUploads.Write", "INSERT INTO ImportUpload (ImportId, Number, Content, ReceivedAt) VALUES (@import, @number, @content, @now)");

    private static readonly Sql Select = new("ImportUploads.CopyTo", "SELECT Content FROM ImportUpload WHERE ImportId = @import AND Number = @number");

    private static readonly Sql CountPieces = new("ImportUploads.Exists", "SELECT COUNT(*) FROM ImportUpload WHERE ImportId = @import");

    private static readonly Sql Delete = new("ImportUploads.Delete", "DELETE FROM ImportUpload WHERE ImportId = @import");

    private static readonly Sql DeleteOld = new("ImportUploads.DeleteOld", "DELETE FROM ImportUpload WHERE ReceivedAt < @before");

    // An import is added when its file is complete. Pieces without one that no longer grow are from a killed process.
    private static readonly Sql DeleteIncomplete = new(
        "ImportUploads.DeleteIncomplete",
        """
        DELETE FROM ImportUpload
        WHERE ImportId NOT IN (SELECT ImportId FROM Import) AND ImportId NOT IN (SELECT ImportId FROM ImportUpload WHERE ReceivedAt BETWEEN @before AND @future)
        """);

    /// <summary>Deletes incomplete files of killed processes.</summary>
    public static Task DeleteIncompleteAsync(DbSession session, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteAsync(DeleteIncomplete, new { before = now - ImportStore.Patience, future = now + ImportStore.Patience }, cancellation);

    /// <summary>Stores a file. The import can be added afterwards.</summary>
    public static async Task WriteAsync(Database database, Guid import, Stream content, TimeProvider clock, CancellationToken cancellation)
    {
        var piece = new byte[PieceSize];
        for (var number = 0; ; number++)
        {
            var read = await content.ReadAtLeastAsync(piece, PieceSize, throwOnEndOfStream: false, cancellation);
            if (read == 0)
            {
                return;
            }

            await using var session = await database.OpenAsync(cancellation);
            await session.ExecuteAsync(
                Insert, new { import, number, content = read == PieceSize ? piece : piece[..read], now = clock.GetUtcNow() }, cancellation);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ImportFileException">The file is no longer stored.</exception>
    public static async Task CopyToAsync(Database database, Guid import, Stream target, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        var number = 0;
        while (await session.ScalarAsync<byte[]>(Select, new { import, number }, cancellation) is { } piece)
        {
            await target.WriteAsync(piece, cancellation);
            number++;
        }

        if (number == 0)
        {
            throw new ImportFileException("The file is no longer stored. Upload it again.");
        }
    }

    /// <summary>True while the file is stored.</summary>
    public static async Task<bool> ExistsAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        await session.ScalarAsync<int>(CountPieces, new { import }, cancellation) > 0;

    /// <summary>Deletes a file and its sample.</summary>
    public static async Task DeleteAsync(DbSession session, Guid import, CancellationToken cancellation)
    {
        await session.ExecuteAsync(Delete, new { import }, cancellation);
        await ImportSamples.DeleteAsync(session, import, cancellation);
    }

    /// <summary>Deletes files that were never planned, and discards their imports.</summary>
    public static async Task DeleteOldAsync(DbSession session, DateTimeOffset now, CancellationToken cancellation)
    {
        await session.ExecuteAsync(DeleteOld, new { before = now - RetentionPeriod }, cancellation);
        await ImportSamples.DeleteOldAsync(session, now - RetentionPeriod, cancellation);
        await ImportStore.DiscardOldAsync(session, now - RetentionPeriod, cancellation);
    }
}
