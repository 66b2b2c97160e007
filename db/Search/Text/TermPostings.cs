namespace HealthEquity.Search.Text;

/// <summary>The entries that hold a term, and how much it says of each. Grows at its end only, like every column.</summary>
/// <param name="term">The term.</param>
/// <param name="number">The term's number in its index; numbers are dense.</param>
internal sealed class TermPostings(string term, int number)
{
    /// <summary>The greatest weight of a term in an entry.</summary>
    public const int WeightMaximum = 127;

    private const uint NameFlag = 128;
    private const int WeightBits = 8;

    private uint[] _items = [];
    private int _count;

    /// <summary>The term.</summary>
    public string Term { get; } = term;

    /// <summary>The term's number in its index.</summary>
    public int Number { get; } = number;

    /// <summary>How many entries held it, those that were replaced since included.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>One number an entry, ascending: read it with <see cref="Ordinal"/>, <see cref="Weight"/> and <see cref="InName"/>.</summary>
    public ReadOnlySpan<uint> Items
    {
        get
        {
            var count = Volatile.Read(ref _count);
            return Volatile.Read(ref _items).AsSpan(0, count);
        }
    }

    /// <summary>The entry.</summary>
    public static int Ordinal(uint item) => (int)(item >> WeightBits);

    /// <summary>The smallest item that an entry could have.</summary>
    public static uint First(int ordinal) => (uint)ordinal << WeightBits;

    /// <summary>How much the term says of the entry, 1 to 127.</summary>
    public static uint Weight(uint item) => item & WeightMaximum;

    /// <summary>True when the term stands in the entry's name.</summary>
    public static bool InName(uint item) => (item & NameFlag) != 0;

    /// <summary>Appends an entry. One writer at a time.</summary>
    public void Add(int ordinal, int weight, bool inName)
    {
        if (_count == _items.Length)
        {
            var larger = new uint[_count == 0 ? 1 : _count + Math.Max(1, _count / 2)];
            _items.CopyTo(larger, 0);
            Volatile.Write(ref _items, larger);
        }

        _items[_count] = ((uint)ordinal << WeightBits) | (inName ? NameFlag : 0) | (uint)Math.Clamp(weight, 1, WeightMaximum);
        Volatile.Write(ref _count, _count + 1);
    }
}
