using System.Text.Json.Nodes;

namespace HealthEquity.Directory.Comparison;

/// <summary>Three versions of one list, aligned so that each row holds the same item.</summary>
internal sealed class MergedLists
{
    private readonly List<(int? Original, int? Mine, int? Theirs)> _places = [];

    public MergedLists(JsonArray original, JsonArray mine, JsonArray theirs)
    {
        var (my, their) = (ListMatching.Partners(original, mine), ListMatching.Partners(original, theirs));
        foreach (var place in Enumerable.Range(0, original.Count))
        {
            _places.Add((place, PlaceOf(my, place), PlaceOf(their, place)));
        }

        // Items added on both sides are the same only if they have the same identifier.
        int[] added = [.. Enumerable.Range(0, mine.Count).Where(i => my[i] is null)];
        int[] alsoAdded = [.. Enumerable.Range(0, theirs.Count).Where(i => their[i] is null)];
        var same = ListMatching.Partners(Items(mine, added), Items(theirs, alsoAdded), descends: false);
        _places.AddRange(added.Select((place, i) => ((int?)null, (int?)place, PlaceOf(same, i) is { } at ? alsoAdded[at] : (int?)null)));
        _places.AddRange(alsoAdded.Where((_, i) => same[i] is null).Select(place => ((int?)null, (int?)null, (int?)place)));
        Rows = [.. _places.Select(p => (At(original, p.Original), At(mine, p.Mine), At(theirs, p.Theirs)))];
    }

    /// <summary>Each item in the three lists; null where a list does not have it.</summary>
    public IReadOnlyList<(JsonNode? Original, JsonNode? Mine, JsonNode? Theirs)> Rows { get; }

    /// <summary>The rows that both versions still have, in the original order.</summary>
    public IReadOnlyList<int> OriginalOrder => [.. Shared.Where(r => _places[r].Original is not null).OrderBy(r => _places[r].Original)];

    /// <summary>The rows that both versions have, in my order.</summary>
    public IReadOnlyList<int> MyOrder => [.. Shared.OrderBy(r => _places[r].Mine)];

    /// <summary>The rows that both versions have, in their order.</summary>
    public IReadOnlyList<int> TheirOrder => [.. Shared.OrderBy(r => _places[r].Theirs)];

    /// <summary>True if the two versions order the same items differently.</summary>
    public bool OrdersDiffer => !MyOrder.SequenceEqual(TheirOrder);

    /// <summary>True if I reordered items; otherwise only they did.</summary>
    public bool IsMyOrderNew => !MyOrder.Where(r => _places[r].Original is not null).SequenceEqual(OriginalOrder);

    /// <summary>All rows in their order, with the rows only I have inserted.</summary>
    public IReadOnlyList<int> Order => OrderBy(Take.Theirs);

    private IEnumerable<int> Shared => Enumerable.Range(0, _places.Count).Where(r => _places[r] is { Mine: not null, Theirs: not null });

    /// <summary>All rows in the order of one version. A row that only the other has keeps its place after the same predecessor.</summary>
    public IReadOnlyList<int> OrderBy(Take leader)
    {
        var (mine, theirs) = (RowsBy(p => p.Mine), RowsBy(p => p.Theirs));
        var (order, other) = leader == Take.Mine ? (mine, theirs) : (theirs, mine);
        var at = 0;
        foreach (var row in other)
        {
            if (order.IndexOf(row) is >= 0 and var place)
            {
                at = place + 1;
            }
            else
            {
                order.Insert(at++, row);
            }
        }

        return order;
    }

    /// <summary>What identifies a row.</summary>
    public string NameOf(int row) => ListMatching.NameOf(Rows[row].Theirs ?? Rows[row].Mine ?? Rows[row].Original) ?? $"no. {row + 1}";

    private List<int> RowsBy(Func<(int? Original, int? Mine, int? Theirs), int?> place) =>
        [.. Enumerable.Range(0, _places.Count).Where(r => place(_places[r]) is not null).OrderBy(r => place(_places[r]))];

    private static int? PlaceOf(int?[] partners, int place) => Array.IndexOf(partners, place) is >= 0 and var found ? found : null;

    private static JsonNode? At(JsonArray list, int? place) => place is { } at ? list[at] : null;

    private static JsonArray Items(JsonArray list, int[] places) => [.. places.Select(p => list[p]?.DeepClone())];
}
