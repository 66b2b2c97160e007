using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Duplicates;

/// <summary>Entries that may all be the same, connected by possible duplicates.</summary>
/// <param name="Ids">The entries, those of the most likely pair first.</param>
/// <param name="Pairs">The pairs that need a decision, most likely first.</param>
public sealed record DuplicateGroup(IReadOnlyList<Guid> Ids, IReadOnlyList<ListedPair> Pairs)
{
    /// <summary>The maximum number of entries. A pair that would make a larger group is a group of its own.</summary>
    public const int MaxEntries = 40;

    /// <summary>True if one of the entries asked not to be listed. Such a pair is never part of a larger group: it is decided by itself.</summary>
    public bool HasUnlisted => Pairs.Any(p => p.HasUnlisted);

    /// <summary>One page of groups, most urgent first, and the number of groups.</summary>
    /// <param name="session">A session.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="offset">How many groups to skip.</param>
    /// <param name="limit">How many groups at most.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task<(IReadOnlyList<DuplicateGroup> Groups, int Count)> PageAsync(
        DbSession session, PairFilter filter, int offset, int limit, CancellationToken cancellation)
    {
        var links = await DuplicateStore.LinksAsync(session, filter, cancellation);
        var groups = Connect(links);
        var page = groups.Skip(offset).Take(limit).ToList();
        var pairs = (await DuplicateStore.ListAmongAsync(session, [.. page.SelectMany(g => g).SelectMany(p => new[] { p.FirstId, p.SecondId }).Distinct()], cancellation))
            .ToDictionary(p => (p.FirstId, p.SecondId));
        return ([.. page.Select(g => Of([.. g.Where(pairs.ContainsKey).Select(p => pairs[p])])).Where(g => g.Pairs.Count > 0)], groups.Count);
    }

    /// <summary>The pairs of each group, in the order of each group's first pair.</summary>
    /// <param name="links">All pairs, most urgent first.</param>
    internal static IReadOnlyList<IReadOnlyList<(Guid FirstId, Guid SecondId)>> Connect(IEnumerable<PairLink> links)
    {
        var groups = new List<List<(Guid, Guid)>?>();
        var members = new List<HashSet<Guid>>();
        var groupOf = new Dictionary<Guid, int>();
        foreach (var link in links)
        {
            var at = link.IsUnlisted ? null : new[] { link.FirstId, link.SecondId }.Where(groupOf.ContainsKey).Select(id => (int?)groupOf[id]).Distinct().Order().ToArray();
            var union = at?.SelectMany(g => members[g!.Value]).Append(link.FirstId).Append(link.SecondId).ToHashSet();
            if (at is not [var first, ..] || union!.Count > MaxEntries)
            {
                groups.Add([(link.FirstId, link.SecondId)]);
                members.Add([link.FirstId, link.SecondId]);
                if (at is { Length: 0 })
                {
                    (groupOf[link.FirstId], groupOf[link.SecondId]) = (groups.Count - 1, groups.Count - 1);
                }

                continue;
            }

            groups[first!.Value]!.Add((link.FirstId, link.SecondId));
            foreach (var other in at.Skip(1))
            {
                groups[first.Value]!.AddRange(groups[other!.Value]!);
                groups[other.Value] = null;
            }

            members[first.Value] = union;
            foreach (var id in union)
            {
                groupOf[id] = first.Value;
            }
        }

        return [.. groups.OfType<List<(Guid, Guid)>>()];
    }

    private static DuplicateGroup Of(IReadOnlyList<ListedPair> pairs)
    {
        ListedPair[] sorted = [.. pairs.OrderByDescending(p => p.Score)];
        return new DuplicateGroup([.. sorted.SelectMany(p => new[] { p.FirstId, p.SecondId }).Distinct()], sorted);
    }
}

/// <summary>Two entries that may be duplicates, without details.</summary>
internal sealed record PairLink
{
    public Guid FirstId { get; init; }

    public Guid SecondId { get; init; }

    /// <summary>True if one of the two asked not to be listed.</summary>
    public bool IsUnlisted { get; init; }
}
