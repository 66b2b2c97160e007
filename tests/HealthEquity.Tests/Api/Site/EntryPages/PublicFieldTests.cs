using HealthEquity.Directory.Entries;

namespace HealthEquity.Tests.Api.Site.EntryPages;

/// <summary>The page of an entry shows everything that is public about it.</summary>
public sealed class PublicFieldTests(DirectoryApi api)
{
    private static readonly Source Source = new() { Name = "Register", Url = "https://example.org/register", RetrievedOn = new(2026, 1, 5), Note = "Read by telephone." };

    [Fact]
    public async Task Every_number_is_used_as_it_can_be_and_a_fax_number_is_not()
    {
        var (html, page) = await PageAsync("organizations", new Organization
        {
            Name = "Casa",
            Phones =
            [
                new() { Number = "+13055550101", Label = "Intake", Languages = ["es", "ht"], Extension = "204", DetentionDialCode = "9233#" },
                new() { Number = "+13055550106", Type = "text" },
                new() { Number = "+13055550107", Type = "whatsapp" },
                new() { Number = "+13055550108", Type = "signal" },
                new() { Number = "+13055550109", Type = "tty" },
                new() { Number = "+13055550110", Type = "fax" },
            ],
        });
        foreach (var (link, words) in new[]
        {
            ("tel:+13055550101,204", "Call (305) 555-0101 ext. 204 · Intake · Spanish and Haitian Creole · From a detention center, dial 9233#"),
            ("sms:+13055550106", "Text (305) 555-0106"),
            ("https://wa.me/13055550107", "WhatsApp (305) 555-0107"),
            ("https://signal.me/#p/+13055550108", "Signal (305) 555-0108"),
            ("tel:+13055550109", "TTY (305) 555-0109"),
        })
        {
            Assert.Contains($"href=\"{link}\"", html, StringComparison.Ordinal);
            Assert.Contains(words, page, StringComparison.Ordinal);
        }

        Assert.Contains("Fax: (305) 555-0110", page, StringComparison.Ordinal);
        Assert.DoesNotContain(":+13055550110", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_shows_what_it_costs_how_long_people_wait_and_how_it_helps_from_afar()
    {
        var (_, page) = await PageAsync("providers", new Provider
        {
            Name = "Casa",
            AlternateNames = ["Old House"],
            Sources = [Source],
            Locations = [new() { Visibility = Visibility.Public, City = "Miami", StateProvince = "FL", Transit = "Bus 7", Accessibility = ["elevator"] }],
            ServiceArea = new() { States = [], Note = "Only the islands" },
            Cost = new() { Options = ["slidingScale"], FeeMinimum = 5, FeeMaximum = 40, Insurers = ["Aetna"], Note = "First visit is free." },
            Eligibility = new() { Note = "Parents may come along." },
            Capacity = new() { Status = "waitlist", WaitlistDays = 30, AsOf = new(2026, 2, 20) },
            RemoteService = new() { Offered = "yes", States = ["FL", "GA"], Note = "By video." },
            Npi = "1234567893",
            Licenses = [new() { Type = "psychologist", Number = "PY1", State = "FL", ExpiresOn = new(2027, 5, 1), Supervisor = "Dr. Example" }],
        });
        Assert.All(
            [
                "Also called Old House", "Bus 7", "Elevator", "Only the islands", "$5 – $40", "Aetna", "First visit is free.", "Parents may come along.",
                "Has a waiting list · Waiting time in days: 30 · Updated Feb 20, 2026", "Help by phone or video · Florida and Georgia · By video.", "NPI 1234567893",
                "Psychologist · FL · PY1 · Valid until May 1, 2027 · Supervised by Dr. Example", "Register · read on Jan 5, 2026 · Read by telephone.",
            ],
            words => Assert.Contains(words, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_attorney_shows_courts_detention_and_how_a_case_begins()
    {
        var (_, page) = await PageAsync("attorneys", new Attorney
        {
            Name = "Casa",
            DetainedDocket = "yes",
            Courts = ["atlanta"],
            DetentionCenters = ["Example Processing Center"],
            IntakeHours = new() { TimeZone = "America/New_York", Times = [new() { Day = DayOfWeek.Friday, Opens = new(13, 0), Closes = new(15, 0) }] },
            IntakePolicy = "Walk in with your papers.",
            DojAccreditation = new() { Level = "full", ExpiresOn = new(2027, 6, 1) },
            RecognizedOrganization = "Example Charities",
        });
        Assert.All(
            ["Takes cases of people in detention", "Example Processing Center", "Atlanta", "New cases", "1:00 PM – 3:00 PM", "Walk in with your papers.", "Valid until Jun 1, 2027", "Example Charities"],
            words => Assert.Contains(words, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_organization_shows_what_it_is_by_law()
    {
        var (_, page) = await PageAsync("organizations", new Organization { Name = "Casa", Ein = "12-3456789", LegalStatus = "501(c)(3)", YearIncorporated = 1999 });
        Assert.All(["EIN 12-3456789", "501(c)(3)", "Founded in 1999"], words => Assert.Contains(words, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_material_shows_who_published_it_for_whom_and_when_it_was_reviewed()
    {
        var (_, page) = await PageAsync("materials", new Material
        {
            Name = "Casa",
            MaterialType = "familyPlan",
            Audiences = ["families"],
            Publisher = "Example Press",
            License = "CC-BY-4.0",
            Editions = [new() { Language = "en", Title = "Plan", Url = "https://example.org/plan", Format = "pdf", ReviewedOn = new(2026, 2, 1) }],
        });
        Assert.All(["Published by Example Press · CC-BY-4.0", "Families", "PDF", "Last reviewed Feb 1, 2026"], words => Assert.Contains(words, page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, false, "2026-04-10T20:30:00", "Apr 10, 2026, 6:00 PM – 8:30 PM · New York time")]
    [InlineData(null, false, "2026-04-12T12:00:00", "Apr 10, 2026, 6:00 PM – Apr 12, 2026, 12:00 PM · New York time")]
    [InlineData(null, true, "2026-04-11T00:00:00", "Apr 10, 2026 – Apr 11, 2026")]
    [InlineData("FREQ=WEEKLY", false, null, "Apr 10, 2026, 6:00 PM · New York time Apr 17, 2026, 6:00 PM Apr 24, 2026, 6:00 PM May 1, 2026, 6:00 PM")]
    public async Task An_event_shows_its_dates_from_when_to_when_who_holds_it_and_where_to_read_more(string? recurrence, bool allDay, string? end, string when)
    {
        var (html, page) = await PageAsync("events", new Event
        {
            Name = "Casa",
            EventType = "knowYourRightsWorkshop",
            StartsAt = new(2026, 4, 10, 18, 0, 0),
            EndsAt = end is null ? null : DateTime.Parse(end, System.Globalization.CultureInfo.InvariantCulture),
            AllDay = allDay,
            TimeZone = "America/New_York",
            Recurrence = recurrence,
            Host = "Example School",
            Url = "https://example.org/evening",
            RegistrationUrl = "https://example.org/seats",
        });
        Assert.Contains($"When {when} Host Example School", page, StringComparison.Ordinal);
        Assert.Contains("Register https://example.org/seats", page, StringComparison.Ordinal);
        Assert.Contains("Website https://example.org/evening", page, StringComparison.Ordinal);
        Assert.DoesNotContain("America/New_York", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_of_an_event_leads_to_its_own_page()
    {
        var node = await api.OpenAsync(async n =>
        {
            var school = await n.PublishAsync(new Organization { Name = "Example School" }, "example-school");
            await n.PublishAsync(Evening(school, "The School"), "named");
            await n.PublishAsync(Evening(school, host: null), "unnamed");
            await n.PublishAsync(Evening(Guid.CreateVersion7(), "A school elsewhere"), "elsewhere");
        });
        Assert.Contains("<a href=\"/en/organizations/example-school\" dir=\"auto\" translate=\"no\">The School</a>", await node.Client.GetStringAsync("/en/events/named"), StringComparison.Ordinal);
        Assert.Contains(">Example School</a>", await node.Client.GetStringAsync("/en/events/unnamed"), StringComparison.Ordinal);
        Assert.Contains("<bdi translate=\"no\">A school elsewhere</bdi>", await node.Client.GetStringAsync("/en/events/elsewhere"), StringComparison.Ordinal);

        static Event Evening(Guid hostId, string? host) => new()
        {
            Name = "Casa",
            EventType = "knowYourRightsWorkshop",
            StartsAt = new(2026, 4, 10, 18, 0, 0),
            TimeZone = "America/New_York",
            Host = host,
            HostEntryId = hostId,
        };
    }

    [Theory]
    [InlineData(Visibility.Public, "Where Office, Miami, FL 33130 Languages", false)]
    [InlineData(Visibility.Area, "Where Miami-Dade County, FL · The exact address is private.", true)]
    public async Task Only_an_address_that_is_private_is_called_so(Visibility visibility, string where, bool isPrivate)
    {
        var (_, page) = await PageAsync("organizations", new Organization
        {
            Name = "Casa",
            Languages = [new() { Language = "es" }],
            Locations = [new() { Visibility = visibility, Name = "Office", City = "Miami", County = "Miami-Dade County", StateProvince = "FL", PostalCode = "33130" }],
        });
        Assert.Contains(where, page, StringComparison.Ordinal);
        Assert.Equal(isPrivate, page.Contains("address is private", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_part_of_a_note_runs_in_its_own_direction()
    {
        var node = await api.OpenAsync(n => n.PublishAsync(new Organization { Name = "Casa", Phones = [new() { Number = "+13055550101", Label = "Intake", Languages = ["es"] }] }, "casa"));
        var page = (await node.Client.GetStringAsync("/ar/organizations/casa")).Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal);
        Assert.Contains("<span class=\"meta\"> · <bdi>Intake</bdi> · <bdi>الإسبانية</bdi></span>", page, StringComparison.Ordinal);
    }

    /// <summary>The page as it came, and as it is read.</summary>
    private async Task<(string Html, string Text)> PageAsync(string path, Entry entry)
    {
        var node = await api.OpenAsync(n => n.PublishAsync(entry, "casa"));
        var html = (await node.Client.GetStringAsync($"/en/{path}/casa")).Replace("&#x2B;", "+", StringComparison.Ordinal);
        return (html, PageText.Of(html));
    }
}
