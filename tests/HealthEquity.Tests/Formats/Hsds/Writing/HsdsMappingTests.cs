using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Hsds;
using HealthEquity.Formats.Hsds.Writing;
using HealthEquity.Store.Starter;
using HealthEquity.Tests.Store.Databases;
using NJsonSchema;

namespace HealthEquity.Tests.Formats.Hsds.Writing;

public sealed class HsdsMappingTests
{
    private static readonly HsdsMapping Mapping = new(VocabularySet.Shipped, "checks@health.example.org");

    [Theory]
    [InlineData("service.json")]
    [InlineData("organization.json")]
    [InlineData("service_at_location.json")]
    public async Task Every_starter_entry_is_valid_by_the_standards_own_schema(string schemaFile)
    {
        var folder = SharedFolder.Find("hsds/schema");
        Assert.SkipWhen(folder is null, "the standard's schemas (shared/hsds) are not here");
        var schema = await JsonSchema.FromFileAsync(Path.Combine(folder!, schemaFile), TestContext.Current.CancellationToken);

        foreach (var entry in PublicServices())
        {
            IEnumerable<object> documents = schemaFile switch
            {
                "service.json" => [Mapping.Service(entry, full: true), Mapping.Service(entry, full: false)],
                "organization.json" => [Mapping.Organization(entry, full: true), Mapping.Organization(entry, full: true, fullService: true)],
                _ => Mapping.ServiceAtLocations(entry, full: true),
            };
            foreach (var document in documents)
            {
                Assert.Empty(schema.Validate(JsonSerializer.Serialize(document, HsdsJson.Options)).Select(e => $"{entry.Slug}: {e}"));
            }
        }
    }

    [Fact]
    public void Ids_are_the_same_each_time_and_differ_within_an_entry()
    {
        foreach (var entry in PublicServices())
        {
            var first = JsonSerializer.Serialize(Mapping.Service(entry, full: true), HsdsJson.Options);
            Assert.Equal(first, JsonSerializer.Serialize(Mapping.Service(entry, full: true), HsdsJson.Options));
            Assert.NotEqual(HsdsMapping.ServiceId(entry), HsdsMapping.OrganizationId(entry));
            Assert.Distinct(Mapping.ServiceAtLocations(entry, full: false).Select(s => s.Id));
        }
    }

    [Fact]
    public void A_location_with_only_its_county_public_has_no_address_or_coordinates()
    {
        var hidden = PublicServices().SelectMany(e => Mapping.ServiceAtLocations(e, full: true).Zip(e.Locations))
            .Where(p => p.Second.Visibility == Visibility.Area).Select(p => p.First.Location!).ToList();
        Assert.NotEmpty(hidden);
        Assert.All(hidden, location => Assert.True(location is { Addresses: null, Latitude: null, Longitude: null, Phones: null }));
    }

    [Fact]
    public void Nulls_are_omitted_and_an_extension_is_a_number()
    {
        var all = PublicServices().Select(e => JsonSerializer.SerializeToElement(Mapping.Service(e, full: true), HsdsJson.Options)).ToList();
        Assert.DoesNotContain(all, e => e.GetRawText().Contains(":null", StringComparison.Ordinal));
        var extensions = all.Where(e => e.TryGetProperty("phones", out _)).SelectMany(e => e.GetProperty("phones").EnumerateArray())
            .Where(p => p.TryGetProperty("extension", out _)).Select(p => p.GetProperty("extension").ValueKind).ToList();
        Assert.All(extensions, kind => Assert.Equal(JsonValueKind.Number, kind));
    }

    [Fact]
    public void Only_a_verification_sets_the_assured_date()
    {
        var entry = PublicServices().First();
        var unchecked_ = Mapping.Service(entry with { AssuredOn = null }, full: false);
        Assert.Null(unchecked_.AssuredDate);
        Assert.Null(unchecked_.AssurerEmail);
        Assert.Equal("checks@health.example.org", Mapping.Service(entry with { AssuredOn = new DateOnly(2026, 1, 2) }, full: false).AssurerEmail);
    }

    [Fact]
    public void Spoken_languages_are_listed_and_interpreted_ones_are_described()
    {
        var service = Mapping.Service(PublicServices().First() with
        {
            Languages =
            [
                new() { Language = "es", How = ["staff"], Note = "Tuesdays." }, new() { Language = "zh-Hans" }, new() { Language = "ht", How = ["interpreter"] },
                new() { Language = "fr", How = ["staff", "languageLine"] },
            ],
        }, full: true);
        Assert.Equal(["es Spanish Staff; Tuesdays.", "zh Simplified Chinese ", "fr French Staff; Language line"], service.Languages!.Select(l => $"{l.Code} {l.Name} {l.Note}"));
        Assert.Equal("Haitian Creole (Interpreter); French (Language line)", service.InterpretationServices);
    }

    [Fact]
    public void A_phone_describes_what_the_standard_has_no_member_for()
    {
        var phones = Mapping.Service(PublicServices().First() with
        {
            Phones =
            [
                new() { Number = "+13055550101", Extension = "12" }, new() { Number = "+13055550102", Extension = "012" },
                new() { Number = "+13055550103", Type = "whatsapp", Label = "Intake" }, new() { Number = "+13055550104", Type = "tty", DetentionDialCode = "9233#" },
            ],
        }, full: true).Phones!;
        Assert.Equal(
            ["12 voice ", " voice extension 012", " cell Intake; WhatsApp", " textphone from detention dial 9233#"],
            phones.Select(p => $"{p.Extension} {p.Type} {p.Description}"));
    }

    [Fact]
    public void Hours_are_in_local_time_and_say_if_they_end_the_next_day()
    {
        var service = Mapping.Service(new Attorney
        {
            Id = Guid.CreateVersion7(),
            Slug = "night",
            Name = "Night desk",
            Hours = new() { TimeZone = "America/New_York", Times = [new() { Day = DayOfWeek.Friday, Opens = new(22, 0), Closes = new(6, 0) }, new() { Day = DayOfWeek.Monday, Opens = new(22, 0), Closes = new(6, 0) }] },
            IntakeHours = new() { AlwaysOpen = true },
        }, full: true);
        var (night, intake) = (service.Schedules![0], service.Schedules[1]);
        Assert.Equal((-5, "MO,FR", "22:00", "06:00", "Closes the next day."), (night.Timezone, night.Byday, night.OpensAt, night.ClosesAt, night.Description));
        Assert.Equal(("00:00", "23:59", "Intake hours. Open 24 hours."), (intake.OpensAt, intake.ClosesAt, intake.Description));
        Assert.Equal("America/New_York", service.HealthEquity!.TimeZone);
    }

    [Fact]
    public void Parts_keep_their_ids_when_reordered_and_equal_parts_have_different_ids()
    {
        var entry = PublicServices().First() with
        {
            Phones = [new() { Number = "+13055550101" }, new() { Number = "+13055550102" }, new() { Number = "+13055550101" }],
            Links = [new() { Label = "a", Url = "https://example.org/a" }, new() { Label = "b", Url = "https://example.org/b" }],
        };
        var (before, after) = (Mapping.Service(entry, full: true), Mapping.Service(entry with { Phones = [.. entry.Phones.Reverse()], Links = [.. entry.Links.Reverse()] }, full: true));
        Assert.Distinct(before.Phones!.Select(p => p.Id));
        Assert.Equal(before.Phones!.Select(p => p.Id).Order(), after.Phones!.Select(p => p.Id).Order());
        Assert.Equal(before.AdditionalUrls!.Select(u => u.Id).Order(), after.AdditionalUrls!.Select(u => u.Id).Order());
    }

    [Fact]
    public void Last_modified_includes_changes_of_terms()
    {
        var changed = new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
        var held = PublicServices().First(e => e.Cost?.Options.Contains("free") == true);
        var other = PublicServices().First(e => e.Cost?.Options.Contains("free") != true);
        var mapping = new HsdsMapping(new VocabularySet(VocabularySet.Shipped.All.Select(v => v.Name != "cost" ? v : v with
        {
            Terms = [.. v.Terms.Select(t => t.Code == "free" ? t with { Label = "No charge", ChangedAt = changed } : t)],
        })), null);
        Assert.Equal((changed, other.PublishedAt), (mapping.LastModified(held), mapping.LastModified(other)));
        Assert.Contains("No charge", mapping.Service(held, full: false).FeesDescription, StringComparison.Ordinal);
    }

    /// <summary>The published services of the starter directory.</summary>
    internal static IEnumerable<ServiceEntry> PublicServices() => Published(StarterDirectory.Read().Select(s => (s.Slug, s.Entry)));

    /// <summary>The published services of some entries.</summary>
    internal static IEnumerable<ServiceEntry> Published(IEnumerable<(string Slug, Entry Entry)> entries)
    {
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        return entries
            .Select(e => PublicProjection.Of(e.Entry, new PublicationFacts(HsdsIds.Of(Guid.Empty, e.Slug), e.Slug, [], now, now, new DateOnly(2026, 2, 1), new DateOnly(2026, 5, 1))))
            .Select(body => JsonSerializer.Deserialize<Entry>(body, EntryJson.Public)).OfType<ServiceEntry>();
    }
}
