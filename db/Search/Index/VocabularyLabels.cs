using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Text;

namespace HealthEquity.Search.Index;

/// <summary>The labels of all terms that can be filtered on, for completions.</summary>
internal sealed class VocabularyLabels
{
    private readonly Lazy<Label[]> _labels;

    /// <summary>Creates the labels, when they are first asked for.</summary>
    public VocabularyLabels(VocabularySet vocabularies) => _labels = new(() =>
    [
        .. from field in SearchFields.All
           let vocabulary = field.Vocabulary
           where vocabulary is not null && !field.IsAnswer
           from term in vocabularies.Find(vocabulary)?.Terms ?? []
           where term.MergedInto is null
           select new Label(field, term, [.. vocabularies.MergedInto(vocabulary, term.Code)]),
    ]);

    /// <summary>Terms with a word that starts with the folded text, in English or the reader's language. The label is in the reader's language if available.</summary>
    /// <param name="folded">The folded text.</param>
    /// <param name="language">The reader's language, BCP-47: "es-MX" reads "es", and "zh-Hant" reads its own labels before others in Chinese.</param>
    public IEnumerable<(SearchField Field, string Value, string Text)> StartingWith(string folded, string language)
    {
        folded = " " + folded;
        foreach (var label in _labels.Value)
        {
            var own = In(language, label.Folded);
            if (own?.Contains(folded, StringComparison.Ordinal) == true || label.Folded["en"].Contains(folded, StringComparison.Ordinal))
            {
                yield return (label.Field, label.Term.Code, In(language, label.Texts) ?? label.Term.Label);
            }
        }
    }

    private static string? In(string language, Dictionary<string, string> texts) =>
        texts.GetValueOrDefault(language) ?? texts.GetValueOrDefault(Stemmers.Primary(language));

    private sealed class Label
    {
        /// <summary>The label of a term. Words of terms merged into it match as well.</summary>
        public Label(SearchField field, Term term, IReadOnlyList<Term> merged)
        {
            (Field, Term) = (field, term);
            Texts = TextsOf(term);
            // A space before each word, so that the start of a word can be searched.
            Folded = TextsOf(term).Concat(merged.SelectMany(TextsOf)).GroupBy(t => t.Key, t => " " + CompletionRun.FoldWords(t.Value))
                .ToDictionary(t => t.Key, string.Concat, StringComparer.Ordinal);
        }

        public SearchField Field { get; }

        public Term Term { get; }

        public Dictionary<string, string> Texts { get; }

        public Dictionary<string, string> Folded { get; }

        private static Dictionary<string, string> TextsOf(Term term)
        {
            var texts = new Dictionary<string, string>(term.Labels, StringComparer.Ordinal) { ["en"] = term.Label };
            foreach (var (language, text) in term.Labels.OrderBy(l => l.Key, StringComparer.Ordinal))
            {
                // Two scripts of one language are two labels: zh-Hans and zh-Hant.
                texts.TryAdd(Stemmers.Primary(language), text);
            }

            return texts;
        }
    }
}
