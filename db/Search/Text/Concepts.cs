using System.Collections.Frozen;
using HealthEquity.Directory.Text;

namespace HealthEquity.Search.Text;

/// <summary>
/// Synonyms in all languages of the directory, from the files Synonyms/{language}.txt. Both entries and queries get the concept as a term,
/// so "abogado" finds "lawyer" and "律师", and vice versa.
/// </summary>
internal sealed class Concepts
{
    /// <summary>The first character of a concept's term.</summary>
    public const char Mark = '\u0002';

    private const string Ignore = "ignore";

    private readonly FrozenDictionary<string, string[]> _byWord;
    private readonly FrozenDictionary<string, Phrase[]> _byFirst;
    private readonly FrozenSet<string> _ignored;

    private Concepts(IEnumerable<(string Language, string Concept, string Words)> lines)
    {
        var stemmers = new Stemmers();
        var words = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var phrases = new List<Phrase>();
        var ignored = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (language, concept, text) in lines.SelectMany(l => l.Words.Split(',').Select(w => (l.Language, l.Concept, w))))
        {
            var folded = Words(text);
            if (folded.Length == 0)
            {
                continue;
            }

            if (concept == Ignore)
            {
                ignored.UnionWith(folded);
            }
            else if (folded.Length > 1)
            {
                phrases.Add(new Phrase(folded, Mark + concept));
            }
            else
            {
                Add(folded[0], concept);
                if (stemmers.Term(folded[0], language) is { } stem)
                {
                    Add(stem, concept);
                }
            }
        }

        _byWord = words.ToFrozenDictionary(w => w.Key, w => w.Value.ToArray(), StringComparer.Ordinal);
        _byFirst = phrases.GroupBy(p => p.Words[0], StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(p => p.Words.Length).ToArray(), StringComparer.Ordinal);
        _ignored = ignored.ToFrozenSet(StringComparer.Ordinal);

        void Add(string word, string concept)
        {
            if (!words.TryGetValue(word, out var concepts))
            {
                words.Add(word, concepts = []);
            }

            concepts.Add(Mark + concept);
        }
    }

    /// <summary>The shipped concepts.</summary>
    public static Concepts Shipped { get; } = new(ReadShipped());

    /// <summary>All folded words that belong to a concept.</summary>
    public IEnumerable<string> AllWords => _byWord.Keys.Where(w => !w.Contains(Stemmers.Mark));

    /// <summary>The concept terms of a folded word or of a stem's term.</summary>
    public IReadOnlyList<string> Of(string wordOrStem) => _byWord.GetValueOrDefault(wordOrStem, []);

    /// <summary>The phrases that start with a folded word, longest first.</summary>
    public IReadOnlyList<Phrase> StartingWith(string word) => _byFirst.GetValueOrDefault(word, []);

    /// <summary>True for a folded stop word: "the", "necesito".</summary>
    public bool IsIgnored(string word) => _ignored.Contains(word);

    private static string[] Words(string text)
    {
        text = Folding.Compose(text.Trim());
        var tokens = new List<Token>();
        Tokenizer.Split(text, tokens);
        return [.. tokens.Where(t => t.Form != TokenForm.Joined).Select(t => Folding.Fold(text.AsSpan(t.Start, t.Length)))];
    }

    private static IEnumerable<(string Language, string Concept, string Words)> ReadShipped()
    {
        const string folder = "HealthEquity.Search.Synonyms.";
        var assembly = typeof(Concepts).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            while (reader.ReadLine() is { } line)
            {
                if (line.Length > 0 && line[0] != '#' && line.Split(':', 2) is [var concept, var words])
                {
                    yield return (name[folder.Length..^".txt".Length], concept.Trim(), words);
                }
            }
        }
    }

    /// <summary>A phrase for a concept.</summary>
    /// <param name="Words">The folded words, or pairs of characters, in order.</param>
    /// <param name="Concept">The concept's term.</param>
    internal sealed record Phrase(string[] Words, string Concept);
}
