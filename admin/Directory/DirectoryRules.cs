using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Rules;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Vocabularies;

namespace HealthEquity.Admin.Directory;

/// <summary>Provides the current vocabularies and rules. Reloads them only when a term has changed.</summary>
public sealed class DirectoryRules(Database database, TimeProvider clock)
{
    private volatile Current _current = new(null, VocabularySet.Shipped, new EntryValidation(VocabularySet.Shipped, clock));

    /// <summary>Returns the current vocabularies.</summary>
    public async Task<VocabularySet> VocabulariesAsync(CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        var version = await VocabularyStore.VersionAsync(session, cancellation);
        if (_current.Version != version)
        {
            var vocabularies = await VocabularyStore.ReadAsync(session, cancellation);
            _current = new Current(version, vocabularies, new EntryValidation(vocabularies, clock));
        }

        return _current.Vocabularies;
    }

    /// <summary>Validates an entry with the most recently loaded vocabularies.</summary>
    public ValidationResult Validate(Entry entry) => _current.Validation.Validate(entry);

    private sealed record Current(DateTimeOffset? Version, VocabularySet Vocabularies, EntryValidation Validation);
}
