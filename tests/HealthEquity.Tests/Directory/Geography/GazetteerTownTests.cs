using System.Globalization;
using CsvHelper;
using HealthEquity.Directory.Geography;
using HealthEquity.Tests.Store.Databases;

namespace HealthEquity.Tests.Directory.Geography;

/// <summary>Does a question that names a town lead to the town?</summary>
public sealed class GazetteerTownTests
{
    private static readonly HashSet<string> Prepositions = ["in", "near", "around", "close to", "cerca de", "en", "nan", "em"];

    // Towns whose name several states have, small towns, large ones, abbreviated ones, territories.
    private static readonly string[] Towns =
    [
        "Springfield MO", "Springfield IL", "Springfield, Massachusetts", "Portland ME", "Portland, Oregon", "Columbus GA", "Columbus Ohio", "Aurora IL",
        "Aurora, CO", "Jackson MS", "Jackson Tennessee", "Lafayette IN", "Lafayette, Louisiana", "Rochester MN", "Rochester, New York", "Wilmington DE",
        "Wilmington NC", "Kansas City KS", "Kansas City Missouri", "Bloomington IN", "Bloomington, Illinois", "Arlington VA", "Arlington Texas", "Glendale AZ",
        "Glendale, California", "Pasadena TX", "Pasadena CA", "Vancouver WA", "Manchester NH", "Manchester, Connecticut", "Richmond CA", "Richmond Virginia",
        "Salem OR", "Salem, MA", "Concord NH", "Concord, North Carolina", "Ft Wayne IN", "St Cloud MN", "Mt Pleasant SC", "N Charleston SC",
        "Immokalee FL", "Opelousas LA", "Dodge City KS", "Postville Iowa", "Storm Lake IA", "Worthington, Minnesota", "Garden City KS", "Yakima WA",
        "Hope AR", "Normal IL", "Mobile, Alabama", "Reading PA", "Bend OR", "Mexico, Missouri", "Moscow ID", "Lebanon PA", "Peru IL", "San Juan PR", "Mayagüez, Puerto Rico",
    ];

    public static TheoryData<string> Forms => ["counseling near {0}", "abogado en {0}"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_town_is_found_in_the_state_that_is_named(string form)
    {
        var wrong = new List<string>();
        foreach (var town in Towns)
        {
            var state = States.Parse(town[(town.LastIndexOfAny([' ', ',']) + 1)..]) ?? States.All.First(s => town.EndsWith(s.Name, StringComparison.Ordinal));
            state = States.All.FirstOrDefault(s => town.EndsWith(" " + s.Name, StringComparison.Ordinal)) ?? state;
            var found = Gazetteer.Shipped.Find(string.Format(CultureInfo.InvariantCulture, form, town), Prepositions).Where(m => !m.IsContext).ToList();
            if (found is not [{ NamesState: true, Confidence: > 0.9 } match] || match.Place.State != state.Code || match.Place.Kind != PlaceKind.City)
            {
                wrong.Add($"{town}: {string.Join("; ", found.Select(m => m.Place))}");
            }
        }

        // 59 towns in two forms: at most one of the 118 may be wrong.
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_towns_of_real_facilities_are_near_the_facilities()
    {
        if (SharedFolder.Find("data") is not { } folder || !File.Exists(Path.Combine(folder, "samhsa-mental-health-facilities.csv")))
        {
            Assert.Skip("The SAMHSA file is not beside the checkout.");
            return;
        }

        using var csv = CsvReader.FromFile(Path.Combine(folder, "samhsa-mental-health-facilities.csv"), new CsvReaderOptions { Separator = ',' }, FileOptions.None);
        var (near, all) = (0, 0);
        while (csv.Read())
        {
            if (!double.TryParse(csv.GetString("latitude"), CultureInfo.InvariantCulture, out var latitude)
                || !double.TryParse(csv.GetString("longitude"), CultureInfo.InvariantCulture, out var longitude))
            {
                continue;
            }

            all++;
            var place = Gazetteer.Shipped.Find($"counseling near {csv.GetString("city")} {csv.GetString("state")}", Prepositions).Where(m => !m.IsContext).MaxBy(m => m.Confidence)?.Place;
            near += place is { Kind: not PlaceKind.State } && place.MilesTo(latitude, longitude) <= 30 ? 1 : 0;
        }

        Assert.True(all > 10_000 && near >= 0.99 * all, $"{near} of {all}");
    }

    [Fact]
    public void Every_zip_code_leads_to_itself_and_to_a_town()
    {
        for (var n = 0; n < 100_000; n++)
        {
            var zip = n.ToString("00000", CultureInfo.InvariantCulture);
            if (ZipCodes.TryGet(zip, out var area))
            {
                var place = Gazetteer.Shipped.Parse(zip).Place;
                Assert.True(place is { Kind: PlaceKind.Zip, Town.Length: > 0 } && place.Name == zip && place.State == area.State, zip);
                Assert.True(area.Counties.Count == 0 || (place.Latitude is > -15 and < 72 && place.Longitude != 0), zip);
            }
        }
    }

    [Fact]
    public void Every_state_and_county_is_found_by_its_name()
    {
        Assert.All(States.All, s => Assert.Equal(s.Code == "DC" ? "DC" : s.Code, Gazetteer.Shipped.Parse(s.Code == "NY" ? "New York State" : s.Name).Place?.State));
        Assert.All(Counties.All, c => Assert.Equal(c, Gazetteer.Shipped.Parse(c.FullName).Place?.County));
    }

    [Fact]
    public void The_new_data_stay_under_a_megabyte()
    {
        var assembly = typeof(Gazetteer).Assembly;
        var bytes = assembly.GetManifestResourceNames().Where(n => n.Contains(".Geography.", StringComparison.Ordinal) && !n.EndsWith("zcta.txt.br", StringComparison.Ordinal))
            .Sum(n => assembly.GetManifestResourceStream(n)!.Length);
        Assert.InRange(bytes, 100_000, 1_000_000);
    }

    [Theory]
    [InlineData("I get panic attacks every time someone knocks at the door")]
    [InlineData("mi hija se corta los brazos")]
    [InlineData("intoxicado en el campo")]
    [InlineData("tocando la puerta en la madrugada")]
    [InlineData("me cortaron la luz")]
    [InlineData("plano de emergência para a família")]
    [InlineData("new hope and good hope")]
    [InlineData("call the red cross or the white house")]
    [InlineData("my case is in progress and I am out on parole")]
    public void Words_that_are_towns_as_well_are_left_alone(string question) => Assert.Empty(Gazetteer.Shipped.Find(question, Prepositions));
}
