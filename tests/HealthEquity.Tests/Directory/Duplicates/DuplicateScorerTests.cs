using HealthEquity.Directory.Duplicates;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Tests.Directory.Duplicates;

public sealed class DuplicateScorerTests
{
    [Fact]
    public void The_evidence_lists_what_agrees_and_what_differs()
    {
        var one = new Provider { Name = "Harbor Counseling Center", Phones = [new Phone { Number = "+13055550142" }], Npi = "1234567893" };
        var two = one with { Name = "Harbor Counselling Ctr", Npi = null, Phones = [new Phone { Number = "+13055550199" }], Website = "https://example.org" };
        var score = Score(one, two);

        Assert.Contains(score.Evidence, e => e is { Trait: "name", Agrees: true });
        Assert.Contains(score.Evidence, e => e is { Trait: "phone", Agrees: false });
        // A trait that only one entry has counts neither way.
        Assert.DoesNotContain(score.Evidence, e => e.Trait is "npi" or "host");
    }

    [Fact]
    public void A_shared_license_outweighs_different_names_and_different_licenses_outweigh_a_shared_name()
    {
        var license = new License { Type = "psychologist", Number = "PY 1234", State = "FL" };
        var one = new Provider { Name = "María Sample", Npi = "1234567893", Licenses = [license] };
        var married = one with { Name = "María Example-Sample" };
        var namesake = one with { Npi = "1245319599", Licenses = [license with { Number = "PY 9999" }] };

        Assert.True(Score(one, married).Probability > 0.99);
        Assert.True(Score(one, namesake).Probability < 0.01);
    }

    [Theory]
    [InlineData("مركز الأمل", "Markaz al-Amal")]
    [InlineData("心理健康中心", "Xinli Jiankang Zhongxin")]
    [InlineData("Клиника Солнце", "Klinika Solnce")]
    public void A_name_matches_its_romanized_form(string one, string other) =>
        Assert.Contains(Score(new Provider { Name = one }, new Provider { Name = other }).Evidence, e => e is { Trait: "name", Agrees: true });

    [Theory]
    [InlineData("100 N Main St Ste 4", null, "100 North Main Street", "Suite 4")]
    [InlineData("One Atwell Road", "Building 2", "1 Atwell Rd Bldg 2", null)]
    [InlineData("200 Booth Street", null, "200 Both Street", null)]
    [InlineData("340 North Middletown Road", "2nd Floor", "340 Middletown Road", "Floor 2")]
    public void One_place_whose_address_is_written_in_two_ways_is_a_duplicate(string street, string? unit, string otherStreet, string? otherUnit)
    {
        var score = Score(Sun with { Locations = [At(street, unit)] }, Sun with { Locations = [At(otherStreet, otherUnit)], Name = "Sun Counselling Ctr", Phones = [] });
        Assert.InRange(score.Probability, DuplicateScorer.Threshold, 1);
        Assert.Contains(score.Evidence, e => e is { Trait: "address", Agrees: true });
        Assert.DoesNotContain(score.Evidence, e => e is { Trait: "suite", Agrees: false });
    }

    [Theory]
    [InlineData("200 North 5th Avenue", "200 North 6th Avenue")]
    [InlineData("200 North Main Street", "200 South Main Street")]
    [InlineData("200 Main Street", "210 Main Street")]
    [InlineData("200 Main Street", "45 Harbor Road")]
    public void Branches_at_different_streets_are_related_and_no_duplicates(string street, string otherStreet)
    {
        var (one, other) = (Sun with { Locations = [At(street, null)], Website = "https://sun.example" }, Sun with { Locations = [At(otherStreet, null)], Website = "https://sun.example" });
        var score = Score(one, other);
        Assert.InRange(score.Probability, 0, DuplicateScorer.Threshold - 0.01);
        Assert.True(score.IsRelated);
        // One spot on the map is one place, however its street is written.
        var spot = Score(one with { Locations = [one.Locations[0] with { Latitude = 41.5, Longitude = -73 }] }, other with { Locations = [other.Locations[0] with { Latitude = 41.5, Longitude = -73 }] });
        Assert.InRange(spot.Probability, DuplicateScorer.Threshold, 1);
    }

    [Fact]
    public void A_street_without_a_suite_on_either_side_counts_as_much_and_claims_no_suite()
    {
        var bare = Sun with { Locations = [At("200 Main Street", null)] };
        var inSuite = Sun with { Locations = [At("200 Main Street", "Suite 4")] };
        Assert.DoesNotContain(Score(bare, bare).Evidence, e => e.Trait == "suite");
        Assert.DoesNotContain(Score(bare, inSuite).Evidence, e => e.Trait == "suite");
        Assert.Contains(Score(inSuite, inSuite).Evidence, e => e is { Trait: "suite", Agrees: true });
        Assert.Equal(Score(inSuite, inSuite).Probability, Score(bare, bare).Probability, 9);
    }

    [Fact]
    public void The_suite_and_the_phone_number_count()
    {
        var one = Sun with { Locations = [At("200 Main Street", "Suite 4")] };
        Assert.InRange(Score(one, one with { Phones = [new Phone { Number = "+13055550199" }], Locations = [At("200 Main Street", "Suite 9")] }).Probability, 0, DuplicateScorer.Threshold - 0.01);
        Assert.InRange(Score(one, one with { Phones = [new Phone { Number = "+13055550199" }], Locations = [At("200 Main Street", "#4")] }).Probability, DuplicateScorer.Threshold, 1);
        Assert.InRange(Score(one, one with { Locations = [At("200 Main Street", "Suite 9")] }).Probability, DuplicateScorer.Threshold, 1);
    }

    [Theory]
    [InlineData("Upper Bay Counseling, Child Services", "Upper Bay Counseling, Adult Services", false)]
    [InlineData("Apalachee Center, Residential G", "Apalachee Center, Residential K", false)]
    [InlineData("Upper Bay Counseling", "Upper Bay Counseling Services", true)]
    [InlineData("Presbyterian Medical Services (PMS), Farmington Community Health Ctr", "PMS Farmington Community Health Center", true)]
    public void Two_programs_of_one_organization_at_one_address_are_no_duplicates(string name, string otherName, bool isDuplicate)
    {
        var one = Sun with { Name = name, Locations = [At("200 Booth Street", null)] };
        Assert.Equal(isDuplicate, Score(one, one with { Name = otherName }).Probability >= DuplicateScorer.Threshold);
    }

    [Theory]
    [InlineData("attorney", true)]
    [InlineData("lawFirm", false)]
    public void A_person_with_two_offices_and_one_phone_number_is_a_duplicate(string type, bool isDuplicate)
    {
        var one = new Attorney { Name = "María Sample", AttorneyType = type, Phones = Sun.Phones, Locations = [At("200 Main Street", null)] };
        Assert.Equal(isDuplicate, Score(one, one with { Name = "Maria Sample", Locations = [At("45 Harbor Road", null)] }).Probability >= DuplicateScorer.Threshold);
    }

    [Fact]
    public void Organizations_with_the_same_name_and_website_are_duplicates()
    {
        var one = new Organization { Name = "Families United", Website = "https://families.example", Phones = Sun.Phones };
        Assert.InRange(Score(one, one with { Website = "http://www.families.example/contact", Phones = [new Phone { Number = "+13055550199" }] }).Probability, DuplicateScorer.Threshold, 1);
        Assert.InRange(Score(one, one with { Name = "Sanctuary Coalition", Phones = [] }).Probability, 0, DuplicateScorer.Threshold - 0.01);
    }

    private static Provider Sun { get; } = new() { Name = "Sun Counseling Center", ProviderType = "clinic", Phones = [new Phone { Number = "+13055550142" }] };

    private static Location At(string street, string? unit) => new()
    {
        Visibility = Visibility.Public,
        Address1 = street,
        Address2 = unit,
        City = "Elkton",
        StateProvince = "MD",
        PostalCode = "21921",
    };

    private static DuplicateScore Score(Entry one, Entry other) =>
        DuplicateScorer.Score(DuplicateTraits.Of(Guid.NewGuid(), one), DuplicateTraits.Of(Guid.NewGuid(), other));
}
