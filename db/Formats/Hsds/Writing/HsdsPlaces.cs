using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Formats.Hsds.Writing;

/// <summary>Maps locations, phones and service areas to HSDS.</summary>
internal sealed class HsdsPlaces(VocabularySet vocabularies)
{
    public IEnumerable<HsdsLocation> Locations(ServiceEntry entry)
    {
        var ids = new HsdsPartIds(entry.Id!.Value);
        foreach (var place in entry.Locations)
        {
            var key = string.Join('|', place.Name, place.Address1, place.Address2, place.City, place.County, place.StateProvince, place.PostalCode);
            var id = ids.Next($"location/{key.ToUpperInvariant()}");
            var address = Address(place, id);
            yield return new HsdsLocation
            {
                Id = id,
                LocationType = "physical",
                OrganizationId = HsdsMapping.OrganizationId(entry),
                Name = place.Name ?? (place.Visibility == Visibility.Area ? $"In {place.County ?? place.StateProvince ?? "the area"}; ask for the address" : entry.Name),
                Description = address is null ? Whereabouts(place) : null,
                Transportation = place.Transit,
                Latitude = place.Latitude,
                Longitude = place.Longitude,
                Addresses = address is null ? null : [address],
                Accessibility = Some(place.Accessibility.Distinct().Select(code => new HsdsAccessibility
                {
                    Id = HsdsIds.Of(id, $"accessibility/{code}"),
                    LocationId = id,
                    Description = vocabularies.Find(VocabularyNames.Accessibility, code)?.Label ?? code,
                })),
                Phones = Some(Phones(place.Phones, id).Select(p => p with { LocationId = id })),
                Attributes = Some(HsdsAttributes.Of(place.Accessibility.Select(code => (VocabularyNames.Accessibility, code)), id, "location", vocabularies)),
            };
        }
    }

    public IEnumerable<HsdsPhone> Phones(IReadOnlyList<Phone> phones, Guid owner)
    {
        var ids = new HsdsPartIds(owner);
        foreach (var phone in phones)
        {
            var id = ids.Next($"phone/{phone.Number}/{phone.Extension}/{phone.Type}");
            var extension = Extension(phone.Extension);
            yield return new HsdsPhone
            {
                Id = id,
                Number = phone.Number,
                Extension = extension,
                Type = StandardType(phone.Type),
                Description = HsdsTexts.Joined(
                [
                    phone.Label,
                    phone.Type is "voice" or "text" or "fax" or "tty" ? null : vocabularies.Find(VocabularyNames.PhoneType, phone.Type)?.Label ?? phone.Type,
                    phone.Extension is null || extension is not null ? null : $"extension {phone.Extension}",
                    phone.DetentionDialCode is null ? null : $"from detention dial {phone.DetentionDialCode}",
                ]),
                Languages = Some(phone.Languages.Distinct().Select(tag => new HsdsLanguage
                {
                    Id = HsdsIds.Of(id, tag),
                    PhoneId = id,
                    Code = HsdsTexts.LanguageCode(tag),
                    Name = HsdsTexts.LanguageName(tag),
                })),
            };
        }
    }

    public static IEnumerable<HsdsServiceArea> ServiceAreas(ServiceArea? area, Guid service)
    {
        if (area is null)
        {
            yield break;
        }

        if (area.Nationwide)
        {
            yield return Area("nationwide", "United States", "US");
        }

        foreach (var state in area.States.Distinct())
        {
            yield return Area($"state/{state}", States.Find(state)?.Name ?? state, state);
        }

        foreach (var county in area.Counties.Distinct())
        {
            yield return Area($"county/{county}", string.Join(", ", county.Split(':', 2).Reverse()), county);
        }

        foreach (var zip in area.ZipCodes.Distinct())
        {
            yield return Area($"zip/{zip}", $"ZIP code {zip}", zip);
        }

        if (area is { Nationwide: false, States.Count: 0, Counties.Count: 0, ZipCodes.Count: 0, Note: not null })
        {
            yield return new HsdsServiceArea { Id = HsdsIds.Of(service, "service_area/note"), ServiceId = service, Description = area.Note };
        }

        // "text" is the standard's extent type for anything but a polygon.
        HsdsServiceArea Area(string path, string name, string extent) => new()
        {
            Id = HsdsIds.Of(service, $"service_area/{path}"),
            ServiceId = service,
            Name = name,
            Extent = extent,
            ExtentType = "text",
            Description = area.Note,
        };
    }

    /// <summary>The extension as a number, unless it would lose digits: "0123" is not dialed as 123.</summary>
    private static long? Extension(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == text ? number : null;

    /// <summary>The standard uses the types of RFC 6350, 6.4.1. Other types are in the description.</summary>
    private static string StandardType(string type) => type switch
    {
        "tty" => "textphone",
        "whatsapp" or "signal" => "cell",
        "hotline" => "voice",
        _ => type,
    };

    /// <summary>HSDS requires a complete address. The public part of ours may be incomplete.</summary>
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

    private static string? Whereabouts(Location place)
    {
        string?[] parts = place.Visibility == Visibility.Public
            ? [place.Address1, place.Address2, place.City, place.County, place.StateProvince, place.PostalCode]
            : [place.County, place.StateProvince];
        return string.Join(", ", parts.Where(p => !string.IsNullOrEmpty(p))) is { Length: > 0 } text ? text : null;
    }

    private static List<T>? Some<T>(IEnumerable<T> items) => HsdsTexts.Some(items);
}
