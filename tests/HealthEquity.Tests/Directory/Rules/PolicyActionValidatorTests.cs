using HealthEquity.Directory.Entries;
using static HealthEquity.Tests.Directory.Rules.EntryCheck;

namespace HealthEquity.Tests.Directory.Rules;

public class PolicyActionValidatorTests
{
    private static readonly Adoption Adoption = new()
    {
        Jurisdiction = new() { Name = "Example District", Level = "schoolDistrict", State = "CA", Fips = "0622710" },
        Status = "adopted",
        Source = new() { Name = "Minutes" },
        Provisions = ["judicial-warrant"],
    };

    [Theory]
    [InlineData("judicial-warrant", true)]
    [InlineData("Judicial-Warrant", false)]
    [InlineData("judicial warrant", false)]
    [InlineData("-warrant", false)]
    public void A_provision_has_a_code(string code, bool good) =>
        Check(APolicyAction with { Provisions = [new() { Code = code, Text = "Text" }] }, good, "provisions[0].code", "lowercase words joined by hyphens");

    [Fact]
    public void A_code_is_unique() =>
        Refuses(APolicyAction with { Provisions = [APolicyAction.Provisions[0], APolicyAction.Provisions[0]] }, "provisions[1].code", "Remove one of the two");

    [Fact]
    public void Adopted_provisions_belong_to_the_action()
    {
        Accepts(Adopted(Adoption));
        Refuses(Adopted(Adoption with { Provisions = ["judicial-warrants"] }), "adoptions[0].provisions[0]", "Did you mean 'judicial-warrant'?");
        Refuses(Adopted(Adoption with { Provisions = ["posters"] }), "adoptions[0].provisions[0]", "Use one of: judicial-warrant.");
    }

    [Theory]
    [InlineData("state", "CA", "06", true)]
    [InlineData("county", "CA", "06037", true)]
    [InlineData("city", "CA", "0644000", true)]
    [InlineData("schoolDistrict", "CA", "0622710", true)]
    [InlineData("state", "CA", "6", false)]
    [InlineData("county", "CA", "037", false)]
    [InlineData("city", "CA", "06037", false)]
    [InlineData("county", "TX", "06037", false)]
    public void A_FIPS_code_matches_the_level_and_the_state(string level, string state, string fips, bool good) =>
        Check(Adopted(Adoption with { Jurisdiction = new() { Name = "Example", Level = level, State = state, Fips = fips } }), good, "adoptions[0].jurisdiction.fips", ":");

    [Fact]
    public void A_jurisdiction_within_a_state_names_the_state() =>
        Refuses(Adopted(Adoption with { Jurisdiction = new() { Name = "Example", Level = "county" } }), "adoptions[0].jurisdiction.state", "such as CA");

    [Fact]
    public void A_status_is_not_known_as_of_a_day_to_come()
    {
        Accepts(Adopted(Adoption with { StatusAsOf = new(2026, 6, 1) }));
        Refuses(Adopted(Adoption with { StatusAsOf = new(2027, 6, 1) }), "adoptions[0].statusAsOf", "in the future");
    }

    [Fact]
    public void History_is_oldest_first()
    {
        var (first, second) = (new AdoptionEvent { On = new(2016, 2, 9), Status = "adopted" }, new AdoptionEvent { On = new(2017, 5, 9), Status = "inForce" });
        Accepts(Adopted(Adoption with { History = [first, second] }));
        Refuses(Adopted(Adoption with { History = [second, first] }), "adoptions[0].history[1].on", "oldest first");
    }

    [Fact]
    public void Nested_sources_are_validated_too()
    {
        var evidence = new Evidence { Finding = "It helps.", Source = new Source { Name = "Study", Url = "nowhere" } };
        Refuses(APolicyAction with { Evidence = [evidence] }, "evidence[0].source.url", "web address");
    }

    private static PolicyAction Adopted(Adoption adoption) => APolicyAction with { Adoptions = [adoption] };
}
