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

    [Theory]
    [InlineData("specialties", "PTSD", "trauma")]
    [InlineData("specialties", "trauma therapy", "trauma")]
    [InlineData("specialties", "Ansiedad; depression", "anxiety depression")]
    [InlineData("specialties", "Trauma and post-traumatic stress", "trauma")]
    [InlineData("tags", "inmigración", "immigration")]
    [InlineData("tags", "Salud mental, school", "mentalHealth school")]
    [InlineData("eligibility.populations", "asylum seekers", "asylumSeekers")]
    public void A_term_is_chosen_by_any_of_its_names(string field, string typed, string codes)
    {
        var form = Typed(field, typed);

        Assert.Equal((codes, ""), (string.Join(' ', form.Find(field)!.Chosen), form.Find(field)!.Text));
        Assert.DoesNotContain(form.Errors, e => e.Part.Path == field);
    }

    [Theory]
    [InlineData("specialties", "travma, anxiety", "travma", "“travma” is not in the list “Specialty”. Did you mean Trauma and post-traumatic stress?")]
    [InlineData("specialties", "depresive", "depresive", "“depresive” is not in the list “Specialty”. Did you mean Depression?")]
    [InlineData("tags", "xylophone", "xylophone", "“xylophone” is not in the list “Tag”. Choose from the list.")]
    public void An_unknown_term_is_kept_with_those_that_come_near(string field, string typed, string kept, string message)
    {
        var form = Typed(field, typed);

        Assert.Equal(kept, form.Find(field)!.Text);
        Assert.Equal([message], form.Find(field)!.Errors);
        Assert.Equal(kept, form.Values().First(field + ".typed"));
    }

    [Fact]
    public void A_name_of_a_merged_term_chooses_the_term_that_replaced_it()
    {
        var tags = VocabularySet.Shipped.Find("tag")!;
        var old = new Term { Code = "studyCircles", Label = "Study circles", Definition = "Circles.", Retired = true, MergedInto = "school" };
        var vocabularies = new VocabularySet([.. VocabularySet.Shipped.All.Where(v => v != tags), tags with { Terms = [.. tags.Terms, old] }]);
        var posted = EntryForm.Of(new Organization { Name = "Red" }).Values();
        posted.Set("tags.typed", "study circles");

        Assert.Equal(["school"], EntryForm.Of(EntryKind.Organization, posted).ChooseTyped(vocabularies).Find("tags")!.Chosen);
    }

    private static EntryForm Typed(string field, string typed)
    {
        var posted = EntryForm.Of(new Provider { Name = "Paz" }).Values();
        posted.Set(field + ".typed", typed);
        var form = EntryForm.Of(EntryKind.Provider, posted).ChooseTyped(VocabularySet.Shipped);
        form.Read(e => new EntryValidation(VocabularySet.Shipped).Validate(e), out _);
        return form;
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
