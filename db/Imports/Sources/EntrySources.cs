using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Hsds.Reading;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Imports.Sources;

/// <summary>Opens sources.</summary>
public static class EntrySources
{
    /// <summary>Opens a source: files with a mapping, our own export, HSDS files, or a live HSDS API, which is downloaded first.</summary>
    /// <param name="request">What to import, and how.</param>
    /// <param name="validate">The validation rules.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="progress">Receives the number of items read from a live API and, if known, the total; can be null.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="ImportFileException">A file is missing, does not fit the mapping, or has an unknown format.</exception>
    public static async Task<IEntrySource> OpenAsync(
        ImportRequest request, Func<Entry, ValidationResult> validate, TimeProvider clock, Func<int, int?, Task>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (request.Mapping is { } mapping)
        {
            return SourceReader.Open(request, mapping, validate);
        }

        var hsds = request.IsAddress
            ? await HsdsApi.ReadAsync(request, firstPageOnly: false, clock, progress, cancellation)
            : HsdsContent.TryOpenAny(request.Path, request.Limits);
        return hsds is not null
            ? HsdsSource.Open(request, hsds, validate, clock)
            : ExportedSource.Open(request.Path, validate, request.Limits)
                ?? throw new ImportFileException($"'{request.Path}' is neither an export of this directory nor HSDS, so it needs a mapping. Choose one with --mapping.");
    }
}
