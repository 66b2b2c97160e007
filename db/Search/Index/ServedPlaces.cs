using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Search.Columns;

namespace HealthEquity.Search.Index;

/// <summary>
/// Finds the entries that serve a ZIP code. A stated service area counts (nationwide, states, counties, ZIP codes; states of remote service). An
/// entry without one is assumed to serve its own ZIP code, everything within <see cref="NearbyMiles"/> of its location and, if only the county is
/// published, that county.
/// </summary>
internal sealed class ServedPlaces(PointColumn points)
{
    /// <summary>The assumed service radius in miles of an entry without a service area.</summary>
    public const double NearbyMiles = 25;

    private readonly FieldColumn _states = new();
    private readonly FieldColumn _counties = new();
    private readonly FieldColumn _zips = new();
    private readonly OrdinalSet _nationwide = new();
    private readonly OrdinalSet _unstated = new();
    private readonly FieldColumn _ownZips = new();
    private readonly FieldColumn _ownCounties = new();
    private readonly FieldColumn _inStates = new();
    private readonly FieldColumn _inCounties = new();

    /// <summary>Appends an entry.</summary>
    public void Add(int ordinal, Entry entry)
    {
        var stated = entry is ServiceEntry service && AddStatedArea(ordinal, service);
        var places = FieldReading.PlacesOf(entry);
        foreach (var place in places.Where(p => p is { Country: "US", StateProvince: not null }))
        {
            _inStates.Add(place.StateProvince!, ordinal);
            if (FieldReading.CountyOf(place) is { } county)
            {
                _inCounties.Add(county, ordinal);
            }
        }

        if (stated || places.Count == 0)
        {
            return;
        }

        _unstated.Add(ordinal);
        foreach (var place in places)
        {
            if (place.PostalCode is { Length: >= 5 } zip)
            {
                _ownZips.Add(zip[..5], ordinal);
            }
            else if (place.Visibility == Visibility.Area && FieldReading.CountyOf(place) is { } county)
            {
                _ownCounties.Add(county, ordinal);
            }
        }
    }

    /// <summary>Writes what live entries serve.</summary>
    public void Save(ColumnWriter file)
    {
        foreach (var column in Columns)
        {
            column.Save(file);
        }

        file.WriteAll<int>(_nationwide.Numbers(file));
        file.WriteAll<int>(_unstated.Numbers(file));
    }

    /// <summary>Reads what was written; nothing may be here yet.</summary>
    public void Load(ColumnReader file)
    {
        foreach (var column in Columns)
        {
            column.Load(file);
        }

        _nationwide.AddAll(file.ReadAll<int>());
        _unstated.AddAll(file.ReadAll<int>());
    }

    /// <summary>Adds the entries that serve the ZIP code to the target.</summary>
    /// <param name="zip">Five digits.</param>
    /// <param name="target">Receives the entries.</param>
    /// <param name="spare">A scratch set as long as the target.</param>
    public void Serving(string zip, Span<ulong> target, Span<ulong> spare)
    {
        spare.Clear();
        _ownZips.Find(zip)?.OrInto(spare);
        if (ZipCodes.TryGet(zip, out var area))
        {
            points.Within(new GeoPoint(area.Latitude, area.Longitude), NearbyMiles, spare);
            if (area.County is { } county)
            {
                _ownCounties.Find(county.Code)?.OrInto(spare);
                _counties.Find(county.Code)?.OrInto(target);
                _states.Find(county.State)?.OrInto(target);
            }
        }

        var stated = target.ToArray();
        target.Clear();
        _unstated.OrInto(target);
        Bitmap.And(target, spare);
        Bitmap.Or(target, stated);
        _nationwide.OrInto(target);
        _zips.Find(zip)?.OrInto(target);
    }

    /// <summary>Adds the entries that say they serve one of the counties or the ZIP code.</summary>
    public void SayTheyServe(IEnumerable<string> counties, string? zip, Span<ulong> target)
    {
        _counties.OrInto(target, counties);
        if (zip is not null)
        {
            _zips.Find(zip)?.OrInto(target);
            _ownZips.Find(zip)?.OrInto(target);
        }
    }

    /// <summary>Adds the entries that are located in one of the counties.</summary>
    public void InCounties(IEnumerable<string> counties, Span<ulong> target) => _inCounties.OrInto(target, counties);

    /// <summary>Adds the entries that are located in one of the states.</summary>
    public void InStates(IEnumerable<string> states, Span<ulong> target) => _inStates.OrInto(target, states);

    /// <summary>Adds the entries of which only the county is published, and it is one of these.</summary>
    public void OnlyInCounties(IEnumerable<string> counties, Span<ulong> target) => _ownCounties.OrInto(target, counties);

    /// <summary>Adds the entries that say they serve one of the states, or are licensed there for remote service.</summary>
    public void SayTheyServeStates(IEnumerable<string> states, Span<ulong> target) => _states.OrInto(target, states);

    /// <summary>Adds the entries that serve the whole nation.</summary>
    public void Nationwide(Span<ulong> target) => _nationwide.OrInto(target);

    private FieldColumn[] Columns => [_states, _counties, _zips, _ownZips, _ownCounties, _inStates, _inCounties];

    private bool AddStatedArea(int ordinal, ServiceEntry entry)
    {
        var area = entry.ServiceArea;
        var remote = entry.RemoteService is { Offered: "yes" } service ? service.States : [];
        if (area?.Nationwide == true)
        {
            _nationwide.Add(ordinal);
        }

        AddAll(_states, (area?.States ?? []).Concat(remote));
        AddAll(_counties, area?.Counties ?? []);
        AddAll(_zips, area?.ZipCodes ?? []);
        return area is not null && (area.Nationwide || area.States.Count + area.Counties.Count + area.ZipCodes.Count > 0);

        void AddAll(FieldColumn column, IEnumerable<string> values)
        {
            foreach (var value in values)
            {
                column.Add(value, ordinal);
            }
        }
    }
}
