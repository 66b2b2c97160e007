using System.Globalization;

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

/// <summary>All names of places. A name leads to entities: towns, then counties, states and regions, by number.</summary>
internal sealed class PlaceIndex
{
    private const int Slots = 1 << 17;

    private readonly int[] _slots = new int[Slots];
    private readonly List<(int Start, byte Length, NameStrength Strength, int First)> _names = new(62_000) { default };
    private readonly List<(int Entity, int Rank, int Next)> _links = new(70_000) { default };
    private readonly PlaceRegions _regions;
    private char[] _keys = new char[700_000];
    private int _keyEnd;

    private PlaceIndex(PlaceTable towns)
    {
        Towns = towns;
        _regions = PlaceRegions.Load(towns);
        AddTowns();
        AddCountiesAndStates();
        AddScripts();
        AddEverydayNames();
        for (var region = 0; region < _regions.Count; region++)
        {
            foreach (var name in _regions.Names(region))
            {
                Add(name, FirstRegion + region, int.MaxValue - 2);
            }
        }

        MarkWords();
    }

    /// <summary>The towns and ZIP codes.</summary>
    public PlaceTable Towns { get; }

    private int FirstCounty => Towns.Count;

    private int FirstState => FirstCounty + Counties.All.Count;

    private int FirstRegion => FirstState + States.All.Count;

    /// <summary>Reads everything in the assembly.</summary>
    public static PlaceIndex Load() => new(ZipCodes.Towns);

    /// <summary>The number of a name; 0 when unknown.</summary>
    /// <param name="hash">The hash of its canonical words.</param>
    /// <param name="key">The words themselves.</param>
    public int Find(uint hash, ReadOnlySpan<char> key)
    {
        for (var slot = hash & (Slots - 1); _slots[slot] is > 0 and var name; slot = (slot + 1) & (Slots - 1))
        {
            if (Key(name).SequenceEqual(key))
            {
                return name;
            }
        }

        return 0;
    }

    /// <summary>The number of a name; 0 when unknown.</summary>
    public int Find(ReadOnlySpan<char> key) => Find(PlaceKey.Add(PlaceKey.EmptyHash, key), key);

    /// <summary>A name's key.</summary>
    public ReadOnlySpan<char> Key(int name) => _keys.AsSpan(_names[name].Start, _names[name].Length);

    /// <summary>The numbers of all names.</summary>
    public IEnumerable<int> Names => Enumerable.Range(1, _names.Count - 1);

    /// <summary>What a name can stand for.</summary>
    public NameStrength Strength(int name) => _names[name].Strength;

    /// <summary>The rank of the first entity of a name: about its population.</summary>
    public int Rank(int name) => _links[_names[name].First].Rank;

    /// <summary>The entities of a name, the likeliest first.</summary>
    public void Entities(int name, List<int> entities)
    {
        for (var link = _names[name].First; link > 0; link = _links[link].Next)
        {
            if (!entities.Contains(_links[link].Entity))
            {
                entities.Add(_links[link].Entity);
            }
        }
    }

    /// <summary>What an entity is.</summary>
    public PlaceKind Kind(int entity) =>
        entity < FirstCounty ? Towns.Kind(entity) : entity < FirstState ? PlaceKind.County : entity < FirstRegion ? PlaceKind.State : PlaceKind.Region;

    /// <summary>The USPS code of an entity's state; null for a region in several.</summary>
    public string? StateOf(int entity) => entity < FirstCounty ? Towns.State(entity)
        : entity < FirstState ? Counties.All[entity - FirstCounty].State
        : entity < FirstRegion ? States.All[entity - FirstState].Code
        : _regions.Place(entity - FirstRegion).State;

    /// <summary>The state that a name names; null when none.</summary>
    public string? StateNamed(int name)
    {
        for (var link = _names[name].First; link > 0; link = _links[link].Next)
        {
            if (Kind(_links[link].Entity) == PlaceKind.State)
            {
                return StateOf(_links[link].Entity);
            }
        }

        return null;
    }

    /// <summary>The population of an entity.</summary>
    public int Population(int entity) => entity < FirstCounty ? Towns.Population(entity) : Place(entity).Population;

    /// <summary>An entity as callers get it.</summary>
    public Place Place(int entity) => entity < FirstCounty ? Towns.Place(entity)
        : entity < FirstState ? _regions.County(entity - FirstCounty)
        : entity < FirstRegion ? _regions.State(States.All[entity - FirstState])
        : _regions.Place(entity - FirstRegion);

    /// <summary>The entity of a state; below zero when there is no such code.</summary>
    public int EntityOfState(string code)
    {
        for (var i = 0; i < States.All.Count; i++)
        {
            if (States.All[i].Code.Equals(code, StringComparison.OrdinalIgnoreCase))
            {
                return FirstState + i;
            }
        }

        return -1;
    }

    /// <summary>The entity of a county.</summary>
    public int EntityOf(County county) => FirstCounty + _regions.NumberOf(county);

    /// <summary>The state with that code.</summary>
    public Place? State(string code) => EntityOfState(code) is >= 0 and var entity ? Place(entity) : null;

    /// <summary>The place of a ZIP code.</summary>
    public Place? Zip(ReadOnlySpan<char> zip)
    {
        if (!int.TryParse(zip, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !Towns.TryZip(number, out var town, out _))
        {
            return null;
        }

        var code = zip.ToString();
        _ = ZipCodes.TryGet(code, out var area);
        var county = area.County;
        return new Place
        {
            Name = code,
            State = county?.State ?? Towns.State(town),
            County = county,
            Latitude = area.Latitude,
            Longitude = area.Longitude,
            Kind = PlaceKind.Zip,
            Town = Towns.Name(town).ToString(),
        };
    }

    private void AddTowns()
    {
        for (var town = 0; town < Towns.Count; town++)
        {
            var name = Towns.Name(town);
            Add(name, town, Towns.Population(town));
            if (name.StartsWith("The ", StringComparison.Ordinal))
            {
                Add(name[4..], town, Towns.Population(town));
            }
        }
    }

    private void AddCountiesAndStates()
    {
        for (var county = 0; county < Counties.All.Count; county++)
        {
            // A county without "County" is meant only where no town of any size has the name: a town counts twenty times as much.
            var people = _regions.PeopleOf(county);
            Add(Counties.All[county].Name, FirstCounty + county, people);
            Add(Counties.ShortName(Counties.All[county]), FirstCounty + county, Counties.All[county].Name.EndsWith(" city", StringComparison.Ordinal) ? 0 : people / 20);
        }

        for (var state = 0; state < States.All.Count; state++)
        {
            Add(States.All[state].Name, FirstState + state, int.MaxValue - 1);
        }
    }

    private void AddScripts()
    {
        foreach (var line in PlaceTable.ReadResource("names.txt.br").AsSpan().EnumerateLines())
        {
            var town = -1;
            foreach (var range in line.Split('\t'))
            {
                if (town < 0 && line.Length > 0)
                {
                    town = int.Parse(line[range], CultureInfo.InvariantCulture);
                }
                else if (line.Length > 0)
                {
                    Add(line[range], town, Towns.Population(town));
                }
            }
        }
    }

    // See the head of PlaceNames.txt.
    private void AddEverydayNames()
    {
        var entities = new List<int>();
        foreach (var line in PlaceTable.ReadResource("PlaceNames.txt").AsSpan().EnumerateLines())
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var colon = line[0] == '+' ? 3 + line[3..].IndexOf(':') + 1 + line[(3 + line[3..].IndexOf(':') + 1)..].IndexOf(':') : line.IndexOf(':');
            var entity = Written(line[..colon], entities);
            foreach (var range in line[(colon + 1)..].Split('|'))
            {
                var name = line[(colon + 1)..][range].Trim();
                var first = name.StartsWith('!');
                Add(first ? name[1..] : name, entity, first ? int.MaxValue : entity < FirstCounty ? Towns.Population(entity) : int.MaxValue - 3);
            }
        }
    }

    private int Written(ReadOnlySpan<char> place, List<int> entities)
    {
        if (place[0] == '=')
        {
            return EntityOfState(place[1..].ToString());
        }

        if (place[0] == '+')
        {
            return EntityOf(Counties.Parse(place[1..].ToString()) ?? throw new InvalidDataException($"PlaceNames.txt: {place}"));
        }

        entities.Clear();
        var comma = place.LastIndexOf(',');
        var state = place[(comma + 1)..].Trim().ToString();
        if (Find(PlaceKey.Of(place[..comma])) is > 0 and var name)
        {
            Entities(name, entities);
        }

        var entity = entities.FindIndex(e => e < FirstCounty && StateOf(e) == state);
        return entity >= 0 ? entities[entity] : throw new InvalidDataException($"PlaceNames.txt: {place}");
    }

    private void MarkWords()
    {
        foreach (var line in PlaceTable.ReadResource("TownWords.txt").AsSpan().EnumerateLines())
        {
            if (line.Length > 2 && line[0] is '?' or '!')
            {
                foreach (var range in line[2..].Split(' '))
                {
                    if (Find(PlaceKey.Of(line[2..][range])) is > 0 and var name && StateNamed(name) is null)
                    {
                        _names[name] = _names[name] with { Strength = line[0] == '!' ? NameStrength.StateOnly : NameStrength.Word };
                    }
                }
            }
        }
    }

    private void Add(ReadOnlySpan<char> name, int entity, int rank)
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
            var slot = hash & (Slots - 1);
            while (_slots[slot] > 0)
            {
                slot = (slot + 1) & (Slots - 1);
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
}
