using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Publishing;

/// <summary>Retires all entries with a tag.</summary>
public sealed class TagRetirement(Publisher publisher)
{
    private static readonly Sql SelectTagged = new(
        "TagRetirement.Retire",
        """
        SELECT t.EntryId
        FROM EntryTerm AS t INNER JOIN Entry AS e ON e.EntryId = t.EntryId
        WHERE t.Vocabulary = @vocabulary AND t.Code = @tag AND e.Listing NOT IN ('retired', 'doNotList')
        ORDER BY t.EntryId
        """);

    /// <summary>Retires the entries in one transaction.</summary>
    /// <returns>The number of retired entries.</returns>
    public Task<int> RetireAsync(Database database, string tag, Actor actor, string reason, CancellationToken cancellation) =>
        database.TransactAsync(
            async session =>
            {
                await Publisher.AcquirePublishLockAsync(session, cancellation);
                var tagged = await session.QueryAsync<Guid>(SelectTagged, new { vocabulary = VocabularyNames.Tag, tag }, cancellation);
                foreach (var id in tagged)
                {
                    await publisher.WithdrawAsync(session, id, Listing.Retired, actor, reason, mergedInto: null, cancellation);
                }

                return tagged.Count;
            },
            cancellation);
}
