using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Glossary;
using HealthEquity.Store.Starter;

namespace HealthEquity.Tests.Store.Starter;

/// <summary>Keeps the Spanish of what ships complete, and true to the English.</summary>
public partial class StarterSpanishTests
{
    private static readonly IReadOnlyList<StarterEntry> Facts = [.. StarterDirectory.Read().Where(s => !s.Entry.Tags.Contains("sample"))];

    private static readonly TranslationGlossary Glossary = TranslationGlossary.For("es")!;

    /// <summary>Each English text that has a Spanish one.</summary>
    private static readonly IReadOnlyList<(string Slug, string Path, string English, string Spanish)> Pairs = [.. Facts.SelectMany(PairsOf)];

    [Fact]
    public void Every_text_of_every_entry_is_in_Spanish()
    {
        var missing = Facts.SelectMany(s => TextsOf(s.Entry).ExceptBy(SpanishOf(s.Entry).Select(t => t.Path), t => t.Path).Select(t => $"{s.Slug}: {t.Path}"));
        Assert.Empty(missing);
    }

    /// <summary>A name of an organization is its owner's; the name of an action, a material or an event is a title.</summary>
    [Fact]
    public void Actions_materials_and_events_have_a_Spanish_title_and_organizations_keep_their_name()
    {
        Assert.Empty(Facts.Where(s => s.Entry is PolicyAction or Material or Event && Spanish(s.Entry)?.Name is null).Select(s => s.Slug));
        Assert.Empty(Facts.Where(s => s.Entry is Organization && Spanish(s.Entry) is { Provenance: "machine", Name: not null }).Select(s => s.Slug));
    }

    [Fact]
    public void Materials_with_a_text_have_it_in_Spanish() => Assert.Empty(
        Facts.Where(s => s.Entry is Material m && m.Editions.Any(e => e.Text is not null) && !m.Editions.Any(e => e is { Language: "es", Text: not null }))
            .Select(s => s.Slug));

    [Fact]
    public void Spanish_names_the_same_numbers_as_the_English() => Assert.Empty(
        Pairs.Where(p => !NumbersIn(p.English).SetEquals(NumbersIn(p.Spanish)))
            .Select(p => $"{p.Slug} {p.Path}: {string.Join(' ', NumbersIn(p.English).Order())} | {string.Join(' ', NumbersIn(p.Spanish).Order())}"));

    [Fact]
    public void Spanish_uses_the_terms_of_the_glossary() => Assert.Empty(
        Pairs.SelectMany(p => Glossary.Missing(p.English, p.Spanish).Select(t => $"{p.Slug} {p.Path}: {t.Term} is {t.Translation}")));

    /// <summary>The one text that quotes such a word says not to use it.</summary>
    [Fact]
    public void Spanish_avoids_the_words_that_hurt_or_mislead() => Assert.Equal(
        ["change-the-narrative description: ilegales"],
        Pairs.SelectMany(p => Glossary.Avoided(p.Spanish).Select(word => $"{p.Slug} {p.Path}: {word}")));

    /// <summary>A text that points to another entry names it as its readers see it.</summary>
    [Fact]
    public void Spanish_refers_to_entries_by_their_Spanish_names()
    {
        var english = Facts.Where(s => Spanish(s.Entry)?.Name is not null).Select(s => s.Entry.Name).ToHashSet();
        Assert.Empty(Pairs.SelectMany(p => Quoted().Matches(p.Spanish).Where(m => english.Contains(m.Groups[1].Value)).Select(m => $"{p.Slug} {p.Path}: {m.Value}")));
    }

    [Fact]
    public void Texts_that_nobody_read_again_say_so()
    {
        var provenance = Facts.SelectMany(s => s.Entry.Translations).Where(t => t.Language == "es").Select(t => t.Provenance).Distinct();
        Assert.Equal(["machine"], provenance);
    }

    private static IEnumerable<(string Slug, string Path, string English, string Spanish)> PairsOf(StarterEntry starter)
    {
        var spanish = SpanishOf(starter.Entry).ToDictionary(t => t.Path, t => t.Text);
        return TextsOf(starter.Entry).Where(t => spanish.ContainsKey(t.Path)).Select(t => (starter.Slug, t.Path, t.Text, spanish[t.Path]));
    }

    private static IEnumerable<(string Path, string Text)> TextsOf(Entry entry) =>
        EntryTexts.Of(entry).Concat(Present(("summary", entry.Summary), ("description", entry.Description)));

    private static IEnumerable<(string Path, string Text)> SpanishOf(Entry entry) => Spanish(entry) is { } spanish
        ? spanish.Texts.Select(t => (t.Path, t.Text)).Concat(Present(("summary", spanish.Summary), ("description", spanish.Description)))
        : [];

    private static IEnumerable<(string Path, string Text)> Present(params (string Path, string? Text)[] texts) =>
        texts.Where(t => t.Text is not null).Select(t => (t.Path, t.Text!));

    private static Translation? Spanish(Entry entry) => entry.Translations.SingleOrDefault(t => t.Language == "es");

    /// <summary>Numbers without the comma of thousands; those of web addresses do not count.</summary>
    private static HashSet<string> NumbersIn(string text) =>
        [.. Numbers().Matches(Thousands().Replace(Addresses().Replace(text, ""), "$1$2")).Select(m => m.Value)];

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Addresses();

    [GeneratedRegex(@"(\d),(\d{3})")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Numbers();

    [GeneratedRegex("«([^»]+)»")]
    private static partial Regex Quoted();
}
