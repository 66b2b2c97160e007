using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;

namespace HealthEquity.Directory.Traits;

/// <summary>
/// An entry's places and languages as terms, next to those of the vocabularies, so that curators can filter and count by
/// them: <c>state</c> (USPS code), <c>county</c> ("FL:Miami-Dade County"), <c>language</c> (BCP-47 tag).
/// </summary>
public static class EntryPlaces
{
    /// <summary>The terms. May contain repeats.</summary>
    public static IEnumerable<(string Vocabulary, string Code)> Of(Entry entry) => entry switch
    {
        ServiceEntry service => OfService(service),
        Material material => material.Editions.Select(e => ("language", e.Language)),
        Event @event => OfPlaces(@event.Location is { } place ? [place] : []).Concat(@event.Languages.Select(l => ("language", l))),
        PolicyAction action => action.Adoptions.Select(a => a.Jurisdiction.State).OfType<string>().Select(s => ("state", s)),
        _ => [],
    };

    private static IEnumerable<(string Vocabulary, string Code)> OfService(ServiceEntry entry) =>
        OfPlaces(entry.Locations)
            .Concat(entry.Languages.Select(l => ("language", l.Language)))
            .Concat((entry.ServiceArea?.States ?? []).Select(s => ("state", s)))
            .Concat((entry.ServiceArea?.Counties ?? []).SelectMany(c => new[] { ("county", c), ("state", c.Split(':')[0]) }))
            .Concat((entry.ServiceArea?.ZipCodes ?? []).SelectMany(OfZip));

    private static IEnumerable<(string Vocabulary, string Code)> OfPlaces(IEnumerable<Location> places) =>
        from place in places
        where place.StateProvince is not null
        let county = Counties.Find(place.StateProvince, place.County)
        from term in county is null ? [("state", place.StateProvince)] : new[] { ("state", place.StateProvince), ("county", county.Code) }
        select term;

    private static IEnumerable<(string Vocabulary, string Code)> OfZip(string zip) =>
        ZipCodes.TryGet(zip, out var area) && area.County is { } county ? [("county", county.Code), ("state", county.State)] : [];
}
