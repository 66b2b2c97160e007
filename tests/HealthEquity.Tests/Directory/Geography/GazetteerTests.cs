using HealthEquity.Directory.Geography;

namespace HealthEquity.Tests.Directory.Geography;

public sealed class GazetteerTests
{
    private static readonly HashSet<string> Prepositions =
        ["in", "near", "around", "close to", "cerca de", "en", "nan", "kote", "ở", "o", "gan", "em", "perto de", "sa", "в", "у", "около", "في", "在", "में", "ਵਿੱਚ", "در"];

    [Theory]
    [InlineData("therapist Houston", "Houston, TX")]
    [InlineData("lawyer in Houston, TX", "Houston, TX")]
    [InlineData("COUNSELING IN HOUSTON TX", "Houston, TX")]
    [InlineData("counseling near Springfield MO", "Springfield, MO")]
    [InlineData("counseling Springfield, Massachusetts", "Springfield, MA")]
    [InlineData("abogado cerca de Miami Dade", "Miami-Dade County, FL")]
    [InlineData("psychologist St Louis", "St. Louis, MO")]
    [InlineData("depression help Ft. Lauderdale", "Fort Lauderdale, FL")]
    [InlineData("mt vernon ny", "Mount Vernon, NY")]
    [InlineData("n little rock ar", "North Little Rock, AR")]
    [InlineData("O'Fallon MO", "O'Fallon, MO")]
    [InlineData("Coeur d'Alene", "Coeur d'Alene, ID")]
    [InlineData("10301 New Guinea Rd Fairfax VA", "Fairfax, VA")]
    [InlineData("help with housing Orange County", "Orange County, CA")]
    [InlineData("Orange County Florida", "Orange County, FL")]
    [InlineData("condado de Orange", "Orange County, CA")]
    [InlineData("Marion IN", "Marion, IN")]
    [InlineData("Indiana, PA", "Indiana, PA")]
    [InlineData("Kansas City KS", "Kansas City, KS")]
    [InlineData("NYC therapist", "New York City, NY")]
    [InlineData("therapist LA", "Los Angeles, CA")]
    [InlineData("lawyer D.C.", "Washington, DC")]
    [InlineData("therapist in the Bronx", "The Bronx, NY")]
    [InlineData("the Valley therapist", "San Fernando Valley")]
    [InlineData("abogado SoCal", "Southern California")]
    [InlineData("Bay Area counseling", "Bay Area")]
    [InlineData("avocat près d'Atlanta", "Atlanta, GA")]
    [InlineData("纽约的心理咨询", "New York City, NY")]
    [InlineData("在洛杉磯找律師", "Los Angeles, CA")]
    [InlineData("뉴욕에서 상담", "New York City, NY")]
    [InlineData("адвокат в Чикаго", "Chicago, IL")]
    [InlineData("психолог в Хьюстоне", "Houston, TX")]
    [InlineData("адвокат у Філадельфії", "Philadelphia, PA")]
    [InlineData("محامي في لوس أنجلوس", "Los Angeles, CA")]
    [InlineData("محامي بهيوستن", "Houston, TX")]
    [InlineData("በሲያትል ጠበቃ", "Seattle, WA")]
    [InlineData("वकील न्यूयॉर्क में", "New York City, NY")]
    [InlineData("ਵਕੀਲ ਫਰਿਜ਼ਨੋ ਵਿੱਚ", "Fresno, CA")]
    [InlineData("មេធាវីនៅឡុងប៊ិច", "Long Beach, CA")]
    [InlineData("psicólogo en Nueva York", "New York City, NY")]
    [InlineData("abogado Filadelfia", "Philadelphia, PA")]
    [InlineData("avoka nan Miyami", "Miami, FL")]
    [InlineData("abogado Carolina del Norte", "North Carolina")]
    [InlineData("华盛顿州 律师", "Washington")]
    [InlineData("ICE took my husband in Mobile", "Mobile, AL")]
    [InlineData("clinic 12345", "12345 (Schenectady, NY)")]
    [InlineData("free clinic Houston TX 77002", "77002 (Houston, TX)")]
    public void A_question_names_a_place(string question, string place) =>
        Assert.Equal(place, Assert.Single(Gazetteer.Shipped.Find(question, Prepositions), m => !m.IsContext).Place.Label);

    [Theory]
    [InlineData("help me in need")]
    [InlineData("I need hope")]
    [InlineData("ICE took my husband")]
    [InlineData("I live in fear")]
    [InlineData("necesito papeles mexico")]
    [InlineData("who speaks Mam")]
    [InlineData("is it OK to talk")]
    [InlineData("HI I need help")]
    [InlineData("need an ID or papers")]
    [InlineData("near me")]
    [InlineData("abogado en la ciudad")]
    [InlineData("la migra se llevo a mi esposo")]
    [InlineData("clases en casa")]
    [InlineData("U visa for my son")]
    [InlineData("$10000 bond")]
    [InlineData("my friend in jail")]
    [InlineData("apt 12345")]
    [InlineData("santa mission of hope")]
    [InlineData("habeas corpus")]
    [InlineData("CO poisoning")]
    [InlineData("Dr. Austin")]
    [InlineData("Arab American counseling")]
    [InlineData("Law Office of Maria Gonzalez")]
    [InlineData("3000 Jackson St")]
    public void A_question_without_a_place_gets_none(string question) => Assert.Empty(Gazetteer.Shipped.Find(question, Prepositions));

    [Theory]
    [InlineData("miami or orlando", "Miami, FL;Orlando, FL")]
    [InlineData("lawyer in Portland or Seattle", "Portland, OR;Seattle, WA")]
    [InlineData("德州休斯顿 律师", "Houston, TX")]
    [InlineData("Texas abogado Mission", "Mission, TX")]
    [InlineData("Hollywood near Los Angeles", "Hollywood, CA;Los Angeles, CA")]
    [InlineData("Hollywood near Miami", "Hollywood, FL;Miami, FL")]
    [InlineData("Texas help the Valley", "Rio Grande Valley")]
    [InlineData("lawyer in OK", "Oklahoma")]
    [InlineData("Denver, Colorado Springs or Pueblo", "Denver, CO;Colorado Springs, CO;Pueblo, CO")]
    [InlineData("Tulsa ok", "Tulsa, OK")]
    [InlineData("counseling Portland me", "Portland, ME")]
    public void The_readers_other_words_decide(string question, string places) =>
        Assert.Equal(places.Split(';'), Gazetteer.Shipped.Find(question, Prepositions).Where(m => !m.IsContext).Select(m => m.Place.Label));

    [Fact]
    public void Other_towns_of_the_name_are_offered()
    {
        var match = Assert.Single(Gazetteer.Shipped.Find("therapist Springfield", Prepositions));
        Assert.Contains("Springfield, IL", match.Alternatives.Select(p => p.Label));
        Assert.Equal("Washington, DC", Gazetteer.Shipped.Find("therapist Washington", Prepositions)[0].Alternatives[0].Label);
    }

    [Fact]
    public void A_match_says_where_it_stands()
    {
        const string question = "I need a lawyer in St. Louis, MO please";
        var match = Assert.Single(Gazetteer.Shipped.Find(question, Prepositions));
        Assert.Equal("St. Louis, MO", question.Substring(match.Start, match.Length));
        Assert.True(match is { FirstWord: 5, WordCount: 3, HasPreposition: true, NamesState: true });
    }

    [Theory]
    [InlineData("Miami Valley Hospital")]
    [InlineData("Washington Health System")]
    [InlineData("University of Miami")]
    [InlineData("Houston Methodist Hospital")]
    [InlineData("Boston Medical Center")]
    public void A_name_that_begins_with_a_place_may_be_a_name(string question) =>
        Assert.True(Assert.Single(Gazetteer.Shipped.Find(question, Prepositions)).MayBeName);

    [Theory]
    [InlineData("Houston, TX", "Houston, TX")]
    [InlineData("33130", "33130 (Miami, FL)")]
    [InlineData("33130-1234", "33130 (Miami, FL)")]
    [InlineData("Miami Dade County", "Miami-Dade County, FL")]
    [InlineData("25.76, -80.19", "25.76, -80.19")]
    [InlineData("TX", "Texas")]
    [InlineData("LA", "Los Angeles, CA")]
    [InlineData("Hope", "Hope, AR")]
    [InlineData("the Bay Area", "Bay Area")]
    [InlineData("123 Main St, Springfield, MO 65801", "65801 (Springfield, MO)")]
    [InlineData("Brooklyn, New York, USA", "Brooklyn, NY")]
    public void A_place_is_read(string text, string place) => Assert.Equal(place, Gazetteer.Shipped.Parse(text).Place?.Label);

    [Theory]
    [InlineData("Huoston", "Houston, TX")]
    [InlineData("Housten, TX", "Houston, TX")]
    [InlineData("Sprngfield", "Springfield, MO")]
    [InlineData("Springfield, HI", "Springfield, MO")]
    [InlineData("Mexico", "Mexico, MO")]
    public void An_unknown_place_gets_the_nearest_names(string text, string nearest)
    {
        var reading = Gazetteer.Shipped.Parse(text);
        Assert.Null(reading.Place);
        Assert.Contains(nearest, reading.Nearest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(",,, !!")]
    [InlineData("99999")]
    [InlineData("\uD800 \u0000 \uFFFE")]
    public void What_names_nothing_is_unknown(string text) => Assert.Null(Gazetteer.Shipped.Parse(text).Place);

    [Theory]
    [InlineData("12345", "Schenectady", "NY:Schenectady County", 42.81, -73.94)]
    [InlineData("10008", "New York", "NY:New York County", 40.71, -74.0)]
    [InlineData("33152", "Miami", "FL:Miami-Dade County", 25.78, -80.2)]
    [InlineData("20521", "Washington", "DC:District of Columbia", 38.9, -77.0)]
    [InlineData("00936", "San Juan", "PR:San Juan Municipio", 18.4, -66.06)]
    public void Post_office_boxes_and_single_buildings_have_a_place(string zip, string town, string county, double latitude, double longitude)
    {
        Assert.True(ZipCodes.TryGet(zip, out var area));
        Assert.False(area.IsArea);
        Assert.Equal(county, area.County!.Code);
        Assert.InRange(GeoDistance.Miles(area.Latitude, area.Longitude, latitude, longitude), 0, 15);
        Assert.StartsWith(town, Gazetteer.Shipped.Zip(zip)!.Town, StringComparison.Ordinal);
    }

    [Fact]
    public void Military_mail_is_known_and_far_away()
    {
        Assert.True(ZipCodes.TryGet("09001", out var area));
        Assert.Equal("AE", area.State);
        Assert.Empty(area.Counties);
        Assert.True(GeoDistance.Miles(area.Latitude, area.Longitude, 40.7, -74) > 2_000);
    }

    [Fact]
    public void A_county_state_and_region_say_how_far_they_reach()
    {
        Assert.InRange(Gazetteer.Shipped.State("TX")!.RadiusMiles, 200, 500);
        Assert.InRange(Gazetteer.Shipped.County(Counties.Parse("FL:Miami-Dade County")!).RadiusMiles, 5, 40);
        Assert.Contains("CA:Alameda County", Gazetteer.Shipped.Parse("Bay Area").Place!.Counties.Select(c => c.Code));
        Assert.Equal(["ND", "SD"], Gazetteer.Shipped.Parse("the Dakotas").Place!.States);
    }

    [Fact]
    public void The_credit_names_the_sources()
    {
        Assert.Contains("GeoNames", Gazetteer.Attribution, StringComparison.Ordinal);
        Assert.Contains("creativecommons.org/licenses/by/4.0", Gazetteer.Attribution, StringComparison.Ordinal);
    }
}
