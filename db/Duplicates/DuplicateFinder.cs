using HealthEquity.Db.Entries;

namespace HealthEquity.Db.Duplicates;

/// <summary>Finds the pairs among many entries: only those that share something are compared at all.</summary>
public static class DuplicateFinder
{
    /// <summary>A value that more entries share than this (a switchboard, a portal) brings nobody together by itself.</summary>
    private const int LargestBlock = 40;

    private static readonly string[] BlockingTypes =
        [EntryKeys.Npi, EntryKeys.Licence, EntryKeys.Bar, EntryKeys.Ein, EntryKeys.Email, EntryKeys.Phone, EntryKeys.Host, EntryKeys.Name, EntryKeys.Address];

    /// <summary>Pairs at or over the threshold, likeliest first.</summary>
    public static IReadOnlyList<DuplicatePair> Find(IReadOnlyCollection<DuplicateTraits> entries, double threshold = DuplicateScorer.Threshold)
    {
        var blocks = entries
            .SelectMany(entry => BlockingTypes.SelectMany(type => entry.Keys[type].Select(value => (Key: (entry.Kind, type, value), entry)))
                .Concat(Nearby(entry).Select(value => (Key: (entry.Kind, "nearby", value), entry))))
            .GroupBy(b => b.Key, b => b.entry);
        var seen = new HashSet<(Guid, Guid)>();
        var found = new List<DuplicatePair>();
        foreach (var block in blocks)
        {
            var members = block.DistinctBy(m => m.Id).Take(LargestBlock + 1).ToList();
            if (members.Count is < 2 or > LargestBlock)
            {
                continue;
            }

            for (var i = 0; i < members.Count; i++)
            {
                for (var j = i + 1; j < members.Count; j++)
                {
                    var (first, second) = members[i].Id.CompareTo(members[j].Id) < 0 ? (members[i], members[j]) : (members[j], members[i]);
                    if (seen.Add((first.Id, second.Id)) && DuplicateScorer.Score(first, second) is var pair && pair.Probability >= threshold)
                    {
                        found.Add(pair);
                    }
                }
            }
        }

        return [.. found.OrderByDescending(p => p.Probability).ThenBy(p => p.First.Id).ThenBy(p => p.Second.Id)];
    }

    /// <summary>The first letters of the name's longest word at the ZIP code: meets misspelt names and moved suites.</summary>
    private static IEnumerable<string> Nearby(DuplicateTraits entry) =>
        from name in entry.Keys[EntryKeys.Name]
        let word = name.Split(' ').MaxBy(w => w.Length)!
        from address in entry.Keys[EntryKeys.Address]
        select $"{word[..Math.Min(4, word.Length)]}|{address[^5..]}";
}
