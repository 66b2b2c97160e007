using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Exports;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Exports;

namespace HealthEquity.Admin.Directory;

/// <summary>
/// Streams entries as a file. Before the first byte is sent, the audit log records the user, the number of entries, the view, and the
/// names of the filters. It never records filter values, because they can contain a person's name.
/// </summary>
internal sealed class EntryExport(Database database, AuditLog audit, TimeProvider clock)
{
    private const int BufferSize = 32 * 1024;

    /// <summary>Sends the file.</summary>
    /// <param name="response">The response, not started yet.</param>
    /// <param name="request">What to export.</param>
    /// <param name="actor">The user who exports.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task SendAsync(HttpResponse response, ExportRequest request, Actor actor, CancellationToken cancellation)
    {
        var detail = string.Create(CultureInfo.InvariantCulture, $"{request.Ids.Count} {request.Format.Extension()} {request.View}; {request.FoundBy}");
        await database.TransactAsync(session => audit.AppendAsync(session, actor, "export", "directory", detail, cancellation), cancellation);
        response.ContentType = request.Format.MediaType();
        response.Headers.ContentDisposition = string.Create(
            CultureInfo.InvariantCulture, $"attachment; filename=\"entries-{clock.GetUtcNow():yyyy-MM-dd}.{request.Format.Extension()}\"");
        var body = new BufferedStream(response.Body, BufferSize);
        var entries = request.View == ExportView.Public
            ? EditorialEntries.PublicOfAsync(database, request.Ids, cancellation)
            : EditorialEntries.OfAsync(database, request.Ids, cancellation);
        await ExportFile.WriteAsync(body, request.Format, request.View, request.Kinds, entries, cancellation);
        await body.FlushAsync(cancellation);
    }
}

/// <summary>The entries to export, and the format.</summary>
internal sealed record ExportRequest
{
    /// <summary>The file format.</summary>
    public required ExportFormat Format { get; init; }

    /// <summary>Public content only, or everything.</summary>
    public required ExportView View { get; init; }

    /// <summary>The possible kinds of entry. They determine the columns.</summary>
    public required IReadOnlyCollection<EntryKind> Kinds { get; init; }

    /// <summary>The entries, in order.</summary>
    public required IReadOnlyList<Guid> Ids { get; init; }

    /// <summary>How the entries were found, for the audit log: "chosen", or the names of the filters.</summary>
    public required string FoundBy { get; init; }
}
