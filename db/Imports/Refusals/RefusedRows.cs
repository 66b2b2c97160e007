using CsvHelper;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Imports.Refusals;

/// <summary>
/// Writes refused rows, one file per source file: every original column, then file, line, field, value, reason and remedy. The file can be
/// corrected and imported again. It is created with the first row, so no file means nothing was refused.
/// </summary>
internal sealed class RefusedRows : IAsyncDisposable
{
    private readonly Dictionary<string, CsvWriter> _writers = [];
    private readonly HashSet<(string File, int Line)> _rows = [];
    private readonly HashSet<(string File, int Line)> _flawed = [];
    private readonly Func<SourceHeader, (string Source, string Path)> _fileOf;

    private RefusedRows(Func<SourceHeader, (string Source, string Path)> fileOf) => _fileOf = fileOf;

    /// <summary>The number of refused rows. A row with several errors counts once.</summary>
    public int Count => _rows.Count;

    /// <summary>The number of rows loaded without an unreadable value. They are in the file, too.</summary>
    public int Flawed => _flawed.Count(r => !_rows.Contains(r));

    /// <summary>The written files.</summary>
    public IReadOnlyList<string> Paths => [.. _writers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Starts over: deletes the files of an earlier import.</summary>
    /// <param name="sources">The files of the source.</param>
    /// <param name="folder">The destination; null to write next to each source file.</param>
    /// <exception cref="ImportFileException">The folder is not writable.</exception>
    public static RefusedRows Begin(IReadOnlyList<SourceFile> sources, string? folder)
    {
        var files = sources.ToDictionary(s => s.Header, s => (Source: Path.GetFileName(s.Path), Path: PathFor(s.Path, folder)));
        foreach (var (_, path) in files.Values)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw new ImportFileException($"The file '{path}' for refused rows can't be written: {fault.Message} Choose another folder.");
            }
        }

        return new RefusedRows(header => files[header]);
    }

    /// <summary>True for a corrected file of refused rows, which is only part of its source.</summary>
    public static bool IsCorrection(SourceHeader header) => RefusedFile.AddedTo(header) > 0;

    /// <summary>The file for the refused rows of a source file.</summary>
    public static string PathFor(string source, string? folder) =>
        Path.Combine(folder ?? Path.GetDirectoryName(Path.GetFullPath(source))!, $"{Path.GetFileName(source)}.refused.csv");

    public async Task AddAsync(RowFault fault)
    {
        var header = fault.Row.Header;
        // A row of a related file may be read more than once. Write each of its errors once.
        var writer = await WriterAsync(header);
        (fault.Loaded ? _flawed : _rows).Add((header.File, fault.Row.Line));
        for (var i = 0; i < header.Columns.Count; i++)
        {
            writer.WriteField(RefusedFile.Guarded(i < fault.Row.Cells.Count ? fault.Row.Cells[i] : ""));
        }

        foreach (var text in new[] { _fileOf(header).Source, fault.Row.Place, fault.Field, fault.Value, fault.Loaded ? $"{fault.Reason} The row was loaded without this value." : fault.Reason, fault.Remedy })
        {
            writer.WriteField(RefusedFile.Guarded(text));
        }

        await writer.EndRecordAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers.Values)
        {
            await writer.DisposeAsync();
        }
    }

    private async Task<CsvWriter> WriterAsync(SourceHeader header)
    {
        var (_, path) = _fileOf(header);
        if (_writers.TryGetValue(path, out var known))
        {
            return known;
        }

        CsvWriter writer;
        try
        {
            writer = CsvWriter.ToFile(path, new CsvWriterOptions(), FileOptions.None);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ImportFileException($"The file '{path}' for refused rows can't be written: {fault.Message} Choose another folder.");
        }

        _writers[path] = writer;
        foreach (var column in header.Columns.Concat(RefusedFile.Added).Select(RefusedFile.Guarded))
        {
            writer.WriteField(column);
        }

        await writer.EndRecordAsync(CancellationToken.None);
        return writer;
    }
}
