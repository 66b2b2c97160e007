using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Search.Index;

namespace HealthEquity.Tests.Search.Index;

public sealed class FiltersTests
{
    private static readonly Provider Provider = new()
    {
        Name = "Provider",
        Tags = ["sample"],
        ProviderType = "psychologist",
        Specialties = ["trauma"],
        Modalities = ["emdr"],
        Licenses = [new License { Type = "psychologist", Number = "PY1234", State = "FL" }],
        Evaluations = ["asylum"],
        Languages = [new LanguageOffered { Language = "zh-Hans" }],
        Cost = new Cost { Options = ["free"] },
        Eligibility = new Eligibility { ImmigrationStatus = "notAsked", Populations = ["refugees"], MinimumAge = 5, MaximumAge = 17 },
        Capacity = new Capacity { Status = "waitlist" },
        RemoteService = new RemoteService { Offered = "yes", States = ["GA"] },
        Locations = [At("Miami", "FL", "Miami-Dade County", "33130", 25.77, -80.2) with { Accessibility = ["elevator", "quietRoom"] }],
    };

    private static readonly Attorney Attorney = new()
    {
        Name = "Attorney",
        AttorneyType = "attorney",
        PracticeAreas = ["asylum"],
        DetainedDocket = "yes",
        Courts = ["miami"],
        Help = ["screening"],
        Languages = [new LanguageOffered { Language = "es" }],
        ServiceArea = new ServiceArea { Counties = ["FL:Broward County"] },
    };

    private static readonly Organization Organization = new()
    {
        Name = "Organization",
        OrganizationType = "hotline",
        Functions = ["dispatch"],
        ServiceArea = new ServiceArea { Nationwide = true },
    };

    private static readonly PolicyAction Action = new() { Name = "Action", Theme = "sanctuary", Actors = ["schoolDistrict"], Instrument = "resolution" };

    private static readonly Material Material = new()
    {
        Name = "Material",
        MaterialType = "guide",
        Audiences = ["families"],
        Editions = [new Edition { Language = "pt-BR", Title = "Guia", Url = "https://example.org" }],
    };

    private static readonly Event Event = new()
    {
        Name = "Event",
        EventType = "workshop",
        StartsAt = new DateTime(2026, 7, 1, 18, 0, 0),
        TimeZone = "America/New_York",
        Languages = ["ko"],
        Location = new Location { Visibility = Visibility.Public, Name = "Library", Country = "CA", Accessibility = ["braille"] },
    };

    private readonly TestDirectory _directory = TestDirectory.Of(Provider, Attorney, Organization, Action, Material, Event);

    [Theory]
    [InlineData("kind", "material", "Material")]
    [InlineData("tag", "sample", "Provider")]
    [InlineData("state", "FL", "Attorney", "Organization", "Provider")]
    [InlineData("state", "GA", "Organization", "Provider")]
    [InlineData("state", "OR", "Organization")]
    [InlineData("county", "FL:Miami-Dade County", "Provider")]
    [InlineData("county", "FL:Broward County", "Attorney")]
    [InlineData("language", "zh", "Provider")]
    [InlineData("language", "zh-Hans", "Provider")]
    [InlineData("language", "zh-Hant")]
    [InlineData("language", "pt", "Material")]
    [InlineData("language", "ko", "Event")]
    [InlineData("cost", "free", "Provider")]
    [InlineData("immigrationStatus", "notAsked", "Provider")]
    [InlineData("immigrationStatus", "unknown", "Attorney", "Organization")]
    [InlineData("accepting", "waitlist", "Provider")]
    [InlineData("telehealth", "yes", "Provider")]
    [InlineData("accessibility", "quietRoom", "Provider")]
    [InlineData("accessibility", "braille", "Event")]
    [InlineData("population", "refugees", "Provider")]
    [InlineData("providerType", "psychologist", "Provider")]
    [InlineData("specialty", "trauma", "Provider")]
    [InlineData("modality", "emdr", "Provider")]
    [InlineData("license", "psychologist", "Provider")]
    [InlineData("evaluation", "asylum", "Provider")]
    [InlineData("attorneyType", "attorney", "Attorney")]
    [InlineData("practiceArea", "asylum", "Attorney")]
    [InlineData("detained", "yes", "Attorney")]
    [InlineData("court", "miami", "Attorney")]
    [InlineData("help", "screening", "Attorney")]
    [InlineData("organizationType", "hotline", "Organization")]
    [InlineData("function", "dispatch", "Organization")]
    [InlineData("theme", "sanctuary", "Action")]
    [InlineData("actor", "schoolDistrict", "Action")]
    [InlineData("instrument", "resolution", "Action")]
    [InlineData("direction", "protective", "Action")]
    [InlineData("materialType", "guide", "Material")]
    [InlineData("eventType", "workshop", "Event")]
    [InlineData("audience", "families", "Material")]
    public void A_filter_leaves_who_has_the_value(string field, string value, params string[] names) =>
        Assert.Equal(names, _directory.With(SearchFields.Named(field), value));

    [Fact]
    public void Every_field_can_be_filtered_on_and_counted() =>
        Assert.All(SearchFields.All, f => Assert.Single(_directory.Current.Search(new SearchQuery { Facets = [f], Terms = [new TermFilter(f, ["nobody"])] }).Facets));

    [Fact]
    public void A_field_that_there_is_not_is_refused() => Assert.Throws<ArgumentException>(() => SearchFields.Named("color"));

    [Fact]
    public void Values_of_one_filter_are_any_of_and_filters_are_all_of()
    {
        Assert.Equal(["Attorney", "Provider"], _directory.With(SearchFields.Language, "es", "zh"));
        Assert.Empty(_directory.Find(new SearchQuery { Terms = [new(SearchFields.Language, ["es"]), new(SearchFields.Language, ["zh"])] }));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(17, true)]
    [InlineData(18, false)]
    public void An_age_is_served_or_not_spoken_of(int age, bool served)
    {
        var names = _directory.Find(new SearchQuery { Age = age });

        Assert.Equal(served, names.Contains("Provider"));
        Assert.Contains("Attorney", names);
    }

    [Theory]
    [InlineData("33130", "Organization", "Provider")] // the provider's own place
    [InlineData("33301", "Attorney", "Organization", "Provider")] // Fort Lauderdale: the county served, and 25 miles from Miami
    [InlineData("30303", "Organization", "Provider")] // Atlanta: remote service
    [InlineData("97201", "Organization")]
    [InlineData("00000", "Organization")] // no such ZIP code
    public void A_zip_code_is_served_by_who_says_so_or_is_near(string zip, params string[] names) =>
        Assert.Equal(names, _directory.Find(new SearchQuery { ServesZip = [zip], Sort = SearchSort.Name }));

    [Fact]
    public void A_shelter_that_publishes_its_county_alone_serves_that_county()
    {
        var directory = TestDirectory.Of(new Organization
        {
            Name = "Shelter",
            Locations = [new Location { Visibility = Visibility.Area, County = "Miami-Dade County", StateProvince = "FL", Latitude = 25.7, Longitude = -80.2 }],
        });

        Assert.Equal(["Shelter"], directory.Find(new SearchQuery { ServesZip = ["33130"] }));
        Assert.Empty(directory.Find(new SearchQuery { ServesZip = ["33301"] }));
    }

    [Fact]
    public void Near_comes_by_distance_and_within_the_radius()
    {
        var directory = TestDirectory.Of(
            new Provider { Name = "Orlando", Locations = [At("Orlando", "FL", null, "32801", 28.54, -81.38)] },
            new Provider { Name = "Everywhere", Locations = [At("Seattle", "WA", null, "98101", 47.61, -122.33), At("Hialeah", "FL", null, "33010", 25.83, -80.28)] },
            new Provider { Name = "By its ZIP code", Locations = [new Location { Visibility = Visibility.Public, PostalCode = "33130" }] },
            new Provider { Name = "Nowhere" });
        var query = new SearchQuery { Near = new GeoPoint(25.77, -80.20), Sort = SearchSort.Distance };

        var result = directory.Current.Search(query);

        Assert.Equal(["By its ZIP code", "Everywhere", "Orlando", "Nowhere"], result.Hits.Select(h => h.Entry.Name));
        Assert.InRange(result.Hits[1].DistanceMiles!.Value, 6, 8);
        Assert.InRange(result.Hits[2].DistanceMiles!.Value, 195, 215);
        Assert.Null(result.Hits[3].DistanceMiles);
        Assert.Equal(["By its ZIP code", "Everywhere"], directory.Find(query with { RadiusMiles = 25 }));
    }

    [Fact]
    public void A_facet_counts_what_its_filter_would_find()
    {
        var query = new SearchQuery { Text = "asylum", Terms = [new(SearchFields.Language, ["es"])], Facets = SearchFields.All };

        var facets = _directory.Current.Search(query).Facets;

        Assert.Contains("zh", facets.Single(f => f.Field == SearchFields.Language).Values.Select(v => v.Value));
        foreach (var facet in facets)
        {
            foreach (var (value, count) in facet.Values)
            {
                var terms = query.Terms.Where(t => t.Field != facet.Field).Append(new TermFilter(facet.Field, [value])).ToList();
                Assert.Equal(count, _directory.Current.Search(query with { Terms = terms }).Total);
            }
        }
    }

    [Fact]
    public void Pages_follow_each_other_whatever_the_order()
    {
        var directory = TestDirectory.Of([.. Enumerable.Range(0, 57).Select(i => new Provider { Name = $"Clinic {i % 7} {i}", Locations = [At("X", "FL", null, "33130", 25 + (i % 5), -80)] })]);
        foreach (var sort in Enum.GetValues<SearchSort>())
        {
            var query = new SearchQuery { Text = "clinic", Near = new GeoPoint(25, -80), Sort = sort, Take = 57 };
            var whole = directory.Find(query);
            var paged = Enumerable.Range(0, 6).SelectMany(p => directory.Find(query with { Skip = p * 10, Take = 10 })).ToArray();

            Assert.Equal(57, whole.Distinct().Count());
            Assert.Equal(whole, paged);
        }
    }

    [Fact]
    public void Names_are_ordered_as_people_order_them()
    {
        var directory = TestDirectory.Of(new Provider { Name = "Zoë" }, new Provider { Name = "élan" }, new Provider { Name = "Erik" }, new Provider { Name = "\"Abrazo\"" });

        Assert.Equal(["\"Abrazo\"", "élan", "Erik", "Zoë"], directory.Find(new SearchQuery { Sort = SearchSort.Name }));
    }

    [Fact]
    public void The_latest_verified_come_first_and_can_be_asked_for()
    {
        var directory = TestDirectory.Of();
        directory.Publish(new Provider { Name = "Old" }, assuredOn: new DateOnly(2026, 1, 1));
        directory.Publish(new Provider { Name = "Never" });
        directory.Publish(new Provider { Name = "New" }, assuredOn: new DateOnly(2026, 6, 1));

        Assert.Equal(["New", "Old", "Never"], directory.Find(new SearchQuery { Sort = SearchSort.Verified }));
        Assert.Equal(["New", "Old", "Never"], directory.Find(new SearchQuery()));
        Assert.Equal(["New"], directory.Find(new SearchQuery { AssuredSince = new DateOnly(2026, 6, 1) }));
    }

    private static Location At(string city, string state, string? county, string zip, double latitude, double longitude) => new()
    {
        Visibility = Visibility.Public,
        City = city,
        StateProvince = state,
        County = county,
        PostalCode = zip,
        Latitude = latitude,
        Longitude = longitude,
    };
}
