using HealthEquity.Directory.Geography;

namespace HealthEquity.Tests.Directory.Geography;

public sealed class GeographyTests
{
    [Fact]
    public void Every_zip_area_of_the_census_is_known() => Assert.Equal(33_791, ZipCodes.Count);

    [Theory]
    [InlineData("00601", 18.18055, -66.74996, "PR:Adjuntas Municipio")]
    [InlineData("06708", 41.551, -73.071, "CT:New Haven County")]
    [InlineData("32425", 30.853, -85.720, "FL:Holmes County")]
    [InlineData("96910", 13.453, 144.747, "GU:Guam")]
    [InlineData("33130", 25.767, -80.205, "FL:Miami-Dade County")]
    [InlineData("90012-1234", 34.066, -118.238, "CA:Los Angeles County")]
    public void A_zip_code_has_the_census_location(string zip, double latitude, double longitude, string county)
    {
        Assert.True(ZipCodes.TryGet(zip, out var area));
        Assert.Equal(latitude, area.Latitude, tolerance: 0.02);
        Assert.Equal(longitude, area.Longitude, tolerance: 0.02);
        Assert.Equal(county, area.County!.Code);
        Assert.Equal(area, ZipCodes.Nearest(area.Latitude, area.Longitude));
    }

    [Fact]
    public void A_zip_code_that_crosses_a_county_line_is_found_from_both_sides()
    {
        Assert.True(ZipCodes.TryGet("32425", out var bonifay));
        Assert.Equal(["FL:Holmes County", "FL:Washington County"], bonifay.Counties.Select(c => c.Code));
        Assert.All(bonifay.Counties, county => Assert.Contains(bonifay, ZipCodes.In(county)));
    }

    [Fact]
    public void Every_zip_area_is_in_a_county_of_a_known_state()
    {
        var codes = Enumerable.Range(0, 100_000).Select(n => ZipCodes.TryGet($"{n:00000}", out var area) ? area : default).Where(a => a.Zip is not null).ToList();
        Assert.Equal(Gazetteer.Shipped.ZipCount, codes.Count);
        Assert.True(codes.Count >= 42_555);
        var areas = codes.Where(a => a.IsArea).ToList();
        Assert.Equal(ZipCodes.Count, areas.Count);
        Assert.All(areas, area => Assert.NotNull(States.Find(area.State)));

        // Only mail to the armed forces and the freely associated states has no county.
        Assert.All(codes, code => Assert.True(code.Counties.Count > 0 || code.State is "AA" or "AE" or "AP" or "FM" or "MH" or "PW", code.Zip));
    }

    [Theory]
    [InlineData("FL", 67)]
    [InlineData("GA", 159)]
    [InlineData("TX", 254)]
    [InlineData("PR", 78)]
    public void No_county_is_missing(string state, int count) => Assert.Equal(count, Counties.All.Count(c => c.State == state));

    [Theory]
    [InlineData("00000")]
    [InlineData("3313")]
    [InlineData("331301")]
    [InlineData("33130 Miami")]
    [InlineData("33130-")]
    [InlineData("+6708")]
    [InlineData("Miami")]
    [InlineData(null)]
    public void Text_that_is_not_a_zip_area_is_not_found(string? zip) => Assert.False(ZipCodes.TryGet(zip, out _));

    [Theory]
    [InlineData("6708", "06708")]
    [InlineData("601", "00601")]
    [InlineData(" 33130 ", "33130")]
    [InlineData("33130-1234", "33130-1234")]
    [InlineData("331301234", "33130-1234")]
    [InlineData("67082460", "06708-2460")]
    [InlineData("6708-2460", "06708-2460")]
    [InlineData("555-0142", null)]
    [InlineData("305", null)]
    [InlineData("0670", null)]
    [InlineData("00000", null)]
    [InlineData("12", null)]
    [InlineData("123456", null)]
    [InlineData("ABCDE", null)]
    [InlineData("33130-12", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Leading_zeros_of_a_zip_code_are_restored(string? written, string? meant) => Assert.Equal(meant, ZipCodes.Normalize(written));

    [Theory]
    [InlineData("FL", "miami-dade", "FL:Miami-Dade County")]
    [InlineData("fl", "Saint Johns County", "FL:St. Johns County")]
    [InlineData("FL", "St Lucie", "FL:St. Lucie County")]
    [InlineData("PR", "Anasco", "PR:Añasco Municipio")]
    [InlineData("LA", "Orleans", "LA:Orleans Parish")]
    [InlineData("MD", "Baltimore", "MD:Baltimore County")]
    [InlineData("MD", "Baltimore city", "MD:Baltimore city")]
    [InlineData("FL", "De Soto", "FL:DeSoto County")]
    [InlineData("FL", "St.Lucie", "FL:St. Lucie County")]
    [InlineData("IL", "Rock Island", "IL:Rock Island County")]
    [InlineData("VA", "James City", "VA:James City County")]
    [InlineData("FL", "Nowhere", null)]
    [InlineData("ZZ", "Miami-Dade", null)]
    public void A_county_is_found_in_any_spelling(string state, string name, string? code) =>
        Assert.Equal(code, Counties.Find(state, name)?.Code);

    [Fact]
    public void Every_county_is_found_by_its_own_code() => Assert.All(Counties.All, county => Assert.Equal(county, Counties.Parse(county.Code)));

    [Theory]
    [InlineData("FL")]
    [InlineData("florida")]
    [InlineData("12")]
    public void A_state_is_found_by_code_name_and_number(string text) => Assert.Equal("FL", States.Parse(text)?.Code);

    [Theory]
    [InlineData("Washington, D.C.", "DC")]
    [InlineData("N.Y.", "NY")]
    [InlineData("U.S. Virgin Islands", "VI")]
    [InlineData("Virgin Islands", "VI")]
    [InlineData("Washington", "WA")]
    [InlineData("Florid", null)]
    public void A_state_is_found_in_common_spellings(string text, string? code) => Assert.Equal(code, States.Parse(text)?.Code);

    [Fact]
    public void Every_state_has_a_valid_time_zone() =>
        Assert.All(States.All, state => Assert.True(TimeZoneInfo.TryFindSystemTimeZoneById(state.TimeZone, out _), state.Code));

    [Theory]
    [InlineData("12086", true)]
    [InlineData("99086", false)]
    [InlineData("1208", false)]
    [InlineData("1208x", false)]
    public void A_county_code_has_five_digits_and_starts_with_a_state(string code, bool good) => Assert.Equal(good, Fips.IsCounty(code));

    [Fact]
    public void Miami_to_los_angeles_is_about_2339_miles()
    {
        Assert.Equal(2339, GeoDistance.Miles(25.7617, -80.1918, 34.0522, -118.2437), tolerance: 10);
        Assert.Equal(0, GeoDistance.Miles(25, -80, 25, -80));
    }

    [Fact]
    public void A_bounding_box_contains_everything_within_the_distance()
    {
        var box = BoundingBox.Around(64.8, -147.7, 50);
        for (var degrees = 0; degrees < 360; degrees += 5)
        {
            var (up, right) = Math.SinCos(degrees * Math.PI / 180);
            var (latitude, longitude) = (64.8 + (up * 0.72), -147.7 + (right * 1.69));
            if (GeoDistance.Miles(64.8, -147.7, latitude, longitude) <= 50)
            {
                Assert.True(box.Contains(latitude, longitude), $"{degrees}°");
            }
        }
    }

    [Fact]
    public void A_bounding_box_in_the_aleutians_contains_the_islands_beyond_the_180th_meridian()
    {
        var (adak, shemya) = ((Latitude: 51.87, Longitude: -176.63), (Latitude: 52.72, Longitude: 174.11));
        Assert.Equal(397, GeoDistance.Miles(adak.Latitude, adak.Longitude, shemya.Latitude, shemya.Longitude), tolerance: 10);
        Assert.True(BoundingBox.Around(adak.Latitude, adak.Longitude, 410).Contains(shemya.Latitude, shemya.Longitude));
        Assert.True(BoundingBox.Around(shemya.Latitude, shemya.Longitude, 410).Contains(adak.Latitude, adak.Longitude));
        Assert.False(BoundingBox.Around(adak.Latitude, adak.Longitude, 100).Contains(shemya.Latitude, shemya.Longitude));
    }
}
