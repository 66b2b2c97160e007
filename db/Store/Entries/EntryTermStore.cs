using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Traits;
using HealthEquity.Directory.Translations;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Entries;

/// <summary>Writes the terms of entries: vocabulary codes, places, what is empty, and the languages in which texts are complete or outdated.</summary>
public static class EntryTermStore
{
    private const int BatchSize = 500;

    private static readonly Sql Delete = new("EntryTermStore.Replace", "DELETE FROM EntryTerm WHERE EntryId = @id");

    private static readonly Sql DeleteTranslations = new(
        "EntryTermStore.RenewTranslations",
        "DELETE FROM EntryTerm WHERE EntryId = @id AND Vocabulary IN ('translation', 'writtenIn', 'staleTranslation')");

    private static readonly Sql SelectStale = new(
        "EntryTermStore.Stale", "SELECT Code FROM EntryTerm WHERE EntryId = @id AND Vocabulary = 'staleTranslation'");

    // One statement per batch: an entry has about thirty terms, and one statement for each would dominate the time of an import.
    private static readonly Sql Insert = new(
        "EntryTermStore.Add",
        sqlServer:
        """
        INSERT INTO EntryTerm (EntryId, Vocabulary, Code)
        SELECT EntryId, Vocabulary, Code FROM OPENJSON(@rows) WITH (EntryId uniqueidentifier '$[0]', Vocabulary varchar(60) '$[1]', Code nvarchar(4000) '$[2]')
        """,
        sqlite: "INSERT INTO EntryTerm (EntryId, Vocabulary, Code) SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(@rows)");

    private static readonly Sql SelectUncounted = new(
        "EntryTermStore.Complete",
        sqlServer:
        """
        SELECT TOP (@limit) e.EntryId FROM Entry e
        WHERE NOT EXISTS (SELECT 1 FROM EntryTerm t WHERE t.EntryId = e.EntryId AND t.Vocabulary = 'writtenIn') ORDER BY e.EntryId
        """,
        sqlite:
        """
        SELECT e.EntryId FROM Entry e
        WHERE NOT EXISTS (SELECT 1 FROM EntryTerm t WHERE t.EntryId = e.EntryId AND t.Vocabulary = 'writtenIn') ORDER BY e.EntryId LIMIT @limit
        """);

    /// <summary>
    /// Adds the terms of translations to entries that an earlier version has saved. Each batch is a transaction of its own; what is left is
    /// done at the next start.
    /// </summary>
    public static async Task CompleteAsync(Database database, CancellationToken cancellation)
    {
        var done = 0;
        var seen = new HashSet<Guid>();
        do
        {
            done = await database.TransactAsync(
                async session =>
                {
                    var ids = (await session.QueryAsync<Guid>(SelectUncounted, new { limit = BatchSize }, cancellation)).Where(seen.Add).ToList();
                    foreach (var id in ids)
                    {
                        await RenewTranslationsAsync(session, id, cancellation);
                    }

                    return ids.Count;
                },
                cancellation);
        }
        while (done > 0);
    }

    /// <summary>Adds the terms of new entries.</summary>
    internal static Task AddAsync(DbSession session, IReadOnlyList<(Guid Id, Entry Entry)> entries, CancellationToken cancellation) =>
        AddAsync(session, entries.SelectMany(e => Of(e.Entry, new HashSet<string>()).Select(t => (e.Id, t.Vocabulary, t.Code))), cancellation);

    /// <summary>Replaces the terms of an entry with those of a new revision, before that revision is saved.</summary>
    internal static async Task ReplaceAsync(DbSession session, Revision revision, Entry entry, CancellationToken cancellation)
    {
        var id = revision.EntryId;
        var stale = await StaleAsync(session, revision, entry, cancellation);
        await session.ExecuteAsync(Delete, new { id }, cancellation);
        await AddAsync(session, Of(entry, stale).Select(t => (id, t.Vocabulary, t.Code)), cancellation);
    }

    /// <summary>Rewrites the terms of an entry's translations, such as after somebody has read them again.</summary>
    internal static async Task RenewTranslationsAsync(DbSession session, Guid id, CancellationToken cancellation)
    {
        var row = await EntryStore.ReadAsync(session, id, cancellation);
        var entry = EntryJson.Read((await EntryStore.ReadRevisionAsync(session, id, row.LatestRevision, cancellation)).Body);
        var stale = entry.Translations.Count == 0 ? [] : await OutdatedAsync(session, id, entry, cancellation);
        await session.ExecuteAsync(DeleteTranslations, new { id }, cancellation);
        await AddAsync(session, Distinct(TranslationTerms.Of(entry, stale)).Select(t => (id, t.Vocabulary, t.Code)), cancellation);
    }

    /// <summary>
    /// The languages with an outdated text. Revisions are read only if a translation was outdated before, because then it matters which of
    /// its texts were updated since.
    /// </summary>
    private static async Task<IReadOnlySet<string>> StaleAsync(DbSession session, Revision revision, Entry entry, CancellationToken cancellation)
    {
        if (entry.Translations.Count == 0)
        {
            return new HashSet<string>();
        }

        var stale = await session.QueryAsync<string>(SelectStale, new { id = revision.EntryId }, cancellation);
        if (stale.Count > 0)
        {
            return await OutdatedAsync(session, revision.EntryId, entry, cancellation);
        }

        var before = await EntryStore.ReadRevisionAsync(session, revision.EntryId, revision.Number - 1, cancellation);
        return StaleTranslations.Of(EntryJson.Read(before.Body), stale, entry).ToHashSet(StringComparer.Ordinal);
    }

    private static async Task<HashSet<string>> OutdatedAsync(DbSession session, Guid id, Entry entry, CancellationToken cancellation) =>
        (await TranslationHistory.OutdatedAsync(session, id, entry, cancellation)).Select(t => t.Key).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<(string Vocabulary, string Code)> Of(Entry entry, IReadOnlySet<string> stale) => Distinct(
        EntryTerms.Of(entry).Concat(EntryPlaces.Of(entry)).Concat(EntryGaps.Of(entry)).Concat(TranslationTerms.Of(entry, stale)));

    private static IEnumerable<(string Vocabulary, string Code)> Distinct(IEnumerable<(string Vocabulary, string Code)> terms) =>
        terms.DistinctBy(c => (c.Vocabulary, c.Code.ToUpperInvariant()));

    private static Task AddAsync(DbSession session, IEnumerable<(Guid Id, string Vocabulary, string Code)> rows, CancellationToken cancellation) =>
        session.ExecuteAsync(Insert, new { rows = JsonSerializer.Serialize(rows.Select(r => new object[] { r.Id, r.Vocabulary, r.Code })) }, cancellation);
}
