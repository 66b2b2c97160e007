using System.Text.Json.Nodes;

namespace HealthEquity.Directory.Comparison;

/// <summary>Three versions of one list, with what is the same thing in one row.</summary>
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

        // What both have added is the same thing only where it is known by the same.
        int[] added = [.. Enumerable.Range(0, mine.Count).Where(i => my[i] is null)];
        int[] alsoAdded = [.. Enumerable.Range(0, theirs.Count).Where(i => their[i] is null)];
        var same = ListMatching.Partners(Items(mine, added), Items(theirs, alsoAdded), descends: false);
        _places.AddRange(added.Select((place, i) => ((int?)null, (int?)place, PlaceOf(same, i) is { } at ? alsoAdded[at] : (int?)null)));
        _places.AddRange(alsoAdded.Where((_, i) => same[i] is null).Select(place => ((int?)null, (int?)null, (int?)place)));
        Rows = [.. _places.Select(p => (At(original, p.Original), At(mine, p.Mine), At(theirs, p.Theirs)))];
    }

    /// <summary>Each thing as the three lists have it; null where a list has it not.</summary>
    public IReadOnlyList<(JsonNode? Original, JsonNode? Mine, JsonNode? Theirs)> Rows { get; }

    /// <summary>Rows in the order in which both began, of those that both still have.</summary>
    public IReadOnlyList<int> OriginalOrder => [.. Shared.Where(r => _places[r].Original is not null).OrderBy(r => _places[r].Original)];

    /// <summary>The rows that both have, in my order.</summary>
    public IReadOnlyList<int> MyOrder => [.. Shared.OrderBy(r => _places[r].Mine)];

    /// <summary>The rows that both have, in their order.</summary>
    public IReadOnlyList<int> TheirOrder => [.. Shared.OrderBy(r => _places[r].Theirs)];

    /// <summary>The two have put the same things into different orders.</summary>
    public bool OrdersDiffer => !MyOrder.SequenceEqual(TheirOrder);

    /// <summary>I have moved things; otherwise it was they alone.</summary>
    public bool IsMyOrderNew => !MyOrder.Where(r => _places[r].Original is not null).SequenceEqual(OriginalOrder);

    /// <summary>All rows in their order, mine where they have not got them.</summary>
    public IReadOnlyList<int> Order => OrderBy(Take.Theirs);

    private IEnumerable<int> Shared => Enumerable.Range(0, _places.Count).Where(r => _places[r] is { Mine: not null, Theirs: not null });

    /// <summary>All rows in the order of one of the two; what only the other has comes after what it comes after there.</summary>
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

    /// <summary>What a row is known by.</summary>
    public string NameOf(int row) => ListMatching.NameOf(Rows[row].Theirs ?? Rows[row].Mine ?? Rows[row].Original) ?? $"no. {row + 1}";

    private List<int> RowsBy(Func<(int? Original, int? Mine, int? Theirs), int?> place) =>
        [.. Enumerable.Range(0, _places.Count).Where(r => place(_places[r]) is not null).OrderBy(r => place(_places[r]))];

    private static int? PlaceOf(int?[] partners, int place) => Array.IndexOf(partners, place) is >= 0 and var found ? found : null;

    private static JsonNode? At(JsonArray list, int? place) => place is { } at ? list[at] : null;

    private static JsonArray Items(JsonArray list, int[] places) => [.. places.Select(p => list[p]?.DeepClone())];
}
