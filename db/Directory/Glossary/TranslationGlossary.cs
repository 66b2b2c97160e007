using System.Globalization;
using System.Text.Json;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Glossary;

/// <summary>How legal and care terms are said in another language.</summary>
public sealed record TranslationGlossary
{
    private static readonly Lazy<IReadOnlyDictionary<string, TranslationGlossary>> Read = new(() =>
    {
        var assembly = typeof(TranslationGlossary).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith($"{typeof(TranslationGlossary).Namespace}.", StringComparison.Ordinal))
            .Select(name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                return JsonSerializer.Deserialize<TranslationGlossary>(stream, JsonSerializerOptions.Web)!;
            })
            .ToDictionary(g => g.Language, StringComparer.OrdinalIgnoreCase);
    });

    /// <summary>Its date.</summary>
    public required DateOnly Version { get; init; }

    /// <summary>The language of the translations, a BCP-47 tag.</summary>
    public required string Language { get; init; }

    /// <summary>The terms, in alphabetical order.</summary>
    public required IReadOnlyList<GlossaryTerm> Terms { get; init; }

    /// <summary>The glossary of a language as shipped; null if there is none.</summary>
    public static TranslationGlossary? For(string language) => Read.Value.GetValueOrDefault(language);

    /// <summary>The terms that an English text uses, in alphabetical order.</summary>
    public IEnumerable<GlossaryTerm> In(string text) => Terms.Where(t => t.Forms.Prepend(t.Term).Any(form => Holds(text, form)));

    /// <summary>The terms of an English text that its translation says in none of the accepted ways.</summary>
    public IEnumerable<GlossaryTerm> Missing(string text, string translation) =>
        In(text).Where(t => !Says(translation, t));

    /// <summary>The words of a translation that the glossary advises against.</summary>
    public IEnumerable<string> Avoided(string translation) => Terms.SelectMany(t => t.Avoid).Where(word => Holds(translation, word));

    /// <summary>Where an English text uses terms, in reading order. Of terms that overlap, only the longest is named.</summary>
    public IReadOnlyList<GlossaryUse> UsesIn(string text)
    {
        var found = Terms.SelectMany(term => term.Forms.Prepend(term.Term)
            .SelectMany(form => PlacesOf(text, form).Select(start => new GlossaryUse(start, form.Length, term))));
        var uses = new List<GlossaryUse>();
        foreach (var use in found.OrderByDescending(u => u.Length).ThenBy(u => u.Start))
        {
            if (uses.TrueForAll(u => use.Start + use.Length <= u.Start || u.Start + u.Length <= use.Start))
            {
                uses.Add(use);
            }
        }

        return [.. uses.OrderBy(u => u.Start)];
    }

    /// <summary>True if a text says a term in one of the accepted ways.</summary>
    public static bool Says(string translation, GlossaryTerm term) => term.AlsoAccepted.Prepend(term.Translation).Any(form => Holds(translation, form));

    private static bool Holds(string text, string words) => PlacesOf(text, words).Any();

    /// <summary>Where the text holds the words as whole words, in upper or lower case.</summary>
    private static IEnumerable<int> PlacesOf(string text, string words)
    {
        for (var at = Next(0); at >= 0; at = Next(at + 1))
        {
            if ((at == 0 || !IsLetter(text[at - 1])) && (at + words.Length == text.Length || !IsLetter(text[at + words.Length])))
            {
                yield return at;
            }
        }

        int Next(int from) => from >= text.Length ? -1 : text.IndexOf(words, from, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a character belongs to a word: a letter, digit, accent or underscore.</summary>
    private static bool IsLetter(char c) =>
        char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.ConnectorPunctuation;
}

/// <summary>A place in a text that uses a term.</summary>
/// <param name="Start">The first character.</param>
/// <param name="Length">The number of characters.</param>
/// <param name="Term">The term.</param>
public readonly record struct GlossaryUse(int Start, int Length, GlossaryTerm Term);

/// <summary>One term and its translation.</summary>
public sealed record GlossaryTerm
{
    /// <summary>The English term.</summary>
    public required string Term { get; init; }

    /// <summary>Other English words for it, plurals included.</summary>
    public IReadOnlyList<string> Forms { get; init; } = [];

    /// <summary>How to say it.</summary>
    public required string Translation { get; init; }

    /// <summary>What may be said in its place: plurals, and words that fit some sentences better.</summary>
    public IReadOnlyList<string> AlsoAccepted { get; init; } = [];

    /// <summary>What not to say.</summary>
    public IReadOnlyList<string> Avoid { get; init; } = [];

    /// <summary>law, care or agency.</summary>
    public required string Field { get; init; }

    /// <summary>What a translator must know about it.</summary>
    public string? Note { get; init; }

    /// <summary>A page of an official or public body that says it so; null for the directory's own choice.</summary>
    public Source? Source { get; init; }
}
