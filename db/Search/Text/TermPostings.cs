using System.Runtime.InteropServices;
using HealthEquity.Search.Columns;

namespace HealthEquity.Search.Text;

/// <summary>The entries with a term, and its weight in each. Append-only, like every column.</summary>
/// <param name="term">The term.</param>
/// <param name="number">The term's number in its index; numbers are dense.</param>
internal sealed class TermPostings(string term, int number)
{
    /// <summary>The maximum weight of a term in an entry.</summary>
    public const int MaxWeight = 127;

    private const uint NameFlag = 128;
    private const int WeightBits = 8;

    private uint[] _items = [];
    private int _count;
    private Marks _marks = Marks.None;

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static TermPostings Load(ColumnReader file, string term, int number)
    {
        var items = file.ReadAll<uint>();
        return new TermPostings(term, number) { _items = items, _count = items.Length };
    }

    /// <summary>The term.</summary>
    public string Term { get; } = term;

    /// <summary>The term's number in its index.</summary>
    public int Number { get; } = number;

    /// <summary>The number of entries with it, including replaced ones.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>One item per entry, ascending. Decode it with <see cref="Ordinal"/>, <see cref="Weight"/> and <see cref="InName"/>.</summary>
    public ReadOnlySpan<uint> Items
    {
        get
        {
            var count = Volatile.Read(ref _count);
            return Volatile.Read(ref _items).AsSpan(0, count);
        }
    }

    /// <summary>The ordinal of the entry.</summary>
    public static int Ordinal(uint item) => (int)(item >> WeightBits);

    /// <summary>The smallest possible item of an entry.</summary>
    public static uint First(int ordinal) => (uint)ordinal << WeightBits;

    /// <summary>The weight of the term in the entry, 1 to 127.</summary>
    public static uint Weight(uint item) => item & MaxWeight;

    /// <summary>True if the term is in the entry's name.</summary>
    public static bool InName(uint item) => (item & NameFlag) != 0;

    /// <summary>Adds the entries with it to the target, up to its length. Made for terms that very many have.</summary>
    public void OrInto(Span<ulong> target)
    {
        var items = Items;
        var marks = Volatile.Read(ref _marks);
        if (marks.Count < items.Length)
        {
            var words = new ulong[Bitmap.Words(Ordinal(items[^1]) + 1)];
            marks.Words.CopyTo(words, 0);
            foreach (var item in items[marks.Count..])
            {
                Bitmap.Set(words, Ordinal(item));
            }

            marks = new Marks(words, items.Length);
            Volatile.Write(ref _marks, marks);
        }

        Bitmap.Or(target, marks.Words);
    }

    /// <summary>Writes the term and its live entries; nothing without any.</summary>
    public void Save(ColumnWriter file)
    {
        var live = new List<uint>();
        foreach (var item in Items)
        {
            if (file.Number(Ordinal(item)) is >= 0 and var number)
            {
                live.Add(First(number) | (item & (First(1) - 1)));
            }
        }

        if (live.Count > 0)
        {
            file.Write(Term);
            file.WriteAll<uint>(CollectionsMarshal.AsSpan(live));
        }
    }

    /// <summary>Appends an entry. One writer at a time.</summary>
    public void Add(int ordinal, int weight, bool inName)
    {
        if (_count == _items.Length)
        {
            var larger = new uint[_count == 0 ? 1 : _count + Math.Max(1, _count / 2)];
            _items.CopyTo(larger, 0);
            Volatile.Write(ref _items, larger);
        }

        _items[_count] = ((uint)ordinal << WeightBits) | (inName ? NameFlag : 0) | (uint)Math.Clamp(weight, 1, MaxWeight);
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>The entries with the first so many items, as bits; kept for the next search.</summary>
    private sealed record Marks(ulong[] Words, int Count)
    {
        public static readonly Marks None = new([], 0);
    }
}
