using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Starter;

namespace HealthEquity.Tests.Store.Starter;

/// <summary>Keeps each text that ships whole in every language: nothing that a family fills in, calls or ticks may get lost in translation.</summary>
public partial class StarterEditionTests
{
    private const char Isolate = '\u2066';

    /// <summary>Each edition with a text, beside the English one.</summary>
    private static readonly IReadOnlyList<(string Name, Edition English, Edition Other)> Pairs = [.. StarterDirectory.Read().SelectMany(PairsOf)];

    /// <summary>Somali and Persian are missing: nobody could vouch for them.</summary>
    [Theory]
    [InlineData("know-your-rights-card")]
    [InlineData("family-emergency-plan")]
    [InlineData("first-24-hours-after-an-ice-arrest")]
    public void What_families_need_first_is_in_thirteen_languages_with_its_title(string slug)
    {
        var material = (Material)StarterDirectory.Read().Single(s => s.Slug == slug).Entry;
        string[] languages = ["ar", "es", "fr", "ht", "ko", "pt", "ru", "tl", "uk", "vi", "zh-Hans", "zh-Hant"];
        Assert.Equal(languages, material.Editions.Where(e => e.Text is not null && e.Language != "en").Select(e => e.Language).Order(StringComparer.Ordinal));
        Assert.Equal(languages, material.Translations.Where(t => t is { Name: not null, Summary: not null }).Select(t => t.Language).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_edition_has_the_places_and_fields_of_the_English() => Assert.Empty(
        Pairs.Where(p => !Found(Places(), p.English).SequenceEqual(Found(Places(), p.Other))
                || !p.English.Fields.Select(f => (f.Code, f.Type, f.Required, f.Hint is null)).SequenceEqual(p.Other.Fields.Select(f => (f.Code, f.Type, f.Required, f.Hint is null))))
            .Select(p => p.Name));

    [Fact]
    public void Every_edition_has_the_phone_numbers_of_the_English() => Assert.Empty(
        Pairs.Where(p => !Found(Phones(), p.English).ToHashSet().SetEquals(Found(Phones(), p.Other))).Select(p => p.Name));

    [Fact]
    public void Every_edition_has_the_links_of_the_English() => Assert.Empty(
        Pairs.Where(p => !Found(Links(), p.English).SequenceEqual(Found(Links(), p.Other))).Select(p => p.Name));

    [Fact]
    public void Every_edition_has_the_headings_steps_and_boxes_of_the_English() => Assert.Empty(
        Pairs.Where(p => !Found(Marks(), p.English).SequenceEqual(Found(Marks(), p.Other))).Select(p => p.Name));

    /// <summary>Between Arabic letters, the groups of a number are otherwise shown from right to left.</summary>
    [Fact]
    public void Phone_numbers_keep_their_order_between_letters_that_run_from_right_to_left() => Assert.Empty(
        Pairs.Where(p => p.Other.Language is "ar" or "fa"
                && Phones().Matches(p.Other.Text!).Any(m => m.Value.Contains('-', StringComparison.Ordinal) && (m.Index == 0 || p.Other.Text![m.Index - 1] != Isolate)))
            .Select(p => p.Name));

    private static IEnumerable<(string Name, Edition English, Edition Other)> PairsOf(StarterEntry starter)
    {
        var editions = starter.Entry is Material material ? material.Editions.Where(e => e.Text is not null).ToList() : [];
        return editions.Find(e => e.Language == "en") is { } english
            ? editions.Where(e => e != english).Select(e => ($"{starter.Slug} {e.Language}", english, e))
            : [];
    }

    private static IEnumerable<string> Found(Regex what, Edition edition) => what.Matches(edition.Text!).Select(m => m.Value.TrimEnd('.'));

    [GeneratedRegex(@"\{\{[#/]?[A-Za-z0-9-]+\}\}")]
    private static partial Regex Places();

    [GeneratedRegex(@"(?<![\d-])(?:1-\d{3}-|\(\d{3}\) |\d{3}-)\d{3}-\d{4}(?!\d)|(?<!\d)(?:988|911|741741)(?!\d)")]
    private static partial Regex Phones();

    [GeneratedRegex(@"https?://[^\s)*]+")]
    private static partial Regex Links();

    [GeneratedRegex(@"^#+ |^\d+\. |^- |☐|_{3,}", RegexOptions.Multiline)]
    private static partial Regex Marks();
}
