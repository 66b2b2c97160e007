using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Hsds.Reading;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Imports.Sources;

/// <summary>Opens what an import names.</summary>
public static class EntrySources
{
    /// <summary>Opens a source: a mapping's files, an export of ours, HSDS in files, or a live HSDS API, which is read whole first.</summary>
    /// <param name="request">What to import, and how.</param>
    /// <param name="validate">The rules that an entry must keep.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="alive">Is told now and then how many items of a live API have come, and of how many where it says that; null for nobody.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="ImportFileException">A file is missing, is not what the mapping reads, or is of no known form.</exception>
    public static async Task<IEntrySource> OpenAsync(
        ImportRequest request, Func<Entry, ValidationResult> validate, TimeProvider clock, Func<int, int?, Task>? alive, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (request.Mapping is { } mapping)
        {
            return SourceReader.Open(request, mapping, validate);
        }

        var hsds = request.IsAddress
            ? await HsdsApi.ReadAsync(request, few: false, clock, alive, cancellation)
            : HsdsContent.TryOpenAny(request.Path, request.Limits);
        return hsds is not null
            ? HsdsSource.Open(request, hsds, validate, clock)
            : ExportedSource.Open(request.Path, validate, request.Limits)
                ?? throw new ImportFileException($"'{request.Path}' is neither an export of this directory nor HSDS, so it needs a mapping: name one with --mapping.");
    }
}
