using HealthEquity.Admin.EntryForms;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Rules;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Text;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>Fields with codes accept the names that people type, and show names.</summary>
public sealed class PickerTests
{
    [Theory]
    [InlineData("language", "Spanish", "es")]
    [InlineData("language", "español", "es")]
    [InlineData("language", "ESPANOL", "es")]
    [InlineData("language", "Kreyol", "ht")]
    [InlineData("language", "ht", "ht")]
    [InlineData("language", "PT-br", "pt-BR")]
    [InlineData("language", "Portuguese (Brazil)", "pt-BR")]
    [InlineData("language", "Chinese (simplified)", "zh-Hans")]
    [InlineData("language", "Spansh", "Spansh")]
    [InlineData("hours.timeZone", "Central", "America/Chicago")]
    [InlineData("hours.timeZone", "eastern time", "America/New_York")]
    [InlineData("hours.timeZone", "PST", "America/Los_Angeles")]
    [InlineData("hours.timeZone", "America/Chicago", "America/Chicago")]
    [InlineData("hours.timeZone", "Cental", "Cental")]
    [InlineData("serviceArea.states", "Illinois\nfl\nNew York, Puerto Rico", "IL\nFL\nNY\nPR")]
    [InlineData("serviceArea.counties", "Miami-Dade, FL\ncook county, illinois\nWashington County", "FL:Miami-Dade County\nIL:Cook County\nWashington County")]
    public void A_name_is_read_as_its_code(string field, string typed, string code)
    {
        var posted = EntryForm.Of(new Organization { Name = "Red" }).Values();
        posted.Set(field, typed);

        Assert.Equal(code, EntryForm.Of(EntryKind.Organization, posted).Find(field)!.Text);
    }

    [Fact]
    public void Names_of_places_and_languages_within_lists_are_read_too()
    {
        var posted = EntryForm.Of(new Organization { Name = "Red", Phones = [new Phone { Number = "+13055550141" }], Locations = [new Location { Visibility = Visibility.Public }] }).Values();
        posted.Set("phones[0].languages", "Spanish, Vietnamese");
        posted.Set("locations[0].stateProvince", "Florida");
        posted.Set("locations[0].county", "miami dade");

        var form = EntryForm.Of(EntryKind.Organization, posted);

        Assert.Equal(("es\nvi", "FL", "Miami-Dade County"), (form.Find("phones[0].languages")!.Text, form.Find("locations[0].stateProvince")!.Text, form.Find("locations[0].county")!.Text));
    }

    [Theory]
    [InlineData("language", "Spansh", "Unknown language 'Spansh'. Did you mean Spanish?")]
    [InlineData("language", "españl", "Unknown language 'españl'. Did you mean Spanish?")]
    [InlineData("hours.timeZone", "Cental", "Unknown time zone 'Cental'. Did you mean Central?")]
    [InlineData("serviceArea.states", "FL\nIlinois", "Unknown state 'Ilinois'. Did you mean Illinois?")]
    [InlineData("serviceArea.counties", "Washington County", "Several states have a county 'Washington County'. Add the state, such as Washington County, AL.")]
    [InlineData("serviceArea.counties", "Miami-Dede County, FL", "Unknown county 'Miami-Dede County, FL'. Did you mean Miami-Dade County, FL?")]
    public void An_unknown_name_is_kept_with_a_suggestion(string field, string typed, string message)
    {
        var posted = EntryForm.Of(new Organization { Name = "Red", Hours = new Hours { TimeZone = "America/Chicago", Note = "By appointment." } }).Values();
        posted.Set(field, typed);
        var form = EntryForm.Of(EntryKind.Organization, posted);

        form.Read(e => new EntryValidation(VocabularySet.Shipped).Validate(e), out _);

        Assert.Equal(typed, form.Find(field)!.Text);
        Assert.Equal([message], form.Find(field)!.Errors);
    }

    [Fact]
    public void Every_name_that_is_shown_leads_back_to_its_code()
    {
        foreach (var (picker, codes) in new (Picker, IEnumerable<string>)[]
        {
            (Picker.Languages, LanguageNames.All.Select(l => l.Key).Concat(["pt-BR", "xx"])),
            (Picker.USStates, HealthEquity.Directory.Geography.States.All.Select(s => s.Code).Append("ZZ")),
            (Picker.USCounties, HealthEquity.Directory.Geography.Counties.All.Select(c => c.Code).Append("FL:Nowhere")),
            (Picker.Zones, ["America/New_York", "America/Chicago", "America/Indiana/Indianapolis", "Nowhere"]),
        })
        {
            Assert.All(codes, code => Assert.Equal(code, picker.Find(picker.Show(code)) ?? picker.Show(code)));
        }

        Assert.Equal("Spanish\nHaitian Creole", Picker.Languages.Show("es\nht"));
        Assert.Equal("Miami-Dade County, FL", Picker.USCounties.Show("FL:Miami-Dade County"));
        Assert.Equal("Central", Picker.Zones.Show("America/Chicago"));
    }
}
