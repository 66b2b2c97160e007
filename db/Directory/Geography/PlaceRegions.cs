using System.Globalization;

namespace HealthEquity.Directory.Geography;

/// <summary>Counties, states and the regions of Regions.txt as places: the middle of the people who live there, and how far they reach.</summary>
internal sealed class PlaceRegions
{
    // The share of the people that a radius takes in.
    private const double ReachedShare = 0.95;

    private readonly PlaceTable _towns;
    private readonly List<int>[] _townsOf;
    private readonly int[] _peopleOf;
    private readonly Dictionary<County, int> _numbers = new(3_300);
    private readonly Place?[] _counties;
    private readonly Dictionary<string, Place> _states = [];
    private readonly List<(string[] Names, Lazy<Place> Place)> _regions = [];

    private PlaceRegions(PlaceTable towns)
    {
        _towns = towns;
        _townsOf = new List<int>[Counties.All.Count];
        _counties = new Place?[Counties.All.Count];
        _peopleOf = new int[Counties.All.Count];
        for (var county = 0; county < _townsOf.Length; county++)
        {
            _townsOf[county] = [];
            _numbers[Counties.All[county]] = county;
        }

        for (var town = 0; town < towns.Count; town++)
        {
            if (towns.CountyNumber(town) is >= 0 and var county)
            {
                _townsOf[county].Add(town);

                // A neighborhood's people are its city's as well; New York's boroughs alone are counties.
                _peopleOf[county] += towns.Kind(town) == PlaceKind.City || towns.Population(town) > 400_000 ? towns.Population(town) : 0;
            }
        }
    }

    /// <summary>How many regions there are.</summary>
    public int Count => _regions.Count;

    /// <summary>Reads the regions in the assembly.</summary>
    public static PlaceRegions Load(PlaceTable towns)
    {
        var regions = new PlaceRegions(towns);
        foreach (var line in PlaceTable.ReadResource("Regions.txt").Split('\n'))
        {
            if (line.Length > 0 && line[0] != '#')
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                var names = line[..colon].Split(" | ");
                regions._regions.Add((names, new Lazy<Place>(() => regions.Region(names[0], line[(colon + 1)..].Trim()))));
            }
        }

        return regions;
    }

    /// <summary>The names of a region.</summary>
    public IReadOnlyList<string> Names(int region) => _regions[region].Names;

    /// <summary>A region.</summary>
    public Place Place(int region) => _regions[region].Place.Value;

    /// <summary>The number of a county in <see cref="Counties.All"/>.</summary>
    public int NumberOf(County county) => _numbers[county];

    /// <summary>How many people live in a county's towns, about.</summary>
    public int PeopleOf(int county) => _peopleOf[county];

    /// <summary>A county.</summary>
    public Place County(int county) => _counties[county] ??= Around(Counties.All[county].Name, [county]) with
    {
        State = Counties.All[county].State,
        County = Counties.All[county],
        Counties = [Counties.All[county]],
        Kind = PlaceKind.County,
        States = [Counties.All[county].State],
    };

    /// <summary>A state.</summary>
    public Place State(State state)
    {
        lock (_states)
        {
            if (!_states.TryGetValue(state.Code, out var place))
            {
                _states[state.Code] = place = Around(state.Name, CountiesOf(state.Code)) with { State = state.Code, Kind = PlaceKind.State, States = [state.Code] };
            }

            return place;
        }
    }

    private static List<int> CountiesOf(string state) => [.. Enumerable.Range(0, Counties.All.Count).Where(c => Counties.All[c].State == state)];

    // "CA: Alameda, Marin; NV: Clark", "CT, MA", or "@ CA 34.2 -118.48 12 Los Angeles": state, point, miles, county.
    private Place Region(string name, string members)
    {
        name = name.Split(',')[0] is var shown && shown.StartsWith("the ", StringComparison.Ordinal) ? char.ToUpperInvariant(shown[0]) + shown[1..] : shown;
        if (members[0] == '@')
        {
            var fields = members.Split(' ', 6);
            var county = Named(fields[1], fields[5]);
            return new Place
            {
                Name = name,
                State = fields[1],
                County = county,
                Counties = [county],
                Latitude = double.Parse(fields[2], CultureInfo.InvariantCulture),
                Longitude = double.Parse(fields[3], CultureInfo.InvariantCulture),
                RadiusMiles = double.Parse(fields[4], CultureInfo.InvariantCulture),
                Kind = PlaceKind.Region,
                States = [fields[1]],
            };
        }

        if (!members.Contains(':', StringComparison.Ordinal))
        {
            var states = members.Split(", ");
            return Around(name, [.. states.SelectMany(CountiesOf)]) with { State = states.Length == 1 ? states[0] : null, Kind = PlaceKind.Region, States = states };
        }

        List<County> counties = [];
        foreach (var part in members.Split("; "))
        {
            counties.AddRange(part[4..].Split(", ").Select(c => Named(part[..2], c)));
        }

        string[] inStates = [.. counties.Select(c => c.State).Distinct()];
        return Around(name, [.. counties.Select(NumberOf)]) with
        {
            State = inStates.Length == 1 ? inStates[0] : null,
            Counties = counties,
            Kind = PlaceKind.Region,
            States = inStates,
        };
    }

    private static County Named(string state, string name) =>
        Counties.Find(state, name) ?? throw new InvalidDataException($"Regions.txt: {state}: {name}");

    private Place Around(string name, IReadOnlyList<int> counties)
    {
        double latitude = 0, longitude = 0, weight = 0;
        foreach (var town in counties.SelectMany(c => _townsOf[c]))
        {
            var point = _towns.Point(town);
            var people = Weight(town);

            // The Aleutians lie on both sides of the 180th meridian.
            (latitude, longitude, weight) = (latitude + (people * point.Latitude), longitude + (people * (point.Longitude > 172 && _towns.State(town) == "AK" ? point.Longitude - 360 : point.Longitude)), weight + people);
        }

        if (weight == 0)
        {
            return FromAreas(name, counties);
        }

        var middle = new GeoPoint(Math.Round(latitude / weight, 4), Math.Round(longitude / weight, 4));
        var reached = 0.0;
        var radius = 0.0;
        foreach (var (miles, people) in counties.SelectMany(c => _townsOf[c])
            .Select(t => (Miles: GeoDistance.Miles(middle.Latitude, middle.Longitude, _towns.Point(t).Latitude, _towns.Point(t).Longitude), People: Weight(t)))
            .OrderBy(t => t.Miles))
        {
            radius = miles;
            reached += people;
            if (reached >= ReachedShare * weight)
            {
                break;
            }
        }

        return new Place
        {
            Name = name,
            Latitude = middle.Latitude,
            Longitude = middle.Longitude,
            Population = counties.Sum(PeopleOf),
            RadiusMiles = Math.Round(radius, 1),
            Kind = PlaceKind.Region,
        };
    }

    // A county without a town or post office: by its ZIP areas.
    private static Place FromAreas(string name, IReadOnlyList<int> counties)
    {
        var areas = counties.SelectMany(c => ZipCodes.In(Counties.All[c])).ToList();
        return new Place
        {
            Name = name,
            Latitude = areas.Count == 0 ? 0 : Math.Round(areas.Average(a => a.Latitude), 4),
            Longitude = areas.Count == 0 ? 0 : Math.Round(areas.Average(a => a.Longitude), 4),
            Kind = PlaceKind.Region,
        };
    }

    private double Weight(int town) => _towns.Kind(town) == PlaceKind.Borough && _towns.Population(town) < 400_000 ? 1 : 1 + _towns.Population(town);
}
