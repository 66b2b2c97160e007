using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Traits;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;

namespace HealthEquity.Store.Publishing;

/// <summary>The result of a check before publication.</summary>
/// <param name="WhyNot">The reason why the revision can't be published; null if it can.</param>
/// <param name="IsOwn">The actor edited the draft.</param>
internal sealed record PublicationCheck(string? WhyNot, bool IsOwn);

/// <summary>Reads the data for <see cref="ListingRules"/>, for any number of entries with the same few statements.</summary>
internal static class PublicationChecks
{
    // The author's first unpublished revision.
    private static readonly Sql SelectOwn = new(
        "PublicationChecks.Check",
        """
        SELECT r.EntryId, MIN(r.Number) AS Number
        FROM Revision AS r INNER JOIN Entry AS e ON e.EntryId = r.EntryId
        WHERE r.EntryId IN @ids AND r.Author = @author AND r.Number > COALESCE(e.PublishedRevision, 0)
        GROUP BY r.EntryId
        """);

    /// <summary>Checks revisions before publication. The results are in the same order.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="requests">The revisions to publish.</param>
    /// <param name="actor">Who publishes.</param>
    /// <param name="fourEyes">Whether two-person review is on.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task<IReadOnlyList<PublicationCheck>> CheckAsync(
        DbSession session, IReadOnlyList<PublicationRequest> requests, Actor actor, bool fourEyes, CancellationToken cancellation)
    {
        var own = await OwnAsync(session, requests, actor, cancellation);
        var matches = await DoNotListMatches.FindAsync(session, [.. requests.Select(r => (r.Entry.EntryId, r.Text))], cancellation);
        var checks = new List<PublicationCheck>(requests.Count);
        foreach (var request in requests)
        {
            var id = request.Entry.EntryId;
            var isOwn = own.TryGetValue(id, out var first) && first <= request.Revision;
            var found = await NotYetPublicAsync(session, request.Entry, [.. matches[id]], cancellation);
            checks.Add(new PublicationCheck(ListingRules.WhyNotPublished(request with { IsOwn = isOwn && fourEyes, Matches = found }), isOwn));
        }

        return checks;
    }

    private static async Task<IReadOnlyDictionary<Guid, int>> OwnAsync(
        DbSession session, IReadOnlyList<PublicationRequest> requests, Actor actor, CancellationToken cancellation) =>
        // Programs are exempt: the check is made for the person who started them.
        actor.CuratorId is null
            ? new Dictionary<Guid, int>()
            : (await session.QueryAsync<(Guid EntryId, int Number)>(
                SelectOwn, new { ids = DbSession.Ids(requests.Select(r => r.Entry.EntryId)), author = actor.Code }, cancellation)).ToDictionary(r => r.EntryId, r => r.Number);

    /// <summary>Ignores matches that are already public: refusing a correction would not remove them.</summary>
    private static async Task<IReadOnlyList<DoNotListMatch>> NotYetPublicAsync(
        DbSession session, EntryRow entry, IReadOnlyList<DoNotListMatch> matches, CancellationToken cancellation)
    {
        if (matches.Count == 0 || entry is not { Listing: Listing.Published, PublishedRevision: { } published })
        {
            return matches;
        }

        var text = await EntryStore.ReadRevisionAsync(session, entry.EntryId, published, cancellation);
        var seen = EntryKeys.Of(EntryJson.Read(text.Body)).ToHashSet();
        return [.. matches.Where(m => !seen.Contains((m.Type, m.Value)))];
    }
}
