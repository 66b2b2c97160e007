using HealthEquity.Directory.Adoptions;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;

namespace HealthEquity.Admin.Directory;

/// <summary>A policy action with the text of its latest revision, draft or not.</summary>
/// <param name="Row">The entry.</param>
/// <param name="Action">The text, with the entry's id and slug.</param>
public sealed record PolicyDraft(EntryRow Row, PolicyAction Action)
{
    /// <summary>Whether the text differs from what the public sees.</summary>
    public bool IsDraft => Row.LatestRevision != Row.PublishedRevision;

    /// <summary>The adoptions of a place, with their positions in the action.</summary>
    public IEnumerable<(int At, Adoption Adoption)> Of(string place) =>
        Action.Adoptions.Index().Where(a => PolicyPlace.SlugOf(a.Item.Jurisdiction) == place).Select(a => (a.Index, a.Item));
}

/// <summary>Reads all policy actions, drafts included. A revision never changes, so each is parsed only once.</summary>
public sealed class PolicyDrafts
{
    private const int MaxActions = 2_000;

    private volatile IReadOnlyDictionary<Guid, (int Revision, PolicyAction Action)> _known = new Dictionary<Guid, (int, PolicyAction)>();

    /// <summary>Returns all policy actions by name, without those that are retired or asked not to be listed.</summary>
    public async Task<IReadOnlyList<PolicyDraft>> ReadAsync(DbSession session, CancellationToken cancellation)
    {
        var rows = (await EntryFinder.FindAsync(session, new EntryFilter { Kind = EntryKind.PolicyAction }, EntrySort.Name, 0, MaxActions, cancellation))
            .Where(r => r.Listing is not (Listing.Retired or Listing.DoNotList)).ToList();
        var known = _known;
        var unknown = rows.Where(r => !known.TryGetValue(r.EntryId, out var parsed) || parsed.Revision != r.LatestRevision).Select(r => r.EntryId).ToList();
        var read = unknown.Count == 0 ? new Dictionary<Guid, Entry>() : await EntryContents.ReadAsync(session, unknown, cancellation);
        var all = new List<PolicyDraft>(rows.Count);
        foreach (var row in rows)
        {
            var action = read.TryGetValue(row.EntryId, out var text) ? (PolicyAction)text : known[row.EntryId].Action;
            all.Add(new PolicyDraft(row, action with { Id = row.EntryId, Slug = row.Slug }));
        }

        if (unknown.Count > 0 || known.Count != rows.Count)
        {
            _known = all.ToDictionary(d => d.Row.EntryId, d => (d.Row.LatestRevision, d.Action));
        }

        return all;
    }
}
