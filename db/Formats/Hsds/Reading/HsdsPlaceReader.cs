using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Rules;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Transforms;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>Reads locations and service areas.</summary>
internal static partial class HsdsPlaceReader
{
    private static readonly string[] AddressFields = ["address_1", "address_2", "address_3", "address_4", "city", "state_province", "postal_code"];

    /// <summary>The locations of an HSDS location, one per physical address.</summary>
    /// <param name="at">The service_at_location, which contains the location.</param>
    /// <param name="known">Names that the entry already has.</param>
    /// <param name="reading">Receives data without a field.</param>
    public static IEnumerable<Location> Of(HsdsThing at, IReadOnlyCollection<string?> known, HsdsReading reading)
    {
        if (at.One(HsdsInputTables.Location) is not { } location)
        {
            yield break;
        }

        var name = reading.Line(location, "name", 200);
        var shown = name ?? "A place";
        var phones = HsdsContacts.Phones(at.List("phones").Concat(location.List("phones")), reading);
        var place = new Location
        {
            Visibility = Visibility.Public,
            Name = known.Contains(name, StringComparer.OrdinalIgnoreCase) ? null : name,
            Transit = HsdsReading.Joined([location["transportation"]], "", 1_000),
            Accessibility = Accessibility(location, shown, reading),
            Phones = phones,
        };
        place = Located(place, location, reading);
        if (reading.IsOurs && location.List("addresses").Count == 0 && AreaOnly(location) is { } area)
        {
            yield return area;
            yield break;
        }

        reading.Describe(shown, location["description"]);
        reading.Describe(shown, at["description"]);
        var (post, addresses) = (location.List("addresses").Where(IsPostal).ToList(), location.List("addresses").Where(a => !IsPostal(a)).ToList());
        post.ForEach(p => reading.Note("Postal address", string.Join(", ", AddressFields.Select(f => p[f]).OfType<string>())));
        addresses.ForEach(a => reading.Note("Attention of", a["attention"]));
        if (addresses.Count == 0 && place.Latitude is not null)
        {
            yield return place;
        }
        else if (addresses.Count == 0)
        {
            reading.Note("Location without an address", HsdsReading.Joined([name, .. phones.Select(p => p.Number)], ", ", 500));
        }

        foreach (var (index, address) in addresses.Index())
        {
            yield return WithAddress(index == 0 ? place : place with { Latitude = null, Longitude = null, Phones = [] }, address, reading);
        }
    }

    /// <summary>The service areas; null if there are none.</summary>
    public static ServiceArea? Area(IEnumerable<HsdsThing> areas, string? state, HsdsReading reading)
    {
        var (whole, states, counties, zips, notes) = (false, new List<string>(), new List<string>(), new List<string>(), new List<string>());
        foreach (var area in areas)
        {
            var texts = new[] { area["extent"], area["name"], area["service_area"] }.OfType<string>().Select(t => t.Trim()).ToList();
            if (texts.Exists(t => Nation().IsMatch(t)))
            {
                whole = true;
            }
            else if (texts.Select(t => States.Parse(t)?.Code).FirstOrDefault(c => c is not null) is { } code && area["extent_type"] is not ("county" or "city"))
            {
                states.Add(code);
            }
            else if (texts.Select(t => Counties.Parse(t) ?? (MayBeCounty(t, area["extent_type"]) ? Counties.Find(state, t) : null)).FirstOrDefault(c => c is not null) is { } county)
            {
                counties.Add(county.Code);
            }
            else if (texts.Find(PlaceRules.IsZip) is { } zip)
            {
                zips.Add(zip);
            }
            else
            {
                notes.AddRange(texts.Where(t => !t.StartsWith('{')).TakeLast(1));
            }

            notes.AddRange(new[] { area["description"] }.OfType<string>());
        }

        if (whole && states.Count + counties.Count + zips.Count > 0)
        {
            reading.Note("Areas besides the whole country", string.Join(", ", [.. states, .. counties, .. zips]));
            (states, counties, zips) = ([], [], []);
        }

        var note = HsdsReading.Joined(notes.Select(reading.NoteOf).Distinct(), "; ", 1_000);
        return whole || note is not null || states.Count + counties.Count + zips.Count > 0
            ? new ServiceArea { Nationwide = whole, States = [.. states.Distinct()], Counties = [.. counties.Distinct()], ZipCodes = [.. zips.Distinct()], Note = note }
            : null;
    }

    /// <summary>A location of our own export with only county and state public; otherwise null.</summary>
    private static Location? AreaOnly(HsdsThing location)
    {
        string?[] parts = location["description"] is { } text ? [.. text.Split(", ")] : [null];
        var (county, state) = (parts.Length == 2 ? parts[0] : null, parts[^1]);
        var isKnown = (state is null || States.Find(state) is not null) && (county is null || PlaceRules.IsCounty(county, state!));
        return isKnown && parts.Length <= 2 && location["name"] == $"In {county ?? state ?? "the area"}; ask for the address"
            ? new Location { Visibility = Visibility.Area, County = county, StateProvince = state }
            : null;
    }

    private static bool IsPostal(HsdsThing address) => address["address_type"] is { } type && type.Contains("postal", StringComparison.OrdinalIgnoreCase)
        && !type.Contains("physical", StringComparison.OrdinalIgnoreCase);

    private static Location Located(Location place, HsdsThing location, HsdsReading reading)
    {
        if (location["latitude"] is null || location["longitude"] is null)
        {
            return place;
        }

        var north = (double?)reading.Read(location, "latitude", new CoordinateTransform(other: null));
        var east = (double?)reading.Read(location, "longitude", new CoordinateTransform(other: null));
        if (north is null || east is null)
        {
            return place;
        }

        if (north is < -90 or > 90)
        {
            reading.Drop(location, "latitude", $"'{north}' is not a latitude.", "Write degrees north between -90 and 90.");
            return place;
        }

        return place with { Latitude = north, Longitude = east };
    }

    private static Location WithAddress(Location place, HsdsThing address, HsdsReading reading)
    {
        var country = Country(address["country"]);
        var state = country == "US" ? reading.ReadText(address, "state_province", new StateTransform()) : reading.Line(address, "state_province", 100);
        var zip = country == "US" ? reading.ReadText(address, "postal_code", new ZipTransform()) : reading.Line(address, "postal_code", 20);
        var county = country != "US" ? null
            : Counties.Find(state, address["region"])?.Name ?? (ZipCodes.TryGet(zip, out var area) && area.County is { } around && around.State == state ? around.Name : null);
        return place with
        {
            Address1 = reading.Line(address, "address_1", 200),
            Address2 = HsdsReading.Joined([reading.Line(address, "address_2", 200), HsdsReading.Line(address["address_3"]), HsdsReading.Line(address["address_4"])], ", ", 200),
            City = reading.Line(address, "city", 100),
            County = county,
            StateProvince = state,
            PostalCode = zip,
            Country = country,
        };
    }

    private static string Country(string? text)
    {
        var code = text?.Trim().ToUpperInvariant();
        return code is { Length: 2 } && LanguageTag.IsCountry(code) ? code : "US";
    }

    private static List<string> Accessibility(HsdsThing location, string shown, HsdsReading reading)
    {
        var terms = location.List("attributes").Where(a => reading.IsOurs && a["link_type"] == VocabularyNames.Accessibility && VocabularySet.Shipped.Find(VocabularyNames.Accessibility, a["value"] ?? "") is not null).ToList();
        var codes = terms.ConvertAll(a => a["value"]!);
        foreach (var said in location.List("accessibility").Where(s => !terms.Exists(t => t["label"] == s["description"])))
        {
            var text = said["description"] ?? said["accessibility"];
            if (text is not null && TermNames.Of(VocabularyNames.Accessibility)!.Find(text) is { } code)
            {
                codes.Add(code);
                text = null;
            }

            reading.Describe($"Accessibility ({shown})", HsdsReading.Joined([text, said["details"]], "; ", 1_000));
        }

        return [.. codes.Distinct()];
    }

    private static bool MayBeCounty(string text, string? type) => type == "county" || CountyWord().IsMatch(text);

    [GeneratedRegex(@"^(us|usa|united states( of america)?|nationwide|national)$", RegexOptions.IgnoreCase)]
    private static partial Regex Nation();

    [GeneratedRegex(@"\b(county|parish|borough|municipio)\b", RegexOptions.IgnoreCase)]
    private static partial Regex CountyWord();
}
