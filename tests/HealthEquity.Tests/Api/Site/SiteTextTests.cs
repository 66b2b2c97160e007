using System.Text.Json;
using System.Text.RegularExpressions;
using HealthEquity.Api.Site.Cards;
using HealthEquity.Api.Site.Reports;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Tests.Api.Site;

/// <summary>The strings of the pages: nothing is missing, stale, too long, or has lost a placeholder.</summary>
public sealed partial class SiteTextTests
{
    private static readonly SiteTexts Texts = new();
    private static readonly string[] Languages = ["ht", "quc", "mam"];
    private static readonly SiteText English = Texts.Find("en")!;

    public static TheoryData<string> Translated => [.. SiteTexts.Languages.Where(l => l != "en")];

    [Theory]
    [MemberData(nameof(Translated))]
    public void A_language_has_every_string_of_today(string language)
    {
        var text = Texts.Find(language);
        Assert.NotNull(text);
        Assert.Empty(English.Strings.Keys.Except(text.Strings.Keys));
        Assert.Empty(text.Strings.Keys.Except(English.Strings.Keys));
        foreach (var (key, original) in English.Strings)
        {
            Assert.True(JsonElement.DeepEquals(original.Text, text.Strings[key].English!.Value), $"{language}/{key}: the English text has changed since it was translated.");
        }
    }

    [Theory]
    [MemberData(nameof(Translated))]
    public void No_placeholder_is_lost_and_plurals_have_the_forms_of_the_language(string language)
    {
        var text = Texts.Find(language)!;
        foreach (var (key, original) in English.Strings)
        {
            var wanted = Placeholders(original.Text);
            var translated = text.Strings[key].Text;
            if (original.Text.ValueKind == JsonValueKind.Object)
            {
                Assert.Equal(PluralRules.FormsOf(language).Order(), translated.EnumerateObject().Select(p => p.Name).Order());
            }
            else
            {
                Assert.Equal(wanted, Placeholders(translated));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Translated))]
    public void No_string_is_too_long_for_its_place(string language)
    {
        // A fifth more than English has room for: letters differ in width, and pages are looked at in a browser besides.
        var text = Texts.Find(language)!;
        var long_ = text.Strings.Where(s => Forms(s.Value.Text).Any(f => f.Length > English.Strings[s.Key].Max * 1.2)).Select(s => s.Key);
        Assert.Empty(long_);
    }

    [Fact]
    public void Every_string_is_shown_somewhere()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HealthEquity.sln")))
        {
            folder = folder.Parent!;
        }

        var pages = string.Concat(System.IO.Directory.EnumerateFiles(Path.Combine(folder.FullName, "api"), "*.cs*", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText));
        var composed = ReportAnswers.Parts.Select(p => $"report.{p.Code}").Concat(EntryKinds.All.Select(k => $"feed.{k.Code()}")).Concat(["card.accepting", "card.waitlist", "card.full", "policy.first", "policy.second"]);
        // Sheets to print and letters to fill in have their own pages, and their own tests of them.
        var own = English.Strings.Keys.Except(composed).Where(key => !key.StartsWith("print.", StringComparison.Ordinal) && !key.StartsWith("fill.", StringComparison.Ordinal));
        Assert.DoesNotContain(own, key => !pages.Contains($"\"{key}\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", "English, Spanish and Vietnamese", "English", "Spanish", "Vietnamese")]
    [InlineData("es", "español e inglés", "español", "inglés")]
    [InlineData("es", "agua y hielo", "agua", "hielo")]
    [InlineData("es", "padre e hijo", "padre", "hijo")]
    [InlineData("es", "árabe, inglés y francés", "árabe", "inglés", "francés")]
    [InlineData("zh-Hans", "中文、英文和法文", "中文", "英文", "法文")]
    [InlineData("ar", "\u2068English\u2069 و\u2068العربية\u2069", "English", "العربية")]
    public void Words_are_joined_as_the_language_joins_them(string language, string list, params string[] words) => Assert.Equal(list, Texts.Find(language)!.List(words));

    [Theory]
    [InlineData("en", "Haitian Creole", "K'iche'", "Mam")]
    [InlineData("es", "Criollo haitiano", "Quiché", "Mam")]
    [InlineData("zh-Hans", "海地克里奥尔语", "基切语", "Mam")]
    [InlineData("ar", "الكريولية الهايتية", "الكيشية", "Mam")]
    [InlineData("ru", "Гаитянский", "Киче", "Mam")]
    [InlineData("ht", "Kreyòl ayisyen", "K'iche'", "Mam")]
    public void Languages_have_their_name_in_the_readers_language_and_never_a_code(string language, params string[] names) =>
        Assert.Equal(names, Languages.Select(tag => SiteWords.Language(tag, Texts.Find(language)!)));

    [Theory]
    [InlineData("en", "Call (305) 555-0142")]
    [InlineData("ar", "الاتصال بالرقم \u2068(305) 555-0142\u2069")]
    public void A_number_keeps_its_direction(string language, string words) => Assert.Equal(words, Texts.Find(language)!.Fill("card.call", ("number", "(305) 555-0142")));

    [Theory]
    [InlineData("en", "Nov 28, 2026", "5:30 PM")]
    [InlineData("es", "28 nov 2026", "5:30 PM")]
    [InlineData("zh-Hans", "2026年11月28日", "下午5:30")]
    [InlineData("ko", "2026년 11월 28일", "오후 5:30")]
    [InlineData("pt", "28 de nov. de 2026", "17:30")]
    [InlineData("ru", "28 нояб. 2026 г.", "17:30")]
    [InlineData("ar", "28 نوفمبر 2026", "17:30")]
    [InlineData("fa", "28 نوامبر 2026", "17:30")]
    public void Days_and_times_are_written_as_in_the_language_by_the_calendar_of_the_country(string language, string day, string time)
    {
        var text = Texts.Find(language)!;
        Assert.Equal((day, time), (text.Day(new(2026, 11, 28)), text.Time(new(17, 30))));
    }

    [Fact]
    public void Only_what_nobody_reviewed_has_the_English_with_it()
    {
        Assert.Null(English.EnglishOf("site.emergency"));
        Assert.Equal("If someone is in danger right now, call 911.", Texts.Find("ht")!.EnglishOf("site.emergency"));
    }

    [Theory]
    [InlineData("fr", 1.5, "one")]
    [InlineData("pt", 1.9, "one")]
    [InlineData("pt", 2.1, "other")]
    [InlineData("fa", 0.5, "one")]
    [InlineData("fa", 1.2, "other")]
    [InlineData("tl", 0.4, "other")]
    [InlineData("tl", 7.6, "other")]
    [InlineData("tl", 7.5, "one")]
    [InlineData("ru", 1.5, "other")]
    [InlineData("ar", 2.5, "other")]
    [InlineData("en", 1.5, "other")]
    public void Numbers_with_a_fraction_take_the_form_of_the_language(string language, double number, string form) => Assert.Equal(form, PluralRules.FormOf(language, number));

    [Theory]
    [InlineData("ru", 1, "one")]
    [InlineData("ru", 3, "few")]
    [InlineData("ru", 12, "many")]
    [InlineData("ru", 21, "one")]
    [InlineData("ar", 0, "zero")]
    [InlineData("ar", 2, "two")]
    [InlineData("ar", 7, "few")]
    [InlineData("ar", 40, "many")]
    [InlineData("ar", 100, "other")]
    [InlineData("fr", 0, "one")]
    [InlineData("tl", 4, "other")]
    [InlineData("zh-Hans", 1, "other")]
    [InlineData("en", 1, "one")]
    public void Numbers_take_the_form_of_the_language(string language, int number, string form) => Assert.Equal(form, PluralRules.FormOf(language, number));

    private static List<string> Placeholders(JsonElement text) => [.. Forms(text).SelectMany(f => Placeholder().Matches(f).Select(m => m.Value)).Distinct().Order()];

    private static IEnumerable<string> Forms(JsonElement text) =>
        text.ValueKind == JsonValueKind.Object ? text.EnumerateObject().Select(p => p.Value.GetString()!) : [text.GetString()!];

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
