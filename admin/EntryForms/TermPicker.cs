using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using HealthEquity.Directory.Text;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Transforms;
using HealthEquity.Search.Questions;

namespace HealthEquity.Admin.EntryForms;

/// <summary>
/// The terms of a vocabulary by what people call them: the code, the label in any language, the label of a term that was merged into it, common
/// synonyms, and the expressions that the search knows ("PTSD", "trauma therapy").
/// </summary>
public sealed class TermPicker
{
    private const int MaxSuggested = 4;
    private const int StemLength = 5;

    private static readonly ConditionalWeakTable<VocabularySet, ConcurrentDictionary<string, TermPicker?>> Known = new();

    private static readonly char[] Separators = [',', ';', '\n'];

    private readonly TermNames _names;
    private readonly Dictionary<string, string> _merged = new(StringComparer.OrdinalIgnoreCase);

    private TermPicker(Vocabulary vocabulary, VocabularySet vocabularies)
    {
        _names = new TermNames(vocabulary);
        foreach (var term in vocabulary.Terms.Where(t => t.MergedInto is not null))
        {
            var into = vocabularies.ResolveMergedCode(vocabulary.Name, term.Code);
            foreach (var name in NamesOf(term).Where(_ => vocabularies.Find(vocabulary.Name, into) is { Retired: false }))
            {
                _merged.TryAdd(name, into);
            }
        }
    }

    /// <summary>The picker of a vocabulary; null if there is no such vocabulary.</summary>
    public static TermPicker? Of(VocabularySet vocabularies, string vocabulary) => Known.GetOrCreateValue(vocabularies)
        .GetOrAdd(vocabulary, name => vocabularies.Find(name) is { } found ? new TermPicker(found, vocabularies) : null);

    /// <summary>Reads names, one per line or separated by commas or semicolons.</summary>
    /// <returns>The codes, and the texts that are no names of terms.</returns>
    public (IReadOnlyList<string> Codes, IReadOnlyList<string> Unknown) Read(string typed)
    {
        var (codes, unknown) = (new List<string>(), new List<string>());
        foreach (var line in typed.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // The name of a term may contain a comma.
            var parts = Find(line) is { Count: > 0 } ? [line] : line.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            foreach (var part in parts)
            {
                var found = Find(part);
                codes.AddRange(found);
                unknown.AddRange(found.Count == 0 ? [part] : []);
            }
        }

        return ([.. codes.Distinct(StringComparer.Ordinal)], unknown);
    }

    /// <summary>Describes what is wrong with texts that are no names of terms, with the terms that come near.</summary>
    public string Problem(IReadOnlyList<string> unknown)
    {
        var near = unknown.SelectMany(Near).Distinct(StringComparer.Ordinal).Take(MaxSuggested).ToList();
        var names = string.Join(", ", unknown.Select(u => $"“{u}”"));
        return $"{names} {(unknown.Count == 1 ? "is" : "are")} not in the list “{_names.Vocabulary.Label}”. "
            + (near.Count == 0 ? "Choose from the list." : $"Did you mean {string.Join(", ", near.SkipLast(1))}{(near.Count > 1 ? " or " : "")}{near[^1]}?");
    }

    private IReadOnlyList<string> Find(string text) =>
        _names.Find(text) is { } code ? [code] : _merged.TryGetValue(text.Trim(), out var into) ? [into] : FindExpression(text);

    /// <summary>What the search understands, if it understands the whole text and takes some of it for a term of this vocabulary.</summary>
    private IReadOnlyList<string> FindExpression(string text)
    {
        if (AxisOf(_names.Vocabulary.Name) is not { } axis)
        {
            return [];
        }

        var read = QuestionReader.Shipped.Read(text, "en", []);
        // A word that is only spelled alike is named in the message instead.
        return read.IsCorrected || read.Words.Any()
            ? []
            : [.. read.Meanings.Where(m => m.Axis == axis && _names.Vocabulary.Terms.Any(t => t.Code == m.Code && !t.Retired)).Select(m => m.Code).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The name under which the search knows a vocabulary.</summary>
    private static string? AxisOf(string vocabulary) => vocabulary switch
    {
        VocabularyNames.OrganizationFunction => "function",
        VocabularyNames.PolicyTheme => "theme",
        VocabularyNames.Specialty or VocabularyNames.PracticeArea or VocabularyNames.Population or VocabularyNames.Evaluation or VocabularyNames.Modality
            or VocabularyNames.Help or VocabularyNames.Tag or VocabularyNames.Audience or VocabularyNames.Accessibility or VocabularyNames.Cost => vocabulary,
        _ => null,
    };

    /// <summary>The labels of terms with a similar name in any language, or with a word that begins alike.</summary>
    private IEnumerable<string> Near(string text)
    {
        var terms = _names.Vocabulary.Terms.Where(t => !t.Retired).ToList();
        var nearest = NearestTerm.Find(Fold(text), terms.SelectMany(t => NamesOf(t).Select(Fold)));
        var stems = Stems(text).ToList();
        return terms.Where(t => NamesOf(t).Any(n => Fold(n) == nearest)).Concat(terms.Where(t => NamesOf(t).SelectMany(Stems).Any(stems.Contains))).Select(t => t.Label);
    }

    private static IEnumerable<string> NamesOf(Term term) => new[] { term.Code, term.Label }.Concat(term.Labels.Values);

    private static IEnumerable<string> Stems(string text) =>
        Fold(text).Split([' ', '-', '/', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length >= StemLength).Select(w => w[..StemLength]);

    private static string Fold(string text) => Folding.Fold(Folding.Compose(text));
}
