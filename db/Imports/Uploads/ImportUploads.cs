using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Records;
using HealthEquity.Store.Databases;

namespace HealthEquity.Imports.Uploads;

/// <summary>
/// Keeps the files that wait to be imported in the database, so that whichever node of the console works on one has it. A file goes
/// in and comes out in pieces of <see cref="PieceSize"/>, each in a statement of its own: no size of file costs memory, and nobody
/// waits for a lock while one arrives. It is deleted once it has been planned, discarded, or has lain for a day.
/// </summary>
public static class ImportUploads
{
    /// <summary>Bytes of a file in one row.</summary>
    public const int PieceSize = 1024 * 1024;

    /// <summary>What nobody has planned for so long is deleted.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private static readonly Sql Insert = new(
        "ImportUploads.Write", "INSERT INTO ImportUpload (ImportId, Number, Content, ReceivedAt) VALUES (@import, @number, @content, @now)");

    private static readonly Sql Select = new("ImportUploads.CopyTo", "SELECT Content FROM ImportUpload WHERE ImportId = @import AND Number = @number");

    private static readonly Sql CountPieces = new("ImportUploads.Exists", "SELECT COUNT(*) FROM ImportUpload WHERE ImportId = @import");

    private static readonly Sql Delete = new("ImportUploads.Delete", "DELETE FROM ImportUpload WHERE ImportId = @import");

    private static readonly Sql DeleteOld = new("ImportUploads.DeleteOld", "DELETE FROM ImportUpload WHERE ReceivedAt < @before");

    // An import is noted when its file is complete. Pieces without one are from a process that was killed, once no more of them come.
    private static readonly Sql DeleteTorn = new(
        "ImportUploads.DeleteTorn",
        """
        DELETE FROM ImportUpload
        WHERE ImportId NOT IN (SELECT ImportId FROM Import) AND ImportId NOT IN (SELECT ImportId FROM ImportUpload WHERE ReceivedAt >= @before)
        """);

    /// <summary>Deletes what a process that was killed had received of a file.</summary>
    public static Task DeleteTornAsync(DbSession session, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteAsync(DeleteTorn, new { before = now - ImportStore.Patience }, cancellation);

    /// <summary>Takes a file in. The import may be noted afterwards.</summary>
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

    /// <summary>Gives a file out.</summary>
    /// <exception cref="ImportFileException">It is not there any more.</exception>
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
            throw new ImportFileException("The file is not kept any more: upload it again.");
        }
    }

    /// <summary>True while the file is kept.</summary>
    public static async Task<bool> ExistsAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        await session.ScalarAsync<int>(CountPieces, new { import }, cancellation) > 0;

    /// <summary>Lets go of a file and of what it was recognized as.</summary>
    public static async Task DeleteAsync(DbSession session, Guid import, CancellationToken cancellation)
    {
        await session.ExecuteAsync(Delete, new { import }, cancellation);
        await ImportSamples.DeleteAsync(session, import, cancellation);
    }

    /// <summary>Lets go of files that nobody has planned since, and gives their imports up.</summary>
    public static async Task DeleteOldAsync(DbSession session, DateTimeOffset now, CancellationToken cancellation)
    {
        await session.ExecuteAsync(DeleteOld, new { before = now - Kept }, cancellation);
        await ImportSamples.DeleteOldAsync(session, now - Kept, cancellation);
        await ImportStore.DiscardOldAsync(session, now - Kept, cancellation);
    }
}
