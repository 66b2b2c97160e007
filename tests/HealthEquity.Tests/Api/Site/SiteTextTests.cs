using System.Text.Json;
using System.Text.RegularExpressions;
using HealthEquity.Api.Site.Texts;

namespace HealthEquity.Tests.Api.Site;

/// <summary>The strings of the pages: nothing is missing, stale, too long, or has lost a placeholder.</summary>
public sealed partial class SiteTextTests
{
    private static readonly SiteTexts Texts = new();
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
