using System.Collections.Frozen;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;

namespace HealthEquity.Search.Index;

/// <summary>Functions that read the values of <see cref="SearchFields"/> from entries.</summary>
internal static class FieldReading
{
    private static readonly string[] StateCodes = [.. States.All.Select(s => s.Code)];

    private static readonly FrozenSet<string> CountyCodes = Counties.All.Select(c => c.Code).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Reads one value, if the entry has one.</summary>
    public static Action<Entry, FieldValues> One<TEntry>(Func<TEntry, string?> value)
        where TEntry : Entry =>
        (entry, values) => values.Add(value((TEntry)entry));

    /// <summary>Reads each value.</summary>
    public static Action<Entry, FieldValues> Each<TEntry>(Func<TEntry, IEnumerable<string?>> all)
        where TEntry : Entry =>
        (entry, values) => values.Add(all((TEntry)entry));

    /// <summary>Reads each value of the entry's locations.</summary>
    public static Action<Entry, FieldValues> EachPlace(Func<Location, IEnumerable<string?>> all) => (entry, values) =>
    {
        foreach (var place in PlacesOf(entry))
        {
            values.Add(all(place));
        }
    };

    /// <summary>Reads the states of an entry: where it is located and where it serves people. For a policy action, where it was adopted.</summary>
    public static void ReadStates(Entry entry, FieldValues values)
    {
        foreach (var place in PlacesOf(entry))
        {
            values.Add(place.Country == "US" ? place.StateProvince : null);
        }

        if (entry is PolicyAction action)
        {
            values.Add(action.Adoptions.Select(a => a.Jurisdiction.State));
        }
        else if (entry is ServiceEntry service)
        {
            values.Add(service.RemoteService is { Offered: "yes" } remote ? remote.States : []);
            if (service.ServiceArea is { } area)
            {
                values.Add(area.Nationwide ? StateCodes : area.States);
                values.Add(area.Counties.Select(county => county.Length > 3 ? county[..2] : null));
                values.Add(area.ZipCodes.Select(zip => ZipCodes.TryGet(zip, out var found) ? found.County?.State : null));
            }
        }
    }

    /// <summary>Reads the counties of an entry: where it is located and the ones it serves.</summary>
    public static void ReadCounties(Entry entry, FieldValues values)
    {
        foreach (var place in PlacesOf(entry))
        {
            values.Add(place.Country == "US" ? CountyOf(place) : null);
        }

        if (entry is ServiceEntry { ServiceArea: { } area })
        {
            values.Add(area.Counties);
            values.Add(area.ZipCodes.Select(zip => ZipCodes.TryGet(zip, out var found) ? found.County?.Code : null));
        }
    }

    /// <summary>Reads the languages of an entry. A tag includes its prefixes: zh-Hans also counts as zh.</summary>
    public static void ReadLanguages(Entry entry, FieldValues values)
    {
        var tags = entry switch
        {
            ServiceEntry service => service.Languages.Select(l => l.Language),
            PolicyAction action => action.Translations.Select(t => t.Language).Append(action.Language),
            Material material => material.Editions.Select(e => e.Language),
            Event @event => @event.Languages,
            _ => [],
        };
        foreach (var tag in tags)
        {
            values.Add(tag);
            for (var dash = tag.LastIndexOf('-'); dash > 0; dash = tag.LastIndexOf('-', dash - 1))
            {
                values.Add(tag[..dash]);
            }
        }
    }

    /// <summary>The county code of a location, such as "FL:Miami-Dade County"; derived from the ZIP code if the county is missing.</summary>
    public static string? CountyOf(Location place)
    {
        if (place is { StateProvince: { } state, County: { } name })
        {
            var code = $"{state}:{name}";
            return CountyCodes.Contains(code) ? code : Counties.Find(state, name)?.Code ?? code;
        }

        return ZipCodes.TryGet(place.PostalCode, out var zip) ? zip.County?.Code : null;
    }

    /// <summary>The published locations of an entry.</summary>
    public static IReadOnlyList<Location> PlacesOf(Entry entry) => entry switch
    {
        ServiceEntry service => service.Locations,
        Event { Location: { } place } => [place],
        _ => [],
    };
}
