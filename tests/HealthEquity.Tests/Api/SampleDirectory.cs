using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Lists;

namespace HealthEquity.Tests.Api;

/// <summary>A small directory in which each filter distinguishes two entries.</summary>
internal static class SampleDirectory
{
    private static readonly Source Source = new() { Name = "Test", Url = "https://example.org/", RetrievedOn = new(2026, 1, 5) };

    public static async Task FillAsync(Node node)
    {
        var sol = await node.PublishAsync(Sol, "clinica-del-sol", checkedOn: new(2026, 2, 20));
        var harbor = await node.PublishAsync(Harbor, "harbor-counseling", checkedOn: new(2025, 10, 1));
        var ana = await node.PublishAsync(Ana, "ana-abogada");
        await node.PublishAsync(Bruno, "bruno-counsel");
        await node.PublishAsync(RapidResponse, "rapid-response-florida");
        await node.PublishAsync(Welcome, "welcome-resolution");
        await node.PublishAsync(Records, "keep-status-out-of-records");
        await node.PublishAsync(Card, "red-card");
        await node.PublishAsync(Letter, "inquiry-letter");
        await node.PublishAsync(Workshop, "workshop-miami");
        await node.PublishAsync(Rally, "rally-albany");

        var gone = await node.PublishAsync(new Provider { Name = "Closed Practice" }, "closed-practice");
        var twin = await node.PublishAsync(new Provider { Name = "Clinica del Sol Miami" }, "sol-miami");
        await AddListAsync(node, harbor, gone, twin, ana, sol);
        await node.WithdrawAsync(gone);
        await node.WithdrawAsync(twin, mergedInto: sol);
        var renamed = await node.PublishAsync(new Material { Name = "Family plan", MaterialType = "familyPlan" }, "old-plan");
        await node.Database.TransactAsync(s => node.Stores.Entries.ChangeSlugAsync(s, renamed, "family-plan", Actor.System("test"), default), default);
        await node.PublishAgainAsync(renamed, 1);
    }

    /// <summary>A list with an entry that is overdue, one that is taken down later, one that is merged later, and one that is well.</summary>
    private static async Task AddListAsync(Node node, Guid overdue, Guid gone, Guid merged, Guid well, Guid survivor)
    {
        var content = new ListContent
        {
            Titles = new Dictionary<string, string> { ["en"] = "Help for Lincoln families", ["es"] = "Ayuda para familias de Lincoln" },
            Notes = new Dictionary<string, string> { ["en"] = "The counselors of Lincoln keep this list." },
            Audience = "families",
            Entries =
            [
                new ListEntry { Id = overdue },
                new ListEntry { Id = gone, Notes = new Dictionary<string, string> { ["es"] = "Nota del cerrado" } },
                new ListEntry { Id = merged },
                new ListEntry { Id = well, Notes = new Dictionary<string, string> { ["en"] = "Ask for an appointment.", ["es"] = "Pida una cita." } },
                new ListEntry { Id = survivor },
            ],
        };
        var list = await node.EditAsync(s => node.Stores.Lists.CreateAsync(s, "lincoln-families", content, Actor.System("test"), default));
        await node.Database.TransactAsync(s => node.Stores.Lists.PublishAsync(s, list, Actor.System("test"), default), default);
    }

    public static Provider Sol => new()
    {
        Name = "Clínica del Sol",
        Summary = "Trauma care for children and families.",
        Description = "Sliding scale.",
        Tags = ["mentalHealth"],
        Sources = [Source],
        Translations =
        [
            new() { Language = "es", Name = "Clínica El Sol", Summary = "Atención del trauma para niños y familias.", Provenance = "human" },
            new() { Language = "ht", Name = "Klinik Solèy la", Summary = "Swen pou timoun.", Provenance = "machine" },
        ],
        Phones = [new() { Number = "+13055550101", Languages = ["es"] }],
        Locations =
        [
            new()
            {
                Visibility = Visibility.Public, Address1 = "1 Calle Ocho", City = "Miami", County = "Miami-Dade County", StateProvince = "FL",
                PostalCode = "33130", Latitude = 25.7654, Longitude = -80.2036,
            },
        ],
        Hours = new() { TimeZone = "America/New_York", Times = [new() { Day = DayOfWeek.Monday, Opens = new(9, 0), Closes = new(17, 0) }] },
        ServiceArea = new() { Counties = ["FL:Miami-Dade County"] },
        Languages = [new() { Language = "es", How = ["staff"] }, new() { Language = "ht" }],
        Cost = new() { Options = ["free", "slidingScale"] },
        Eligibility = new() { MinimumAge = 0, MaximumAge = 17, Populations = ["unaccompaniedChildren"], ImmigrationStatus = "notAsked", ImmigrationStatusEvidence = "Written policy." },
        Capacity = new() { Status = "accepting", AsOf = new(2026, 2, 20) },
        RemoteService = new() { Offered = "yes", States = ["FL"] },
        ProviderType = "psychologist",
        Licenses = [new() { Type = "psychologist", Number = "PY1234", State = "FL" }],
        Modalities = ["family"],
        Specialties = ["trauma"],
        Evaluations = ["asylum"],
    };

    public static Provider Harbor => new()
    {
        Name = "Harbor Counseling",
        Summary = "Grief counseling for adults.",
        Sources = [Source],
        Phones = [new() { Number = "+12125550102" }],
        Locations =
        [
            new()
            {
                Visibility = Visibility.Public, Address1 = "2 Pearl Street", City = "New York", County = "New York County", StateProvince = "NY",
                PostalCode = "10004", Latitude = 40.7037, Longitude = -74.0121,
            },
        ],
        Hours = new() { TimeZone = "America/New_York", Times = [new() { Day = DayOfWeek.Tuesday, Opens = new(9, 0), Closes = new(17, 0) }] },
        ServiceArea = new() { States = ["NY"] },
        Languages = [new() { Language = "en" }, new() { Language = "zh-Hans" }],
        Cost = new() { Options = ["medicaid"] },
        Eligibility = new() { MinimumAge = 18, Populations = ["refugees"], ImmigrationStatus = "restricted", ImmigrationStatusEvidence = "By telephone." },
        Capacity = new() { Status = "full", AsOf = new(2026, 2, 1) },
        RemoteService = new() { Offered = "no" },
        ProviderType = "counselor",
        Modalities = ["group"],
        Specialties = ["war"],
        Evaluations = ["hardship"],
    };

    public static Attorney Ana => new()
    {
        Name = "Ana Abogada",
        Summary = "Asylum and removal defense.",
        Sources = [Source],
        Phones = [new() { Number = "+13055550103" }],
        Languages = [new() { Language = "es" }],
        Cost = new() { Options = ["free"] },
        AttorneyType = "attorney",
        PracticeAreas = ["asylum"],
        DetainedDocket = "yes",
        Courts = ["atlanta"],
        Help = ["fullRepresentation"],
    };

    public static Attorney Bruno => new()
    {
        Name = "Bruno Counsel",
        Summary = "Visas for victims of crime.",
        Sources = [Source],
        Phones = [new() { Number = "+16175550104" }],
        Cost = new() { Options = ["lowFee"] },
        AttorneyType = "accreditedRepresentative",
        PracticeAreas = ["uVisa"],
        DetainedDocket = "no",
        Courts = ["boston"],
        Help = ["consultation"],
    };

    public static Organization RapidResponse => new()
    {
        Name = "Rapid Response Florida",
        Summary = "A hotline for families who meet immigration agents.",
        Sources = [Source],
        Phones = [new() { Number = "+18885550105", Type = "hotline" }],
        ServiceArea = new() { States = ["FL"] },
        OrganizationType = "rapidResponseNetwork",
        Functions = ["dispatch"],
    };

    public static PolicyAction Welcome => new()
    {
        Name = "Pass a welcoming resolution",
        Summary = "A school board keeps agents off campus.",
        Sources = [Source],
        Theme = "sanctuary",
        Actors = ["clinic"],
        Instrument = "resolution",
        Provisions =
        [
            new() { Code = "no-agents", Text = "No agents on campus without approval." },
            new() { Code = "no-status", Text = "Staff do not ask about immigration status." },
        ],
        Adoptions =
        [
            new()
            {
                Jurisdiction = new() { Name = "Los Angeles Unified School District", Level = "schoolDistrict", State = "CA", Fips = "0622710" },
                Status = "adopted",
                History = [new() { On = new(2016, 2, 9), Status = "adopted" }],
                Provisions = ["no-agents", "no-status"],
                Source = Source,
            },
            new()
            {
                Jurisdiction = new() { Name = "Albany", Level = "city", State = "NY" },
                Status = "proposed",
                Provisions = ["no-status"],
                Source = Source,
            },
        ],
    };

    public static PolicyAction Records => new()
    {
        Name = "Keep status out of records",
        Summary = "Clinics do not write down immigration status.",
        Sources = [Source],
        Theme = "serveEveryone",
        Actors = ["hospital"],
        Instrument = "writtenPolicy",
        Direction = "neutral",
        Provisions = [new() { Code = "no-charting", Text = "Status is not charted." }],
        Adoptions =
        [
            new()
            {
                Jurisdiction = new() { Name = "California", Level = "state", State = "CA", Fips = "06" },
                Status = "inForce",
                History = [new() { On = new(2017, 10, 5), Status = "inForce" }],
                Provisions = ["no-charting"],
                Source = Source,
            },
        ],
    };

    public static Material Card => new()
    {
        Name = "Red card",
        Sources = [Source],
        MaterialType = "knowYourRightsCard",
        Audiences = ["families"],
        Editions = [new() { Language = "vi", Title = "Thẻ đỏ", Url = "https://example.org/vi" }],
    };

    public static Material Letter => new()
    {
        Name = "Letter of inquiry",
        Sources = [Source],
        MaterialType = "templateLetter",
        Audiences = ["educators"],
        Editions = [new() { Language = "en", Title = "Letter", Url = "https://example.org/en" }],
    };

    public static Event Workshop => new()
    {
        Name = "Rights workshop",
        Sources = [Source],
        EventType = "knowYourRightsWorkshop",
        StartsAt = new(2026, 4, 10, 18, 0, 0),
        TimeZone = "America/New_York",
        Location = new() { Visibility = Visibility.Public, City = "Miami", County = "Miami-Dade County", StateProvince = "FL", Latitude = 25.77, Longitude = -80.19 },
        Languages = ["es"],
    };

    public static Event Rally => new()
    {
        Name = "Rally at the capitol",
        Sources = [Source],
        EventType = "rally",
        StartsAt = new(2026, 6, 1, 12, 0, 0),
        TimeZone = "America/New_York",
        Location = new() { Visibility = Visibility.Public, City = "Albany", County = "Albany County", StateProvince = "NY", Latitude = 42.65, Longitude = -73.75 },
        Languages = ["en"],
    };
}
