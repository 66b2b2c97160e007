using FluentValidation.Results;
using HealthEquity.Db.Entries;

namespace HealthEquity.Db.Imports;

/// <summary>Opens what an import names.</summary>
public static class EntrySources
{
    /// <summary>Opens a source.</summary>
    /// <param name="request">What to import, and how.</param>
    /// <param name="validate">The rules that an entry must keep.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ImportFileException">A file is missing, or is not what the mapping reads.</exception>
    public static Task<IEntrySource> OpenAsync(ImportRequest request, Func<Entry, ValidationResult> validate, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult<IEntrySource>(request.Mapping is { } mapping
            ? SourceReader.Open(request, mapping, validate)
            : ExportedSource.Open(request.Path, validate, request.Limits)
                ?? throw new ImportFileException($"'{request.Path}' is no export of this directory, so it needs a mapping: name one with --mapping."));
    }
}
