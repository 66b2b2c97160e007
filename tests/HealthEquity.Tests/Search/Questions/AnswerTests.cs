using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Search.Index;
using HealthEquity.Search.Questions;
using HealthEquity.Tests.Search.Index;

namespace HealthEquity.Tests.Search.Questions;

/// <summary>What people ask, and what they find.</summary>
public sealed class AnswerTests
{
    private readonly TestDirectory _directory = TestDirectory.Of(
        Clinic("Bayou Wellness", "Houston", "TX", "77002"),
        Clinic("Harris Behavioral", "Houston", "TX", "77036", "es"),
        Clinic("Lone Star Care", "Houston", "TX", "77004", "en"),
        Clinic("Ozark Counseling", "Springfield", "MO", "65806"),
        Clinic("Prairie Counseling", "Springfield", "IL", "62701"),
        Clinic("Washington Health System", "Washington", "PA", "15301"),
        Clinic("Capitol Clinic", "Washington", "DC", "20001"),
        new Attorney { Name = "Gulf Advocates", AttorneyType = "legalAidProgram", PracticeAreas = ["bond", "removalDefense"], ServiceArea = new ServiceArea { States = ["TX"] } },
        new Attorney { Name = "Wills and Deeds", AttorneyType = "lawFirm", PracticeAreas = ["familyLaw"], ServiceArea = new ServiceArea { States = ["TX"] } },
        new Organization { Name = "Any Hour Line", OrganizationType = "hotline", Functions = ["crisisLine", "mentalHealthSupport"], ServiceArea = new ServiceArea { Nationwide = true } },
        new PolicyAction { Name = "Refuse 287(g) agreements", Theme = "sanctuary", Tags = ["section287g"] },
        new PolicyAction { Name = "Detention and the county", Theme = "rapidResponse", Tags = ["detention"] });

    [Fact]
    public void A_therapist_in_a_town_is_any_provider_there_nearest_first_and_nobody_from_elsewhere()
    {
        var found = Find("therapist Houston");
        Assert.Equal(["Bayou Wellness", "Lone Star Care", "Harris Behavioral"], found[..3]);
        Assert.DoesNotContain("Ozark Counseling", found);
    }

    [Fact]
    public void The_state_that_is_named_decides_between_towns_of_one_name()
    {
        Assert.Equal("Ozark Counseling", Find("counseling near Springfield MO")[0]);
        Assert.Equal("Prairie Counseling", Find("counseling near Springfield, IL")[0]);
    }

    [Fact]
    public void A_name_that_holds_a_place_is_found_by_name() => Assert.Equal("Washington Health System", Find("Washington Health System")[0]);

    [Fact]
    public void A_language_puts_its_speakers_first_then_who_does_not_say_and_hides_nobody()
    {
        var found = Find("therapist who speaks Spanish in Houston");
        Assert.Equal(["Harris Behavioral", "Bayou Wellness"], found[..2]);
        Assert.Equal("Lone Star Care", found[^1]);
    }

    [Fact]
    public void A_familys_need_finds_attorneys_and_no_policy_before_them()
    {
        var found = Find("ICE took my husband what do I do");
        Assert.Equal("Gulf Advocates", found[0]);
        Assert.True(Array.IndexOf(found, "Detention and the county") is < 0 or > 0);
    }

    [Theory]
    [InlineData("287g")]
    [InlineData("287(g) resolution")]
    [InlineData("section 287 g")]
    public void An_official_finds_policy_by_its_short_form(string question) => Assert.Equal("Refuse 287(g) agreements", Find(question)[0]);

    [Theory]
    [InlineData("theripist houston")]
    [InlineData("terapeutta houston")]
    public void A_slip_of_the_pen_is_read_for_what_was_meant(string question) => Assert.Contains("Bayou Wellness", Find(question));

    [Fact]
    public void A_beginning_finds_only_what_no_whole_word_does()
    {
        Assert.Equal("Ozark Counseling", Find("Ozar")[0]);
        Assert.DoesNotContain("Washington Health System", Find("wash clothes"));
    }

    [Fact]
    public void A_word_left_of_what_people_say_ranks_and_leaves_nobody_out()
    {
        var directory = TestDirectory.Of(
            new Attorney { Name = "Bond Project", AttorneyType = "legalAidProgram", PracticeAreas = ["bond"] },
            new Attorney { Name = "Detention Defense", AttorneyType = "legalAidProgram", PracticeAreas = ["bond"] },
            new Attorney { Name = "Open Doors", AttorneyType = "legalAidProgram", PracticeAreas = ["bond"], Summary = "We visit everybody." },
            new Attorney { Name = "Bail Fund", AttorneyType = "legalAidProgram", PracticeAreas = ["bond"], Summary = "A visit a week." },
            new Attorney { Name = "Release Now", AttorneyType = "legalAidProgram", PracticeAreas = ["bond"], Summary = "Visit us." });
        Assert.Equal(5, directory.Find(Query("immigration detained my husband visit")).Length);
        Assert.Equal(5, directory.Find(Query("immigration detained my family member")).Length);
    }

    [Theory]
    [InlineData("psychologist for children", "en")]
    [InlineData("психолог для ребенка", "ru")]
    [InlineData("cheap therapist", "en")]
    public void A_wish_said_with_a_kind_does_not_hide_the_kind(string question, string language) =>
        Assert.Contains(new Meaning("kind", "provider"), QuestionReader.Shipped.Read(question, language, []).Meanings);

    [Fact]
    public void A_question_that_names_nothing_but_a_rare_language_finds_who_interprets()
    {
        var directory = TestDirectory.Of(
            new Organization { Name = "Maya Interpreters", OrganizationType = "communityOrganization", Functions = ["indigenousInterpretation"] },
            new Attorney { Name = "Wills and Deeds", AttorneyType = "lawFirm", PracticeAreas = ["familyLaw"] });
        Assert.Equal(["Maya Interpreters"], directory.Find(Query("who speaks Mam")));
    }

    [Theory]
    [InlineData("በሆስፒታል", "ሆስፒታል")]
    [InlineData("وبالعلاج", "علاج")]
    [InlineData("وما", "ما")]
    public void A_word_is_read_without_what_is_written_onto_it(string written, string word) =>
        Assert.Equal(QuestionTokens.Of(word)[0].Word, QuestionTokens.Of(written)[0].Other);

    [Fact]
    public void What_was_understood_can_be_taken_back()
    {
        var read = QuestionReader.Shipped.Read("therapist Houston", "en", ["place"]);
        Assert.Null(read.Place);
        Assert.Equal(["Houston"], read.Words.Select(w => w.Text));
    }

    [Fact]
    public void Nearest_first_is_exact_to_the_tenth_of_a_mile()
    {
        var directory = TestDirectory.Of([.. Enumerable.Range(0, 30).Select(i => new Provider
        {
            Name = $"Provider {i}",
            Locations = [new Location { Visibility = Visibility.Public, Latitude = 40.75 + (((i * 7) % 30) * 0.0015), Longitude = -74 }],
        })]);
        var place = new SearchPlace { Point = new GeoPoint(40.75, -74) };
        var miles = directory.Current.Search(new SearchQuery { Places = [place], Sort = SearchSort.Distance, Take = 30 }).Hits.Select(h => h.DistanceMiles!.Value).ToList();
        Assert.Equal(30, miles.Count);
        Assert.Equal(miles.Order(), miles);
        Assert.InRange(miles[^1], 2.9, 3.1);
    }

    [Fact]
    public void A_search_that_finds_too_few_goes_farther_and_says_so()
    {
        var query = Query("psychologist in Springfield MO");
        var found = _directory.Current.Search(query);
        Assert.True(found.Radius!.IsWidened);
        Assert.Equal("Ozark Counseling", found.Hits[0].Entry.Name);
        Assert.DoesNotContain("Bayou Wellness", found.Hits.Select(h => h.Entry.Name));
    }

    [Fact]
    public void Anything_can_be_asked()
    {
        var random = new Random(7);
        for (var i = 0; i < 300; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => (char)random.Next(1, 0xD7FF)));
            Assert.NotNull(_directory.Current.Search(Query(text)));
        }
    }

    private static Provider Clinic(string name, string city, string state, string zip, string? language = null) => new()
    {
        Name = name,
        ProviderType = "clinic",
        Locations = [new Location { Visibility = Visibility.Public, City = city, StateProvince = state, PostalCode = zip }],
        Languages = language is null ? [] : [new LanguageOffered { Language = language }],
    };

    private static SearchQuery Query(string question)
    {
        var read = QuestionReader.Shipped.Read(question, "en", []);
        return new SearchQuery { Text = question, Question = read, Language = "en", Places = read.Place is { } place ? [SearchPlace.Of(place)] : [] };
    }

    private string[] Find(string question) => _directory.Find(Query(question));
}
