using System.Globalization;

namespace HealthEquity.Directory.Geography;

/// <summary>All names of places. A name leads to entities: towns, then counties, states and regions, by number.</summary>
internal sealed class PlaceIndex
{
    /// <summary>The rank of an everyday name of a county or state: before all towns.</summary>
    public const int EverydayRank = int.MaxValue - 3;

    // Names in other scripts are numbered from here. They are read when first asked for.
    private const int FirstOther = 1 << 24;
    private const char OtherScripts = '\u0370';

    private readonly PlaceNameTable _latin = new(47_000);
    private readonly Lazy<PlaceNameTable> _other;
    private readonly PlaceRegions _regions;

    private PlaceIndex(PlaceTable towns)
    {
        Towns = towns;
        _regions = PlaceRegions.Load(towns);
        _other = new Lazy<PlaceNameTable>(LoadOther);
        AddTowns();
        AddCountiesAndStates();
        AddEverydayNames(_latin, other: false);
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
    public int Find(uint hash, ReadOnlySpan<char> key) => key.IsEmpty ? 0
        : key[0] < OtherScripts ? _latin.Find(hash, key)
        : _other.Value.Find(hash, key) is > 0 and var name ? FirstOther + name : 0;

    /// <summary>The number of a name; 0 when unknown.</summary>
    public int Find(ReadOnlySpan<char> key) => Find(PlaceKey.Add(PlaceKey.EmptyHash, key), key);

    /// <summary>The key of a name in Latin letters.</summary>
    public ReadOnlySpan<char> Key(int name) => _latin.Key(name);

    /// <summary>The numbers of all names in Latin letters.</summary>
    public IEnumerable<int> Names => Enumerable.Range(1, _latin.End - 1);

    /// <summary>What a name can stand for.</summary>
    public NameStrength Strength(int name) => Table(ref name).Strength(name);

    /// <summary>The rank of the first entity of a name: about its population.</summary>
    public int Rank(int name)
    {
        var table = Table(ref name);
        return table.Link(table.First(name)).Rank;
    }

    /// <summary>The entities of a name, the likeliest first.</summary>
    public void Entities(int name, List<int> entities)
    {
        var table = Table(ref name);
        for (var link = table.First(name); link > 0; link = table.Link(link).Next)
        {
            if (!entities.Contains(table.Link(link).Entity))
            {
                entities.Add(table.Link(link).Entity);
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
        var table = Table(ref name);
        for (var link = table.First(name); link > 0; link = table.Link(link).Next)
        {
            if (Kind(table.Link(link).Entity) == PlaceKind.State)
            {
                return StateOf(table.Link(link).Entity);
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

    private PlaceNameTable Table(ref int name)
    {
        if (name < FirstOther)
        {
            return _latin;
        }

        name -= FirstOther;
        return _other.Value;
    }

    private void AddTowns()
    {
        for (var town = 0; town < Towns.Count; town++)
        {
            var name = Towns.Name(town);
            _latin.Add(name, town, Towns.Population(town));
            if (name.StartsWith("The "))
            {
                _latin.Add(name[4..], town, Towns.Population(town));
            }
        }
    }

    private void AddCountiesAndStates()
    {
        for (var county = 0; county < Counties.All.Count; county++)
        {
            // A county without "County" is meant only where no town of any size has the name: a town counts twenty times as much.
            var people = _regions.PeopleOf(county);
            _latin.Add(Counties.All[county].Name, FirstCounty + county, people);
            _latin.Add(Counties.ShortName(Counties.All[county]), FirstCounty + county, Counties.All[county].Name.EndsWith(" city", StringComparison.Ordinal) ? 0 : people / 20);
        }

        for (var state = 0; state < States.All.Count; state++)
        {
            _latin.Add(States.All[state].Name, FirstState + state, int.MaxValue - 1);
        }
    }

    private PlaceNameTable LoadOther()
    {
        var table = new PlaceNameTable(12_000);
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
                    table.Add(line[range], town, Towns.Population(town));
                }
            }
        }

        AddEverydayNames(table, other: true);
        return table;
    }

    // See the head of PlaceNames.txt.
    private void AddEverydayNames(PlaceNameTable table, bool other)
    {
        var entities = new List<int>();
        foreach (var line in PlaceTable.ReadResource("PlaceNames.txt").AsSpan().EnumerateLines())
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var colon = line[0] == '+' ? 4 + line[4..].IndexOf(':') : line.IndexOf(':');
            var entity = Written(line[..colon], entities);
            foreach (var range in line[(colon + 1)..].Split('|'))
            {
                var name = line[(colon + 1)..][range].Trim();
                if (name[0] >= OtherScripts == other)
                {
                    var first = name[0] == '!';
                    table.Add(first ? name[1..] : name, entity, first ? int.MaxValue : entity < FirstCounty ? Towns.Population(entity) : EverydayRank);
                }
            }
        }

        for (var region = 0; region < _regions.Count; region++)
        {
            foreach (var name in _regions.Names(region))
            {
                if (name[0] >= OtherScripts == other)
                {
                    table.Add(name, FirstRegion + region, int.MaxValue - 2);
                }
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
            return Named(place[4..], place[1..3].ToString(), PlaceKind.County, entities);
        }

        var comma = place.LastIndexOf(',');
        return Named(place[..comma], place[(comma + 1)..].Trim().ToString(), PlaceKind.City, entities);
    }

    private int Named(ReadOnlySpan<char> place, string state, PlaceKind kind, List<int> entities)
    {
        entities.Clear();
        if (Find(PlaceKey.Of(place)) is > 0 and var name)
        {
            Entities(name, entities);
        }

        var entity = entities.FindIndex(e => (kind == PlaceKind.County ? Kind(e) == kind : e < FirstCounty) && StateOf(e) == state);
        return entity >= 0 ? entities[entity] : throw new InvalidDataException($"PlaceNames.txt: {place}, {state}");
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
                        _latin.Mark(name, line[0] == '!' ? NameStrength.StateOnly : NameStrength.Word);
                    }
                }
            }
        }
    }
}
