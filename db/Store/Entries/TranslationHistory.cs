using HealthEquity.Directory.Comparison;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Entries;

/// <summary>Finds out from an entry's revisions which of its translated texts are outdated.</summary>
public static class TranslationHistory
{
    /// <summary>The paths of the texts that were changed after they were translated, by language.</summary>
    /// <param name="session">A session.</param>
    /// <param name="id">The entry's id.</param>
    /// <param name="now">The entry as it is being edited or shown.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task<ILookup<string, string>> OutdatedAsync(DbSession session, Guid id, Entry now, CancellationToken cancellation)
    {
        var revisions = await EntryStore.ListRevisionsAsync(session, id, cancellation);
        return StaleTranslations.Over(revisions.Reverse().Select(r => EntryJson.Read(r.Body)).Append(now));
    }
}
