using HealthEquity.Directory.Entries;
using static HealthEquity.Tests.Directory.Rules.EntryCheck;

namespace HealthEquity.Tests.Directory.Rules;

public class LocationValidatorTests
{
    [Theory]
    [InlineData("FL", true, "")]
    [InlineData("PR", true, "")]
    [InlineData("fl", false, "Did you mean 'FL'?")]
    [InlineData("Florida", false, "Did you mean 'FL'?")]
    [InlineData("XX", false, "two capital letters")]
    public void A_state_is_a_USPS_code(string state, bool good, string remedy) =>
        Check(At(APlace with { StateProvince = state }), good, "locations[0].stateProvince", remedy);

    [Theory]
    [InlineData("33130", true)]
    [InlineData("33130-1234", true)]
    [InlineData("3313", false)]
    [InlineData("33130-12", false)]
    [InlineData("3313O", false)]
    public void A_ZIP_code_has_five_digits_or_nine(string zip, bool good) =>
        Check(At(APlace with { StateProvince = "FL", PostalCode = zip }), good, "locations[0].postalCode", "including leading zeros");

    [Theory]
    [InlineData("33130", "FL", true)]
    [InlineData("33130", "TX", false)]
    [InlineData("42223", "KY", true)]
    [InlineData("42223", "TN", true)]
    [InlineData("77555", "TX", true)]
    public void A_ZIP_code_is_in_the_state(string zip, string state, bool good) =>
        Check(At(APlace with { StateProvince = state, PostalCode = zip }), good, "locations[0].postalCode", "Correct the ZIP code or the state");

    [Theory]
    [InlineData("FL", "Miami-Dade County", true, "")]
    [InlineData("LA", "Orleans Parish", true, "")]
    [InlineData("FL", "Miami-Dade", false, "Did you mean 'Miami-Dade County'?")]
    [InlineData("FL", "Miami Dad County", false, "Did you mean 'Miami-Dade County'?")]
    [InlineData("TX", "Miami-Dade County", false, "is not a county in Texas. Enter its full name")]
    public void A_county_is_in_the_state(string state, string county, bool good, string remedy) =>
        Check(At(APlace with { StateProvince = state, County = county }), good, "locations[0].county", remedy);

    [Fact]
    public void A_city_alone_is_not_enough() =>
        Refuses(At(APlace with { City = "Portland" }), "locations[0].stateProvince", "Enter the state");

    [Theory]
    [InlineData(25.77, -80.19, null)]
    [InlineData(13.44, 144.79, null)]
    [InlineData(null, null, null)]
    [InlineData(25.77, null, "locations[0].longitude")]
    [InlineData(null, -80.19, "locations[0].latitude")]
    [InlineData(25.77, 80.19, "locations[0].longitude")]
    [InlineData(-80.19, 25.77, "locations[0].longitude")]
    [InlineData(0.0, 0.0, "locations[0].longitude")]
    [InlineData(25.77, -200.0, "locations[0].longitude")]
    public void Coordinates_are_complete_and_in_the_country(double? north, double? east, string? path)
    {
        var entry = At(APlace with { Latitude = north, Longitude = east });
        if (path is null)
        {
            Accepts(entry);
        }
        else
        {
            Refuses(entry, path, ":");
        }
    }

    [Fact]
    public void US_rules_do_not_apply_to_other_countries()
    {
        Accepts(At(APlace with { Country = "MX", City = "Tijuana", StateProvince = "BCN", PostalCode = "22000", Latitude = 32.5, Longitude = -117.0 }));
        Refuses(At(APlace with { Country = "USA" }), "locations[0].country", "such as US or MX");
    }

    [Theory]
    [InlineData("FL:Miami-Dade County", true, "")]
    [InlineData("FL:Miami-Dade", false, "Did you mean 'FL:Miami-Dade County'?")]
    [InlineData("Miami-Dade County", false, "such as FL:Miami-Dade County")]
    public void A_county_served_includes_its_state(string county, bool good, string remedy) =>
        Check(AProvider with { ServiceArea = new() { Counties = [county] } }, good, "serviceArea.counties[0]", remedy);

    [Fact]
    public void Nationwide_excludes_lists_of_places()
    {
        Accepts(AProvider with { ServiceArea = new() { Nationwide = true } });
        Refuses(AProvider with { ServiceArea = new() { Nationwide = true, States = ["FL"] } }, "serviceArea.nationwide", "remove the places");
        Refuses(AProvider with { ServiceArea = new() { ZipCodes = ["331"] } }, "serviceArea.zipCodes[0]", "five digits");
    }

    private static Provider At(Location location) => AProvider with { Locations = [location] };
}
