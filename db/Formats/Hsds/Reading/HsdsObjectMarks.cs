using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>
/// Leaves out what the members of a JSON document mark as not for the public: phones, contacts, addresses and places. The same as
/// <see cref="HsdsMarks"/> for the tables of a package.
/// </summary>
internal sealed class HsdsObjectMarks
{
    // Services and organizations are reported as such, and the status of a credential is not that of its service.
    private static readonly string[] Marked =
    [
        "phone", "phones", "contact", "contacts", "address", "addresses", "location", "locations", "service_at_location", "service_at_locations", "url", "urls", "additional_urls", "additional_websites",
        "schedule", "schedules",
    ];

    private static readonly string[] Services = ["service", "services", "organization"];

    // A location has coordinates that say as much as its address.
    private static readonly string[] Places = ["address", "addresses", "location", "locations"];

    private static readonly string[] OfPlaces = ["location", "locations", "service_at_location", "service_at_locations"];

    // Objects of the same shape have the same markers.
    private readonly Dictionary<string, (SourceHeader Header, SourceMarkers Markers)> _known = new(StringComparer.Ordinal);

    /// <summary>Removes what is marked from a service or an organization, and notes whether it is marked as a whole.</summary>
    /// <param name="thing">The service or organization.</param>
    /// <param name="faults">Receives what was removed.</param>
    public void Apply(HsdsThing thing, ICollection<RowFault> faults) => IsHidden("service", thing, faults);

    private bool IsHidden(string name, HsdsThing thing, ICollection<RowFault> faults)
    {
        var holdsHiddenPlace = false;
        thing.Keep((list, inner) =>
        {
            var isHidden = IsHidden(list, inner, faults);
            holdsHiddenPlace |= isHidden && Places.Contains(list);
            return !isHidden;
        });
        var (row, markers) = Of(thing);
        if (Services.Contains(name))
        {
            thing.Hidden = markers.WhyNot(row) is { } why ? why with { Row = thing.Row, Field = thing.Field(why.Field) } : null;
        }
        else if (Marked.Contains(name) && (markers.WhyNot(row) ?? markers.PrivatePlaceOf(row)) is { } mark)
        {
            faults.Add(mark with { Row = thing.Row, Field = thing.Field(mark.Field), Loaded = true });
            return true;
        }

        foreach (var cell in markers.Without(row).Faults)
        {
            thing.Clear(cell.Field);
            faults.Add(cell with { Row = thing.Row, Field = thing.Field(cell.Field) });
        }

        return holdsHiddenPlace && OfPlaces.Contains(name);
    }

    private (SourceRow Row, SourceMarkers Markers) Of(HsdsThing thing)
    {
        var shape = string.Join('\n', thing.Values.Keys);
        if (!_known.TryGetValue(shape, out var known))
        {
            var header = new SourceHeader(thing.Row.Header.File, [.. thing.Values.Keys], []);
            _known[shape] = known = (header, SourceMarkers.Of(header, ofServices: true));
        }

        return (new SourceRow(known.Header, thing.Row.Line, [.. thing.Values.Values]), known.Markers);
    }
}
