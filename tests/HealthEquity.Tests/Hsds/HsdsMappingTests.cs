using System.Text.Json;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Hsds;
using HealthEquity.Db.Publishing;
using HealthEquity.Db.Starter;
using HealthEquity.Db.Vocabularies;
using HealthEquity.Tests.Storage;
using NJsonSchema;

namespace HealthEquity.Tests.Hsds;

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
    public void A_place_of_which_only_the_county_is_public_has_no_address_and_no_coordinates()
    {
        var hidden = PublicServices().SelectMany(e => Mapping.ServiceAtLocations(e, full: true).Zip(e.Locations))
            .Where(p => p.Second.Visibility == Visibility.Area).Select(p => p.First.Location!).ToList();
        Assert.NotEmpty(hidden);
        Assert.All(hidden, location => Assert.True(location is { Addresses: null, Latitude: null, Longitude: null, Phones: null }));
    }

    [Fact]
    public void Nulls_are_left_out_and_an_extension_is_a_number()
    {
        var all = PublicServices().Select(e => JsonSerializer.SerializeToElement(Mapping.Service(e, full: true), HsdsJson.Options)).ToList();
        Assert.DoesNotContain(all, e => e.GetRawText().Contains(":null", StringComparison.Ordinal));
        var extensions = all.Where(e => e.TryGetProperty("phones", out _)).SelectMany(e => e.GetProperty("phones").EnumerateArray())
            .Where(p => p.TryGetProperty("extension", out _)).Select(p => p.GetProperty("extension").ValueKind).ToList();
        Assert.All(extensions, kind => Assert.Equal(JsonValueKind.Number, kind));
    }

    [Fact]
    public void Only_a_verification_assures()
    {
        var entry = PublicServices().First();
        var unchecked_ = Mapping.Service(entry with { AssuredOn = null }, full: false);
        Assert.Null(unchecked_.AssuredDate);
        Assert.Null(unchecked_.AssurerEmail);
        Assert.Equal("checks@health.example.org", Mapping.Service(entry with { AssuredOn = new DateOnly(2026, 1, 2) }, full: false).AssurerEmail);
    }

    private static IEnumerable<ServiceEntry> PublicServices()
    {
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        foreach (var (slug, entry) in StarterDirectory.Read())
        {
            var id = HsdsIds.Of(Guid.Empty, slug);
            var body = PublicProjection.Of(entry, new PublicationFacts(id, slug, [], now, now, new DateOnly(2026, 2, 1), new DateOnly(2026, 5, 1)));
            if (JsonSerializer.Deserialize<Entry>(body, EntryJson.Public) is ServiceEntry service)
            {
                yield return service;
            }
        }
    }
}
