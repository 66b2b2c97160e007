using System.Runtime.CompilerServices;

namespace HealthEquity.Directory.Geography;

/// <summary>What a name can stand for.</summary>
internal enum NameStrength
{
    /// <summary>A place, wherever it stands.</summary>
    Name,

    /// <summary>An everyday word as well: needs a preposition, a state or a capital.</summary>
    Word,

    /// <summary>An everyday word or a country above all: needs the state.</summary>
    StateOnly,
}

/// <summary>Names by their key. Each leads to the numbers of its entities, the highest rank first.</summary>
internal sealed class PlaceNameTable(int names)
{
    private readonly int[] _slots = new int[int.Max(1024, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)names * 2))];
    private readonly List<(int Start, byte Length, NameStrength Strength, int First)> _names = new(names) { default };
    private readonly List<(int Entity, int Rank, int Next)> _links = new(names + (names / 4)) { default };
    private char[] _keys = new char[names * 12];
    private int _keyEnd;

    /// <summary>How many names there are, and one: they are numbered from 1.</summary>
    public int End => _names.Count;

    /// <summary>The number of a name; 0 when unknown.</summary>
    /// <param name="hash">The hash of its canonical words.</param>
    /// <param name="key">The words themselves.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Find(uint hash, ReadOnlySpan<char> key)
    {
        for (var slot = Slot(hash); _slots[slot] is > 0 and var name; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (Key(name).SequenceEqual(key))
            {
                return name;
            }
        }

        return 0;
    }

    /// <summary>A name's key.</summary>
    public ReadOnlySpan<char> Key(int name) => _keys.AsSpan(_names[name].Start, _names[name].Length);

    /// <summary>What a name can stand for.</summary>
    public NameStrength Strength(int name) => _names[name].Strength;

    /// <summary>Says what a name can stand for.</summary>
    public void Mark(int name, NameStrength strength) => _names[name] = _names[name] with { Strength = strength };

    /// <summary>The first link of a name's chain of entities.</summary>
    public int First(int name) => _names[name].First;

    /// <summary>An entity of a name, its rank there, and the next link; 0 at the end.</summary>
    public (int Entity, int Rank, int Next) Link(int link) => _links[link];

    /// <summary>Gives an entity a name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<char> name, int entity, int rank)
    {
        if (_keyEnd + PlaceKey.MaxLength > _keys.Length)
        {
            Array.Resize(ref _keys, _keys.Length * 5 / 4);
        }

        var length = PlaceKey.Write(name, _keys.AsSpan(_keyEnd, PlaceKey.MaxLength));
        var key = _keys.AsSpan(_keyEnd, length);
        var hash = PlaceKey.Add(PlaceKey.EmptyHash, key);
        var found = Find(hash, key);
        if (found == 0)
        {
            var slot = Slot(hash);
            while (_slots[slot] > 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            found = _names.Count;
            _slots[slot] = found;
            _names.Add((_keyEnd, (byte)length, NameStrength.Name, 0));
            _keyEnd += length;
        }

        // Into its name's chain, the highest rank first.
        var (before, next) = (0, _names[found].First);
        while (next > 0 && _links[next].Rank >= rank)
        {
            (before, next) = (next, _links[next].Next);
        }

        _links.Add((entity, rank, next));
        if (before == 0)
        {
            _names[found] = _names[found] with { First = _links.Count - 1 };
        }
        else
        {
            _links[before] = _links[before] with { Next = _links.Count - 1 };
        }
    }

    private int Slot(uint hash) => (int)((hash ^ (hash >> 15)) & (uint)(_slots.Length - 1));
}
