using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Hsds;
using HealthEquity.Formats.Hsds.Writing;
using HealthEquity.Imports.Sources;
using HealthEquity.Store.Starter;
using HealthEquity.Tests.Api;
using HealthEquity.Tests.Imports.Running;

namespace HealthEquity.Tests.Formats.Hsds.Reading;

/// <summary>Our own HSDS, read back: the entry is the same, as far as the standard and the profile allow.</summary>
public sealed class HsdsRoundTripTests
{
    // Members that survive the round trip. The README lists the others.
    private static readonly (string Name, Func<ServiceEntry, object?> Of)[] Surviving =
    [
        ("kind", e => e.Kind),
        ("name", e => e.Name),
        ("alternate names", e => e.AlternateNames),
        ("description", e => e.Description ?? e.Summary),
        ("website", e => e.Website),
        ("phones", e => e.Phones),
        ("e-mail", e => e.Emails),
        ("links", e => e.Links),
        ("addresses", e => e.Locations.Where(IsWhole).Select(l => (l.Address1, l.Address2, l.City, l.StateProvince, l.PostalCode, l.Country, l.Latitude, l.Longitude, l.Transit))),
        ("telephones of places", e => e.Locations.Where(IsWhole).SelectMany(l => l.Phones)),
        ("areas for places", e => e.Locations.Where(l => l.Visibility == Visibility.Area)),
        ("accessibility", e => e.Locations.Where(IsWhole).SelectMany(l => l.Accessibility)),
        ("opening times", e => e.Hours?.Times.OrderBy(t => t.Day).ThenBy(t => t.Opens)),
        ("hours around them", e => (e.Hours?.AlwaysOpen ?? false, e.Hours?.TimeZone, e.Hours?.Note)),
        ("area", e => (e.ServiceArea?.Nationwide ?? false, string.Join(',', e.ServiceArea?.States ?? []), string.Join(',', e.ServiceArea?.Counties ?? []), string.Join(',', e.ServiceArea?.ZipCodes ?? []), e.ServiceArea?.Note)),
        ("languages", e => e.Languages),
        ("ways to pay", e => e.Cost?.Options.Order()),
        ("fees", e => (e.Cost?.FeeMinimum, e.Cost?.FeeMaximum, e.Cost?.Note)),
        ("insurers", e => e.Cost?.Insurers),
        ("ages", e => (e.Eligibility?.MinimumAge, e.Eligibility?.MaximumAge)),
        ("populations", e => e.Eligibility?.Populations.Order()),
        ("conditions", e => e.Eligibility?.Conditions.Order()),
        ("documents", e => e.Eligibility?.DocumentsRequired.Order()),
        ("immigration status", e => (e.Eligibility?.ImmigrationStatus ?? "unknown", e.Eligibility?.ImmigrationStatusEvidence, e.Eligibility?.Note)),
        ("capacity", e => (e.Capacity?.Status ?? "unknown", e.Capacity?.WaitlistDays, e.Capacity?.AsOf)),
        ("remote service", e => (e.RemoteService?.Offered ?? "unknown", string.Join(',', e.RemoteService?.States ?? []))),
        ("tags", e => e.Tags.Append("imported").Distinct().Order()),
        ("provider", e => e is Provider p ? new object?[] { p.ProviderType, p.Npi, p.Licenses, p.Specialties.Order(), p.Modalities.Order(), p.Evaluations.Order() } : null),
        ("attorney", e => e is Attorney a ? new object?[] { a.BarAdmissions, a.DetainedDocket, a.PracticeAreas.Order(), a.Help.Order(), a.Courts.Order(), a.IntakePolicy, a.IntakeHours, a.DojAccreditation, a.RecognizedOrganization, TypeWithProof(a) } : null),
        ("organization", e => e is Organization o ? new object?[] { o.OrganizationType, o.Functions.Order(), o.YearIncorporated, o.LegalStatus, o.Ein } : null),
    ];

    private static readonly JsonSerializerOptions Fields = new() { IncludeFields = true };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Members that the starter directory does not have.
    private static readonly Entry[] Rare =
    [
        new Attorney
        {
            Name = "Night Desk of Ana Ruiz",
            AttorneyType = "accreditedRepresentative",
            DojAccreditation = new() { Level = "full", ExpiresOn = new(2028, 1, 1), RenewalPending = true },
            RecognizedOrganization = "Casa del Sol; Legal Aid",
            AlternateNames = ["Night Desk", "Mesa de noche"],
            Phones =
            [
                new() { Number = "+13055550101", Extension = "12", Label = "Intake; ask for Ana" }, new() { Number = "+13055550102", Extension = "012" },
                new() { Number = "+13055550103", Type = "whatsapp", Label = "Intake", Languages = ["es", "zh-Hans"] }, new() { Number = "+13055550104", Type = "signal" },
                new() { Number = "+13055550105", Type = "tty", DetentionDialCode = "9233#" }, new() { Number = "+13055550106", Type = "hotline", Extension = "07", DetentionDialCode = "705#" },
            ],
            Emails = [new() { Address = "desk@example.org", Label = "Front desk" }, new() { Address = "intake@example.org", Label = "Intake" }, new() { Address = "more@example.org" }],
            Locations =
            [
                new() { Visibility = Visibility.Area, County = "Miami-Dade County", StateProvince = "FL", Address1 = "1 Hidden St", City = "Miami" },
                new() { Visibility = Visibility.Area, StateProvince = "FL" }, new() { Visibility = Visibility.Area },
            ],
            Hours = new() { TimeZone = "America/Chicago", Times = [new() { Day = DayOfWeek.Monday, Opens = new(9, 0), Closes = new(17, 0) }, new() { Day = DayOfWeek.Friday, Opens = new(22, 0), Closes = new(6, 0) }], Note = "Not on holidays; ring twice" },
            IntakeHours = new() { TimeZone = "America/Chicago", Times = [new() { Day = DayOfWeek.Tuesday, Opens = new(13, 0), Closes = new(15, 0) }] },
            ServiceArea = new() { States = ["FL"], Counties = ["GA:Fulton County"], ZipCodes = ["33130"], Note = "By bus\nor by video" },
            Languages = [new() { Language = "zh-Hans", How = ["staff", "interpreter"], Note = "Tuesdays." }, new() { Language = "ht", How = ["interpreter"], Note = "Ask" }, new() { Language = "es-MX" }],
            Cost = new() { Options = ["free", "privateInsurance"], Insurers = ["Aetna", "Sol, Mar & Co"], FeeMinimum = 0, FeeMaximum = 0, Note = "No fee; ever" },
            Eligibility = new() { MinimumAge = 18, ImmigrationStatus = "notAsked", ImmigrationStatusEvidence = "A written policy", Note = "Ask; do not wait" },
            RemoteService = new() { Offered = "yes", States = ["FL", "GA"] },
        },
        new Attorney
        {
            Name = "Line of Day and Night",
            AttorneyType = "legalAidProgram",
            Hours = new() { AlwaysOpen = true, Note = "Also on holidays" },
            IntakeHours = new() { TimeZone = "America/New_York", Note = "Call first." },
            Cost = new() { FeeMinimum = 20, Note = "A word" },
        },
        new Organization { Name = "House of Words", Hours = new() { TimeZone = "America/New_York", Note = "By appointment." }, Ein = "59-1234567", Cost = new() { FeeMaximum = 80.5m } },
    ];

    [Fact]
    public async Task Every_starter_entry_survives_the_round_trip_as_far_as_hsds_allows()
    {
        await using var desk = await ImportDesk.OpenAsync();
        desk.Office.Clock.SetUtcNow(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var mapping = new HsdsMapping(VocabularySet.Shipped, "checks@health.example.org");
        var entries = PublicServices().ToList();
        var path = desk.Write("ours.ndjson", entries.Select(e => JsonSerializer.Serialize(mapping.Service(e, full: true), HsdsJson.Options)));

        var summary = await desk.Importer.ImportAsync(new ImportRequest { Path = path, RefusedFolder = desk.Folder }, null, Cancellation);

        Assert.Equal((entries.Count, 0, 0), (summary.New, summary.Refused, summary.Flawed));
        foreach (var entry in entries)
        {
            var back = await BackAsync(desk, entry);
            Assert.All(Surviving, member => Assert.Equal($"{entry.Slug} {member.Name} {Json(member.Of(entry))}", $"{entry.Slug} {member.Name} {Json(member.Of(back))}"));
        }
    }

    [Fact]
    public async Task Our_own_package_gives_the_same_entries_as_our_api()
    {
        await using var api = await ImportDesk.OpenAsync();
        await using var package = await ImportDesk.OpenAsync();
        Array.ForEach([api, package], desk => desk.Office.Clock.SetUtcNow(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        var mapping = new HsdsMapping(VocabularySet.Shipped, "checks@health.example.org");
        var entries = PublicServices().ToList();
        var lines = api.Write("ours.ndjson", entries.Select(e => JsonSerializer.Serialize(mapping.Service(e, full: true), HsdsJson.Options)));
        var zip = Path.Combine(package.Folder, "datapackage.zip");
        await using (var file = File.Create(zip))
        {
            await HsdsPackage.WriteAsync(file, entries, mapping, VocabularySet.Shipped, [], Cancellation);
        }

        Assert.Empty(SourceRecognition.Recognize(zip).Hsds!.Ignored);
        await api.Importer.ImportAsync(new ImportRequest { Path = lines, RefusedFolder = api.Folder }, null, Cancellation);
        var summary = await package.Importer.ImportAsync(new ImportRequest { Path = zip, RefusedFolder = package.Folder }, null, Cancellation);

        Assert.Equal((entries.Count, 0, 0), (summary.New, summary.Refused, summary.Flawed));
        foreach (var entry in entries)
        {
            Assert.Equal(EntryJson.Write(await BackAsync(api, entry) with { Sources = [] }), EntryJson.Write(await BackAsync(package, entry) with { Sources = [] }));
        }
    }

    private static string? TypeWithProof(Attorney attorney) => attorney is { AttorneyType: "attorney", BarAdmissions.Count: 0 } ? null : attorney.AttorneyType;

    private static async Task<ServiceEntry> BackAsync(ImportDesk desk, ServiceEntry entry) => entry switch
    {
        Provider => await desk.EntryAsync<Provider>(entry.Slug!),
        Attorney => await desk.EntryAsync<Attorney>(entry.Slug!),
        _ => await desk.EntryAsync<Organization>(entry.Slug!),
    };

    private static bool IsWhole(Location place) => place is { Visibility: Visibility.Public, Address1: not null, City: not null, StateProvince: not null, PostalCode: not null };

    private static string Json(object? value) => JsonSerializer.Serialize(value, Fields);

    private static IEnumerable<ServiceEntry> PublicServices()
    {
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        foreach (var (slug, entry) in StarterDirectory.Read().Append(new("clinica-del-sol", SampleDirectory.Sol)).Append(new("ana-abogada", SampleDirectory.Ana)).Concat(Rare.Select(e => new StarterEntry(Slug.From(e.Name), e))))
        {
            var body = PublicProjection.Of(entry, new PublicationFacts(HsdsIds.Of(Guid.Empty, slug), slug, [], now, now, new DateOnly(2026, 2, 1), new DateOnly(2026, 5, 1)));
            if (JsonSerializer.Deserialize<Entry>(body, EntryJson.Public) is ServiceEntry service)
            {
                yield return service;
            }
        }
    }
}
