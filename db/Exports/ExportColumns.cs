using System.Globalization;
using HealthEquity.Db.Attorneys;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Events;
using HealthEquity.Db.Materials;
using HealthEquity.Db.Organizations;
using HealthEquity.Db.PolicyActions;
using HealthEquity.Db.Providers;

namespace HealthEquity.Db.Exports;

/// <summary>A column of a tabular export.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Description">What stands in it, with its form.</param>
/// <param name="Read">Its value in an entry; null where the entry has none.</param>
public sealed record ExportColumn(string Name, string Description, Func<Entry, string?> Read);

/// <summary>The columns of tabular exports: one row an entry. Several values in a cell are parted by "; ".</summary>
public static class ExportColumns
{
    private const string Several = "; ";

    /// <summary>All columns, in order.</summary>
    public static IReadOnlyList<ExportColumn> All { get; } =
    [
        new("id", "Id, a UUID", e => e.Id?.ToString()),
        new("kind", "provider, attorney, organization, policyAction, material, event", e => e.Kind.Code()),
        new("slug", "Readable address", e => e.Slug),
        new("name", "Name", e => e.Name),
        new("alternateNames", "Other names", e => Join(e.AlternateNames)),
        new("summary", "One or two sentences", e => e.Summary),
        new("description", "Description, Markdown", e => e.Description),
        new("textLanguage", "Language of the texts, BCP-47", e => e.Language),
        new("tags", "Tags", e => Join(e.Tags)),
        new("phones", "Numbers, E.164, with extension and kind: +13055550142 x12 (voice)", Service(s => Join(s.Phones.Select(Text)))),
        new("emails", "E-mail addresses", Service(s => Join(s.Emails.Select(m => m.Address)))),
        new("website", "Web site", Service(s => s.Website)),
        new("address1", "Street of the first public place", Place(p => p.Address1)),
        new("address2", "Suite or floor", Place(p => p.Address2)),
        new("city", "City", Place(p => p.City)),
        new("county", "County", Place(p => p.County)),
        new("stateProvince", "State, USPS code", Place(p => p.StateProvince)),
        new("postalCode", "ZIP code", Place(p => p.PostalCode)),
        new("latitude", "Degrees north", Place(p => Number(p.Latitude))),
        new("longitude", "Degrees east", Place(p => Number(p.Longitude))),
        new("otherPlaces", "Places beyond the first", Service(s => Join(s.Locations.Skip(1).Select(Text)))),
        new("timeZone", "Time zone of the hours, IANA", Service(s => s.Hours?.TimeZone)),
        new("hours", "Opening times: monday 09:00-17:00; or always", Service(s => s.Hours is { AlwaysOpen: true } ? "always" : Join(s.Hours?.Times.Select(Text) ?? []))),
        new("hoursNote", "What the times do not say", Service(s => s.Hours?.Note)),
        new("serves", "Area served: US, states, counties, ZIP codes", Service(s => Serves(s.ServiceArea))),
        new("languages", "Languages of service, BCP-47, with how: es (staff)", Service(s => Join(s.Languages.Select(Text)))),
        new("cost", "Ways to pay", Service(s => Join(s.Cost?.Options ?? []))),
        new("costNote", "What the rest does not say", Service(s => s.Cost?.Note)),
        new("immigrationStatus", "notAsked, notRequired, restricted, unknown", Service(s => s.Eligibility?.ImmigrationStatus)),
        new("populations", "Groups served in particular", Service(s => Join(s.Eligibility?.Populations ?? []))),
        new("minimumAge", "Youngest age served", Service(s => Number(s.Eligibility?.MinimumAge))),
        new("maximumAge", "Oldest age served", Service(s => Number(s.Eligibility?.MaximumAge))),
        new("capacity", "accepting, waitlist, full, unknown", Service(s => s.Capacity?.Status)),
        new("capacityAsOf", "The day on which that was true", Service(s => Day(s.Capacity?.AsOf))),
        new("remoteService", "yes, no, unknown", Service(s => s.RemoteService?.Offered)),
        new("type", "Provider, attorney, organization, material or event type, or policy theme", Type),
        new("licences", "Licenses: state, type, number", e => e is Provider p ? Join(p.Licences.Select(l => $"{l.State} {l.Type} {l.Number}")) : null),
        new("npi", "National Provider Identifier", e => (e as Provider)?.Npi),
        new("specialties", "Specialties, practice areas, functions or actors", Topics),
        new("barAdmissions", "Bar admissions: state, number", e => e is Attorney a ? Join(a.BarAdmissions.Select(b => $"{b.State} {b.Number}")) : null),
        new("help", "Kinds of legal help", e => e is Attorney a ? Join(a.Help) : null),
        new("detainedDocket", "Cases of people in detention: yes, no, unknown", e => (e as Attorney)?.DetainedDocket),
        new("startsAt", "Start of an event, local time", e => (e as Event)?.StartsAt.ToString("s", CultureInfo.InvariantCulture)),
        new("recurrence", "Recurrence of an event, RFC 5545", e => (e as Event)?.Recurrence),
        new("adoptions", "Who has adopted a policy action, and its state", e => e is PolicyAction p ? Join(p.Adoptions.Select(a => $"{a.Jurisdiction.Name} ({a.Status})")) : null),
        new("sources", "Sources", e => Join(e.Sources.Select(s => s.Url is null ? s.Name : $"{s.Name} <{s.Url}>"))),
        new("updatedAt", "When the text last changed, UTC", e => e.UpdatedAt?.ToString("u", CultureInfo.InvariantCulture)),
        new("assuredOn", "The day on which it was last confirmed", e => Day(e.AssuredOn)),
        new("checkDueOn", "The day by which it is to be checked again", e => Day(e.CheckDueOn)),
    ];

    private static Func<Entry, string?> Service(Func<ServiceEntry, string?> read) => entry => entry is ServiceEntry service ? read(service) : null;

    private static Func<Entry, string?> Place(Func<Location, string?> read) => entry => entry switch
    {
        ServiceEntry { Locations: [var first, ..] } => read(first),
        Event { Location: { } place } => read(place),
        _ => null,
    };

    private static string? Type(Entry entry) => entry switch
    {
        Provider provider => provider.ProviderType,
        Attorney attorney => attorney.AttorneyType,
        Organization organization => organization.OrganizationType,
        Material material => material.MaterialType,
        Event @event => @event.EventType,
        PolicyAction action => action.Theme,
        _ => null,
    };

    private static string? Topics(Entry entry) => Join(entry switch
    {
        Provider provider => provider.Specialties,
        Attorney attorney => attorney.PracticeAreas,
        Organization organization => organization.Functions,
        PolicyAction action => action.Actors,
        Material material => material.Audiences,
        _ => [],
    });

    private static string Text(Phone phone) => $"{phone.Number}{(phone.Extension is null ? "" : " x" + phone.Extension)} ({phone.Type})";

    private static string Text(Location place) =>
        string.Join(", ", new[] { place.Address1, place.Address2, place.City, place.County, place.StateProvince, place.PostalCode }.Where(p => p is not null));

    private static string Text(OpeningTime time) => string.Create(
        CultureInfo.InvariantCulture, $"{time.Day.ToString().ToLowerInvariant()} {time.Opens:HH\\:mm}-{time.Closes:HH\\:mm}");

    private static string Text(LanguageOffered language) => language.How.Count == 0 ? language.Language : $"{language.Language} ({string.Join(", ", language.How)})";

    private static string? Serves(ServiceArea? area) => area is null
        ? null
        : Join((area.Nationwide ? ["US"] : Array.Empty<string>()).Concat(area.States).Concat(area.Counties).Concat(area.ZipCodes));

    private static string? Join(IEnumerable<string> values) => string.Join(Several, values) is { Length: > 0 } text ? text : null;

    private static string? Number(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
