using HealthEquity.Directory.Entries;
using HealthEquity.Search.Index;

namespace HealthEquity.Tests.Search.Index;

/// <summary>What people type, and what they should find.</summary>
public sealed class WordsTests
{
    private readonly TestDirectory _directory = TestDirectory.Of(
        new Provider
        {
            Name = "Marisol Peña",
            ProviderType = "psychologist",
            Summary = "Psychologist for children after a deportation.",
            Specialties = ["depression"],
            Phones = [new Phone { Number = "+13055550142" }],
            Locations = [new Location { Visibility = Visibility.Public, City = "Miami", StateProvince = "FL", County = "Miami-Dade County", PostalCode = "33130" }],
            Languages = [new LanguageOffered { Language = "ht" }],
        },
        new Attorney { Name = "O'Brien & Partners", AttorneyType = "attorney", Summary = "Bond hearings and appeals.", PracticeAreas = ["asylum"] },
        new Organization
        {
            Name = "Casa Esperanza",
            Summary = "A shelter for families.",
            Translations =
            [
                Texts("ar", "نقدّم الدَّعْمَ النَّفْسِيَّ للأطفال واللاجئين"),
                Texts("zh-Hans", "为移民家庭提供心理辅导和住房"),
                Texts("ko", "이민자 가족을 위한 상담과 쉼터를 제공합니다"),
                Texts("ru", "Психологическая помощь беженцам и их детям"),
                Texts("vi", "Hỗ trợ người tị nạn tìm nhà ở"),
                Texts("pt", "Abrigo e aconselhamento para imigrantes"),
            ],
        });

    [Theory]
    [InlineData("terapeuta", "es")]
    [InlineData("terapista", null)]
    [InlineData("psicólogas", "es")]
    [InlineData("psicologas", "es")]
    [InlineData("психолог", "ru")]
    [InlineData("心理医生", "zh-Hans")]
    [InlineData("我需要心理医生", "zh-Hans")]
    [InlineData("상담사를", "ko")]
    [InlineData("معالج نفسي", "ar")]
    [InlineData("sikològ", "ht")]
    [InlineData("nhà trị liệu", "vi")]
    [InlineData("nha tri lieu", "vi")]
    [InlineData("counsellor", "en")]
    [InlineData("therapists", null)]
    public void A_therapist_is_found_by_synonyms(string text, string? language) =>
        Assert.Contains("Marisol Peña", _directory.Find(text, language));

    [Theory]
    [InlineData("abogado", "es")]
    [InlineData("ABOGADAS", null)]
    [InlineData("avocat", "fr")]
    [InlineData("avoka", "ht")]
    [InlineData("luật sư", "vi")]
    [InlineData("luat su", null)]
    [InlineData("محامٍ", "ar")]
    [InlineData("律师", "zh-Hans")]
    [InlineData("律師", "zh-Hant")]
    [InlineData("변호사", "ko")]
    [InlineData("변호사가", "ko")]
    [InlineData("адвоката", "ru")]
    [InlineData("lawyer", "en")]
    [InlineData("necesito un abogado de asilo", "es")]
    [InlineData("I need a lawyer for asylum", "en")]
    public void An_attorney_is_found_in_every_language(string text, string? language) =>
        Assert.Contains("O'Brien & Partners", _directory.Find(text, language));

    [Theory]
    [InlineData("pena")]
    [InlineData("PEÑA")]
    [InlineData("Pen")]
    [InlineData("marisol pe")]
    [InlineData("miami")]
    [InlineData("Florida")]
    [InlineData("psychologist FL")]
    [InlineData("depresión")]
    [InlineData("kreyòl")]
    [InlineData("criollo haitiano")]
    [InlineData("305-555-0142")]
    [InlineData("(305) 555 0142")]
    [InlineData("+1 305 555 0142")]
    [InlineData("555-0142")]
    [InlineData("3055550142")]
    [InlineData("33130")]
    [InlineData("psychologist 33130-1234")]
    public void A_provider_is_found_by_name_place_language_and_number(string text) => Assert.Equal(["Marisol Peña"], _directory.Find(text));

    [Theory]
    [InlineData("الدعم")] // written with vowel marks in the entry
    [InlineData("دعم")]
    [InlineData("لِلأطفال")]
    [InlineData("移民")]
    [InlineData("辅导")]
    [InlineData("가족")]
    [InlineData("беженцев")]
    [InlineData("помощью")]
    [InlineData("imigrante")]
    [InlineData("familia")]
    [InlineData("shelters")]
    public void A_translation_is_found_by_its_words_and_their_stems(string text) => Assert.Contains("Casa Esperanza", _directory.Find(text));

    [Theory]
    [InlineData("psycologist", "Marisol Peña")]
    [InlineData("psicologst", "Marisol Peña")]
    [InlineData("Esperensa", "Casa Esperanza")]
    [InlineData("Mairsol", "Marisol Peña")]
    public void A_typo_is_tolerated_and_reported_as_fuzzy(string text, string name)
    {
        var result = _directory.Current.Search(new SearchQuery { Text = text });

        Assert.Contains(name, result.Hits.Select(h => h.Entry.Name));
        Assert.True(result.Fuzzy);
    }

    [Fact]
    public void A_correct_spelling_is_not_fuzzy()
    {
        var result = _directory.Current.Search(new SearchQuery { Text = "Esperanza" });

        Assert.Equal(1, result.Total);
        Assert.False(result.Fuzzy);
    }

    [Theory]
    [InlineData("obrien")]
    [InlineData("o'brien")]
    [InlineData("O’Brien")]
    [InlineData("brien")]
    public void An_apostrophe_is_optional(string text) => Assert.Equal(["O'Brien & Partners"], _directory.Find(text));

    [Fact]
    public void What_follows_an_apostrophe_is_no_initial() =>
        Assert.Empty(TestDirectory.Of(new Organization { Name = "William S. Middleton House", OrganizationType = "shelter" }).Find("dad's"));

    [Fact]
    public void All_words_are_required() => Assert.Empty(_directory.Find("shelter Miami"));

    [Fact]
    public void A_few_of_many_words_may_be_missing() =>
        Assert.Equal(["Marisol Peña"], _directory.Find("psychologist children deportation depression Miami tomorrow"));

    [Fact]
    public void A_name_counts_for_more_than_a_mention()
    {
        var directory = TestDirectory.Of(
            new Organization { Name = "Harbor House", Description = "Once shared an office with Lighthouse." },
            new Organization { Name = "Lighthouse" });

        Assert.Equal(["Lighthouse", "Harbor House"], directory.Find("lighthouse"));
    }

    [Fact]
    public void A_query_of_stop_words_or_symbols_is_answered() =>
        Assert.All(["", "  ", "the", "!?", "-", "(", "\"", "a*", "\u0000", "👋"], text => Assert.True(_directory.Current.Search(new SearchQuery { Text = text }).Total >= 0));

    [Fact]
    public void An_unknown_phone_number_finds_nothing() => Assert.Empty(_directory.Find("305-555-0199"));

    private static Translation Texts(string language, string summary) => new() { Language = language, Summary = summary, Provenance = "human" };
}
