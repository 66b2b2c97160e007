using System.Text.Json;
using HealthEquity.Db.Attorneys;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Hsds;
using HealthEquity.Db.Imports;
using HealthEquity.Db.Organizations;
using HealthEquity.Db.Providers;
using HealthEquity.Db.Publishing;
using HealthEquity.Db.Starter;
using HealthEquity.Db.Vocabularies;
using HealthEquity.Tests.Api;

namespace HealthEquity.Tests.Imports.Hsds;

/// <summary>What our own HSDS says of an entry, read back: as far as the standard and the profile carry it, the entry is the same.</summary>
public sealed class HsdsRoundTripTests
{
    // Members that are the same again for every entry that has them; the README names what is not.
    private static readonly (string Name, Func<ServiceEntry, object?> Of)[] Surviving =
    [
        ("kind", e => e.Kind),
        ("name", e => e.Name),
        ("first alternate name", e => e.AlternateNames.Take(1)),
        ("description", e => e.Description ?? e.Summary),
        ("website", e => e.Website),
        ("phones", e => e.Phones.Select(p => p with { DetentionDialCode = null })),
        ("first e-mail", e => e.Emails.Take(1).Select(m => m.Address)),
        ("links", e => e.Links),
        ("addresses", e => e.Locations.Where(IsWhole).Select(l => (l.Address1, l.Address2, l.City, l.StateProvince, l.PostalCode, l.Country, l.Latitude, l.Longitude, l.Transit))),
        ("accessibility", e => e.Locations.Where(IsWhole).SelectMany(l => l.Accessibility)),
        ("opening times", e => e.Hours?.Times.OrderBy(t => t.Day).ThenBy(t => t.Opens)),
        ("hours around them", e => (e.Hours?.AlwaysOpen ?? false, e.Hours?.TimeZone, e.Hours?.Note)),
        ("area", e => (e.ServiceArea?.Nationwide ?? false, string.Join(',', e.ServiceArea?.States ?? []), string.Join(',', e.ServiceArea?.Counties ?? []), string.Join(',', e.ServiceArea?.ZipCodes ?? []))),
        ("languages", e => e.Languages),
        ("ways to pay", e => e.Cost?.Options.Order()),
        ("fees", e => (e.Cost?.FeeMinimum, e.Cost?.FeeMaximum)),
        ("ages", e => (e.Eligibility?.MinimumAge, e.Eligibility?.MaximumAge)),
        ("populations", e => e.Eligibility?.Populations.Order()),
        ("conditions", e => e.Eligibility?.Conditions.Order()),
        ("documents", e => e.Eligibility?.DocumentsRequired.Order()),
        ("immigration status", e => (e.Eligibility?.ImmigrationStatus ?? "unknown", e.Eligibility?.ImmigrationStatusEvidence)),
        ("capacity", e => (e.Capacity?.Status ?? "unknown", e.Capacity?.WaitlistDays, e.Capacity?.AsOf)),
        ("remote service", e => e.RemoteService?.Offered ?? "unknown"),
        ("tags", e => e.Tags.Append("imported").Distinct().Order()),
        ("provider", e => e is Provider p ? new object?[] { p.ProviderType, p.Npi, p.Licences, p.Specialties.Order(), p.Modalities.Order(), p.Evaluations.Order() } : null),
        ("attorney", e => e is Attorney a ? new object?[] { a.BarAdmissions, a.DetainedDocket, a.PracticeAreas.Order(), a.Help.Order(), a.Courts.Order(), a.IntakePolicy } : null),
        ("organization", e => e is Organization o ? new object?[] { o.OrganizationType, o.Functions.Order(), o.YearIncorporated, o.LegalStatus } : null),
    ];

    private static readonly JsonSerializerOptions Fields = new() { IncludeFields = true };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_starter_entry_comes_back_as_far_as_hsds_carries_it()
    {
        await using var desk = await ImportDesk.OpenAsync();
        desk.Office.Clock.SetUtcNow(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var mapping = new HsdsMapping(VocabularySet.Shipped, "checks@health.example.org");
        var entries = PublicServices().ToList();
        var path = desk.Write("ours.ndjson", entries.Select(e => JsonSerializer.Serialize(mapping.Service(e, full: true), HsdsJson.Options)));

        var summary = await desk.Importer.ImportAsync(new ImportRequest { Path = path, RefusedFolder = desk.Folder }, null, Cancellation);

        Assert.Equal((entries.Count, 0), (summary.New, summary.Refused));
        foreach (var entry in entries)
        {
            var back = entry switch
            {
                Provider => await desk.EntryAsync<Provider>(entry.Slug!),
                Attorney => await desk.EntryAsync<Attorney>(entry.Slug!),
                _ => (ServiceEntry)await desk.EntryAsync<Organization>(entry.Slug!),
            };
            Assert.All(Surviving, member => Assert.Equal($"{entry.Slug} {member.Name} {Json(member.Of(entry))}", $"{entry.Slug} {member.Name} {Json(member.Of(back))}"));
        }
    }

    private static bool IsWhole(Location place) => place is { Visibility: Visibility.Public, Address1: not null, City: not null, StateProvince: not null, PostalCode: not null };

    private static string Json(object? value) => JsonSerializer.Serialize(value, Fields);

    private static IEnumerable<ServiceEntry> PublicServices()
    {
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        foreach (var (slug, entry) in StarterDirectory.Read().Append(new("clinica-del-sol", SampleDirectory.Sol)).Append(new("ana-abogada", SampleDirectory.Ana)))
        {
            var body = PublicProjection.Of(entry, new PublicationFacts(HsdsIds.Of(Guid.Empty, slug), slug, [], now, now, new DateOnly(2026, 2, 1), new DateOnly(2026, 5, 1)));
            if (JsonSerializer.Deserialize<Entry>(body, EntryJson.Public) is ServiceEntry service)
            {
                yield return service;
            }
        }
    }
}
