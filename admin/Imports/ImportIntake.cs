using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Columns;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Sources;
using HealthEquity.Imports.Uploads;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Admin.Imports;

/// <summary>Accepts an upload: recognizes the format, stores the file in the database so that any node can plan it, and records the user.</summary>
public sealed class ImportIntake(Database database, AuditLog audit, TimeProvider clock, ImportLimits limits)
{
    private const int MaxAddressLength = 250;

    /// <summary>Accepts a file.</summary>
    /// <returns>The import's id.</returns>
    /// <exception cref="ImportFileException">The format is not supported. Nothing was stored.</exception>
    public async Task<Guid> TakeAsync(IFormFile file, Actor actor, CancellationToken cancellation)
    {
        using var folder = new ImportFolder(file.FileName);
        await using (var copy = File.Create(folder.FilePath))
        {
            await file.CopyToAsync(copy, cancellation);
        }

        var source = await RecognizeAsync(folder, cancellation);
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await using (var copy = File.OpenRead(folder.FilePath))
        {
            await ImportUploads.WriteAsync(database, id, copy, clock, cancellation);
        }

        await NoteAsync(id, Path.GetFileName(folder.FilePath), source, actor, now, cancellation);
        return id;
    }

    /// <summary>Accepts a live HSDS API. Planning the import reads all of it.</summary>
    /// <returns>The import's id.</returns>
    /// <exception cref="ImportFileException">The address is not valid, or the format is not supported. Nothing was stored.</exception>
    public async Task<Guid> TakeAsync(string address, Actor actor, CancellationToken cancellation)
    {
        var request = new ImportRequest { Path = address, Limits = limits.Source };
        if (!request.IsAddress || address.Length > MaxAddressLength)
        {
            throw new ImportFileException($"Enter an address that starts with https:// and has at most {MaxAddressLength} characters.");
        }

        var source = await SourceRecognition.RecognizeAsync(request, saved: null, clock, cancellation);
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await NoteAsync(id, address, source, actor, now, cancellation);
        return id;
    }

    private Task NoteAsync(Guid id, string name, RecognizedSource source, Actor actor, DateTimeOffset now, CancellationToken cancellation) => database.TransactAsync(
        async session =>
        {
            await ImportStore.AddAsync(session, id, name, actor, now, cancellation);
            await ImportSamples.AddAsync(session, id, source, cancellation);
            await audit.AppendAsync(session, actor, "uploadImport", $"import:{id}", name, cancellation);
        },
        cancellation);

    private async Task<RecognizedSource> RecognizeAsync(ImportFolder folder, CancellationToken cancellation)
    {
        try
        {
            await using var session = await database.OpenAsync(cancellation);
            var saved = await SavedMappings.ListAsync(session, cancellation);
            return SourceRecognition.Recognize(folder.Open(limits.Source), limits.Source, saved);
        }
        catch (ImportFileException refused)
        {
            throw new ImportFileException(folder.Plain(refused.Message));
        }
    }
}
