using HealthEquity.Db.Attorneys;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Events;
using HealthEquity.Db.Geography;
using HealthEquity.Db.Materials;
using HealthEquity.Db.Organizations;
using HealthEquity.Db.PolicyActions;
using HealthEquity.Db.Providers;

namespace HealthEquity.Db.Search;

/// <summary>
/// What an entry holds in each of the <see cref="SearchFields"/>. To add a filter, name it there and give its values here.
/// What an entry does not say of a yes-or-no question is "unknown", a value like any other.
/// </summary>
internal static class EntryFields
{
    private const string Unknown = "unknown";

    /// <summary>The fields and values of an entry; a value may come twice.</summary>
    public static IEnumerable<(string Field, string Value)> Of(Entry entry)
    {
        var own = entry switch
        {
            Provider provider => OfProvider(provider),
            Attorney attorney => OfAttorney(attorney),
            Organization organization => OfOrganization(organization),
            PolicyAction action => OfPolicyAction(action),
            Material material => OfMaterial(material),
            Event @event => OfEvent(@event),
            _ => [],
        };
        var service = entry is ServiceEntry helper ? OfService(helper) : [];
        return own.Concat(service)
            .Append((SearchFields.Kind, entry.Kind.Code()))
            .Concat(Each(SearchFields.Tag, entry.Tags));
    }

    private static IEnumerable<(string Field, string Value)> OfProvider(Provider provider) =>
    [
        .. One(SearchFields.ProviderType, provider.ProviderType),
        .. Each(SearchFields.Specialty, provider.Specialties),
        .. Each(SearchFields.Modality, provider.Modalities),
        .. Each(SearchFields.Licence, provider.Licences.Select(l => l.Type)),
        .. Each(SearchFields.Evaluation, provider.Evaluations),
    ];

    private static IEnumerable<(string Field, string Value)> OfAttorney(Attorney attorney) =>
    [
        .. One(SearchFields.AttorneyType, attorney.AttorneyType),
        .. Each(SearchFields.PracticeArea, attorney.PracticeAreas),
        .. One(SearchFields.Detained, attorney.DetainedDocket),
        .. Each(SearchFields.Court, attorney.Courts),
        .. Each(SearchFields.Help, attorney.Help),
    ];

    private static IEnumerable<(string Field, string Value)> OfOrganization(Organization organization) =>
    [
        .. One(SearchFields.OrganizationType, organization.OrganizationType),
        .. Each(SearchFields.Function, organization.Functions),
    ];

    private static IEnumerable<(string Field, string Value)> OfPolicyAction(PolicyAction action) =>
    [
        .. One(SearchFields.Theme, action.Theme),
        .. Each(SearchFields.Actor, action.Actors),
        .. One(SearchFields.Instrument, action.Instrument),
        .. One(SearchFields.Direction, action.Direction),
        .. Each(SearchFields.State, action.Adoptions.Select(a => a.Jurisdiction.State).OfType<string>()),
        .. Languages(action.Translations.Select(t => t.Language).Append(action.Language)),
    ];

    private static IEnumerable<(string Field, string Value)> OfMaterial(Material material) =>
    [
        .. One(SearchFields.Type, material.MaterialType),
        .. Each(SearchFields.Audience, material.Audiences),
        .. Languages(material.Editions.Select(e => e.Language)),
    ];

    private static IEnumerable<(string Field, string Value)> OfEvent(Event @event) =>
    [
        .. One(SearchFields.Type, @event.EventType),
        .. Languages(@event.Languages),
        .. @event.Location is { } place ? Place(place) : [],
    ];

    private static IEnumerable<(string Field, string Value)> OfService(ServiceEntry entry) =>
    [
        .. Languages(entry.Languages.Select(l => l.Language)),
        .. Each(SearchFields.Cost, entry.Cost?.Options ?? []),
        .. One(SearchFields.ImmigrationStatus, entry.Eligibility?.ImmigrationStatus ?? Unknown),
        .. One(SearchFields.Accepting, entry.Capacity?.Status ?? Unknown),
        .. One(SearchFields.Telehealth, entry.RemoteService?.Offered ?? Unknown),
        .. Each(SearchFields.Population, entry.Eligibility?.Populations ?? []),
        .. entry.Locations.SelectMany(Place),
        .. entry.ServiceArea is { } area ? Area(area) : [],
        .. Each(SearchFields.State, entry.RemoteService is { Offered: "yes" } remote ? remote.States : []),
    ];

    /// <summary>"In Florida" means both: found there, or serving people there.</summary>
    private static IEnumerable<(string Field, string Value)> Area(ServiceArea area)
    {
        var zips = area.ZipCodes.Select(z => ZipCodes.TryGet(z, out var found) ? found.County : null).OfType<County>().Distinct().ToList();
        return
        [
            .. Each(SearchFields.State, area.Nationwide ? States.All.Select(s => s.Code) : area.States),
            .. Each(SearchFields.State, area.Counties.Where(c => c.Length > 3).Select(c => c[..2])),
            .. Each(SearchFields.State, zips.Select(c => c.State)),
            .. Each(SearchFields.County, area.Counties),
            .. Each(SearchFields.County, zips.Select(c => c.Code)),
        ];
    }

    private static IEnumerable<(string Field, string Value)> Place(Location place)
    {
        if (place.Country != "US")
        {
            yield break;
        }

        if (place.StateProvince is { } state)
        {
            yield return (SearchFields.State, state);
        }

        if (CountyOf(place) is { } county)
        {
            yield return (SearchFields.County, county);
        }
    }

    /// <summary>A place's county as "FL:Miami-Dade County", from its ZIP code where it does not say.</summary>
    public static string? CountyOf(Location place)
    {
        if (place is { StateProvince: { } state, County: { } name })
        {
            return Counties.Find(state, name)?.Code ?? $"{state}:{name}";
        }

        return ZipCodes.TryGet(place.PostalCode, out var zip) ? zip.County?.Code : null;
    }

    /// <summary>Whoever speaks zh-Hans speaks zh: a tag stands for each of its beginnings too.</summary>
    private static IEnumerable<(string Field, string Value)> Languages(IEnumerable<string> tags)
    {
        foreach (var tag in tags)
        {
            yield return (SearchFields.Language, tag);
            for (var dash = tag.LastIndexOf('-'); dash > 0; dash = tag.LastIndexOf('-', dash - 1))
            {
                yield return (SearchFields.Language, tag[..dash]);
            }
        }
    }

    private static IEnumerable<(string Field, string Value)> One(string field, string? value) => value is null ? [] : [(field, value)];

    private static IEnumerable<(string Field, string Value)> Each(string field, IEnumerable<string> values) => values.Select(v => (field, v));
}
