using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;

namespace HealthEquity.Directory.Traits;

/// <summary>
/// An entry's places and languages as terms, next to those of the vocabularies, so that curators can filter and count by
/// them: <c>state</c> (USPS code), <c>county</c> ("FL:Miami-Dade County"), <c>city</c> ("Miami, FL"), <c>language</c> (BCP-47 tag),
/// <c>zip</c> (five digits), <c>area</c> (nationwide).
/// </summary>
public static class EntryPlaces
{
    /// <summary>The vocabulary of states.</summary>
    public const string State = "state";

    /// <summary>The vocabulary of counties.</summary>
    public const string County = "county";

    /// <summary>The vocabulary of cities.</summary>
    public const string City = "city";

    /// <summary>The vocabulary of ZIP codes of locations.</summary>
    public const string Zip = "zip";

    /// <summary>The vocabulary of languages.</summary>
    public const string Language = "language";

    /// <summary>The vocabulary of areas that are no state or county: "nationwide".</summary>
    public const string Area = "area";

    /// <summary>The maximum length of a term. A longer city is not a city.</summary>
    private const int MaxTermLength = 100;

    /// <summary>The terms. May contain repeats.</summary>
    public static IEnumerable<(string Vocabulary, string Code)> Of(Entry entry) => entry switch
    {
        ServiceEntry service => OfService(service),
        Material material => material.Editions.Select(e => (Language, e.Language)),
        Event @event => OfPlaces(@event.Location is { } place ? [place] : []).Concat(@event.Languages.Select(l => (Language, l))),
        PolicyAction action => action.Adoptions.Select(a => a.Jurisdiction.State).OfType<string>().Select(s => (State, s)),
        _ => [],
    };

    /// <summary>The term of a postal code: ZIP+4 is found by its ZIP code.</summary>
    public static string ZipOf(string postalCode) => postalCode.Trim() is [_, _, _, _, _, '-', _, _, _, _] plus4 ? plus4[..5] : postalCode.Trim();

    private static IEnumerable<(string Vocabulary, string Code)> OfService(ServiceEntry entry) =>
        OfPlaces(entry.Locations)
            .Concat(entry.Languages.Select(l => (Language, l.Language)))
            .Concat(entry.ServiceArea?.Nationwide == true ? [(Area, "nationwide")] : Array.Empty<(string, string)>())
            .Concat((entry.ServiceArea?.States ?? []).Select(s => (State, s)))
            .Concat((entry.ServiceArea?.Counties ?? []).SelectMany(c => new[] { (County, c), (State, c.Split(':')[0]) }))
            .Concat((entry.ServiceArea?.ZipCodes ?? []).SelectMany(OfZip));

    private static IEnumerable<(string Vocabulary, string Code)> OfPlaces(IEnumerable<Location> places) => places.SelectMany(OfPlace);

    private static IEnumerable<(string Vocabulary, string Code)> OfPlace(Location place)
    {
        if (place.PostalCode is { } postal && ZipOf(postal) is { Length: > 0 and <= MaxTermLength } zip)
        {
            yield return (Zip, zip);
        }

        if (place.StateProvince is not { } state)
        {
            yield break;
        }

        yield return (State, state);
        if (Counties.Find(state, place.County) is { } county)
        {
            yield return (County, county.Code);
        }

        if (place.City?.Trim() is { Length: > 0 } city && $"{city}, {state}" is { Length: <= MaxTermLength } term)
        {
            yield return (City, term);
        }
    }

    private static IEnumerable<(string Vocabulary, string Code)> OfZip(string zip) =>
        ZipCodes.TryGet(zip, out var area) && area.County is { } county ? [(County, county.Code), (State, county.State)] : [];
}
