using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Exports;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Exports;

namespace HealthEquity.Admin.Directory;

/// <summary>
/// Sends entries as a file, read and written a batch at a time. The audit log is told before the first byte leaves: who took how many,
/// in which view, and by which filters; never what was typed into them, for that may be somebody's name.
/// </summary>
internal sealed class EntryExport(Database database, AuditLog audit, TimeProvider clock)
{
    private const int BufferSize = 32 * 1024;

    /// <summary>Sends the file.</summary>
    /// <param name="response">The answer, of which nothing has been sent.</param>
    /// <param name="ask">What is wanted.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task SendAsync(HttpResponse response, ExportRequest ask, Actor actor, CancellationToken cancellation)
    {
        var detail = string.Create(CultureInfo.InvariantCulture, $"{ask.Ids.Count} {ask.Format.Extension()} {ask.View}; {ask.FoundBy}");
        await database.TransactAsync(session => audit.AppendAsync(session, actor, "export", "directory", detail, cancellation), cancellation);
        response.ContentType = ask.Format.MediaType();
        response.Headers.ContentDisposition = string.Create(
            CultureInfo.InvariantCulture, $"attachment; filename=\"entries-{clock.GetUtcNow():yyyy-MM-dd}.{ask.Format.Extension()}\"");
        var body = new BufferedStream(response.Body, BufferSize);
        var entries = ask.View == ExportView.Public
            ? EditorialEntries.PublicOfAsync(database, ask.Ids, cancellation)
            : EditorialEntries.OfAsync(database, ask.Ids, cancellation);
        await ExportFile.WriteAsync(body, ask.Format, ask.View, ask.Kinds, entries, cancellation);
        await body.FlushAsync(cancellation);
    }
}

/// <summary>Which entries are to be exported, and how.</summary>
internal sealed record ExportRequest
{
    /// <summary>The file's form.</summary>
    public required ExportFormat Format { get; init; }

    /// <summary>What of the entries: what the public reads, or everything.</summary>
    public required ExportView View { get; init; }

    /// <summary>The kinds that may be among them, which decide the columns of rows.</summary>
    public required IReadOnlyCollection<EntryKind> Kinds { get; init; }

    /// <summary>The entries, in order.</summary>
    public required IReadOnlyList<Guid> Ids { get; init; }

    /// <summary>How they were found, for the audit log: "chosen", or the names of filters.</summary>
    public required string FoundBy { get; init; }
}
