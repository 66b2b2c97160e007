using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Translations;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;

namespace HealthEquity.Store.Translations;

/// <summary>Finds out whether a draft changes nothing but translations.</summary>
public static class TranslationScope
{
    /// <summary>The languages whose translations a draft changes; null if it changes anything else, or the entry was never public.</summary>
    /// <param name="session">A session.</param>
    /// <param name="id">The entry.</param>
    /// <param name="revision">The draft's revision.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task<IReadOnlyList<string>?> ReadAsync(DbSession session, Guid id, int revision, CancellationToken cancellation)
    {
        var row = await EntryStore.ReadAsync(session, id, cancellation);
        if (row.PublishedRevision is not { } published)
        {
            return null;
        }

        var before = await EntryStore.ReadRevisionAsync(session, id, published, cancellation);
        var after = await EntryStore.ReadRevisionAsync(session, id, revision, cancellation);
        return TranslatableTexts.ChangedLanguages(EntryJson.Read(before.Body), EntryJson.Read(after.Body));
    }
}
