using HealthEquity.Db.Entries;
using HealthEquity.Db.Vocabularies;

namespace HealthEquity.Db.Hsds;

/// <summary>Places, telephone numbers and areas as HSDS has them.</summary>
internal static class HsdsPlaces
{
    public static IEnumerable<HsdsLocation> Locations(ServiceEntry entry, VocabularySet vocabularies)
    {
        var organization = HsdsMapping.OrganizationId(entry);
        // The id follows the address and not the place in the list, so that reordering changes nothing; the count tells twins apart.
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var place in entry.Locations)
        {
            var key = string.Join('|', place.Name, place.Address1, place.Address2, place.City, place.County, place.StateProvince, place.PostalCode);
            seen[key] = seen.GetValueOrDefault(key) + 1;
            var id = HsdsIds.Of(entry.Id!.Value, $"location/{key.ToUpperInvariant()}/{seen[key]}");
            yield return new HsdsLocation
            {
                Id = id,
                LocationType = "physical",
                OrganizationId = organization,
                Name = place.Name ?? (place.Visibility == Visibility.Area ? $"In {place.County ?? place.StateProvince}; ask for the address" : entry.Name),
                Transportation = place.Transit,
                Latitude = place.Latitude,
                Longitude = place.Longitude,
                Addresses = Address(place, id) is { } address ? [address] : null,
                Accessibility = place.Accessibility.Count == 0 ? null : [.. place.Accessibility.Select(code => new HsdsAccessibility
                {
                    Id = HsdsIds.Of(id, $"accessibility/{code}"),
                    LocationId = id,
                    Description = vocabularies.Find(VocabularyNames.Accessibility, code)?.Label ?? code,
                })],
                Phones = place.Phones.Count == 0 ? null : [.. Phones(place.Phones, id, "phone").Select(p => p with { LocationId = id })],
            };
        }
    }

    public static IEnumerable<HsdsPhone> Phones(IReadOnlyList<Phone> phones, Guid owner, string path) =>
        phones.Select((phone, i) =>
        {
            var id = HsdsIds.Of(owner, $"{path}/{phone.Number}/{phone.Extension}/{phone.Type}/{i}");
            return new HsdsPhone
            {
                Id = id,
                Number = phone.Number,
                Extension = long.TryParse(phone.Extension, out var extension) ? extension : null,
                Type = phone.Type,
                Description = phone.Label,
                Languages = phone.Languages.Count == 0 ? null : [.. phone.Languages.Select(tag => new HsdsLanguage
                {
                    Id = HsdsIds.Of(id, tag), PhoneId = id, Code = tag,
                })],
            };
        });

    public static IEnumerable<HsdsServiceArea> ServiceAreas(ServiceArea? area, Guid service)
    {
        if (area is null)
        {
            yield break;
        }

        if (area.Nationwide)
        {
            yield return Area("nationwide", "United States", "US", "country");
        }

        foreach (var state in area.States)
        {
            yield return Area($"state/{state}", Geography.States.Find(state)?.Name ?? state, state, "state");
        }

        foreach (var county in area.Counties)
        {
            yield return Area($"county/{county}", county[(county.IndexOf(':', StringComparison.Ordinal) + 1)..], county, "county");
        }

        foreach (var zip in area.ZipCodes)
        {
            yield return Area($"zip/{zip}", zip, zip, "postalCode");
        }

        HsdsServiceArea Area(string path, string name, string extent, string type) => new()
        {
            Id = HsdsIds.Of(service, $"service_area/{path}"),
            ServiceId = service,
            Name = name,
            Extent = extent,
            ExtentType = type,
            Description = area.Note,
        };
    }

    /// <summary>An address has to be whole in HSDS; what is public of ours may not be.</summary>
    private static HsdsAddress? Address(Location place, Guid location) =>
        place is { Visibility: Visibility.Public, Address1: { } street, City: { } city, StateProvince: { } state, PostalCode: { } zip }
            ? new HsdsAddress
            {
                Id = HsdsIds.Of(location, "address"),
                LocationId = location,
                Address1 = street,
                Address2 = place.Address2,
                City = city,
                Region = place.County,
                StateProvince = state,
                PostalCode = zip,
                Country = place.Country,
                AddressType = "physical",
            }
            : null;
}
