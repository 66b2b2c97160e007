using System.Collections.Immutable;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Search.Text;
using HealthEquity.Db.Vocabularies;

namespace HealthEquity.Db.Search;

/// <summary>The labels of all terms that can be filtered on, to be completed while somebody types.</summary>
internal sealed class VocabularyLabels
{
    private readonly ImmutableArray<Label> _labels;

    /// <summary>Reads the labels.</summary>
    public VocabularyLabels(VocabularySet vocabularies)
    {
        var sources =
            from field in SearchFields.All
            from vocabulary in EntryKinds.All.Select(k => EntryText.VocabularyOf(field, k)).OfType<string>().Distinct()
            from term in vocabularies.Find(vocabulary)?.Terms ?? []
            select (field, term);
        _labels = [.. sources.Select(s => new Label(s.field, s.term))];
    }

    /// <summary>Terms with a word that begins like that, in English or the reader's language; the label in the reader's where there is one.</summary>
    public IEnumerable<(string Field, string Value, string Text)> Beginning(string folded, string language)
    {
        folded = " " + folded;
        foreach (var label in _labels)
        {
            var own = label.Folded.GetValueOrDefault(language);
            if (own?.Contains(folded, StringComparison.Ordinal) == true || label.Folded["en"].Contains(folded, StringComparison.Ordinal))
            {
                yield return (label.Field, label.Term.Code, label.Texts.GetValueOrDefault(language) ?? label.Term.Label);
            }
        }
    }

    private sealed class Label
    {
        public Label(string field, Term term)
        {
            (Field, Term) = (field, term);
            var texts = term.Labels.ToDictionary(l => Stemmers.Primary(l.Key), l => l.Value);
            texts["en"] = term.Label;
            Texts = texts.ToImmutableDictionary(StringComparer.Ordinal);
            // A blank before each word, so that a word's beginning can be looked for.
            Folded = Texts.ToImmutableDictionary(t => t.Key, t => " " + SuggestionRun.FoldWords(t.Value), StringComparer.Ordinal);
        }

        public string Field { get; }

        public Term Term { get; }

        public ImmutableDictionary<string, string> Texts { get; }

        public ImmutableDictionary<string, string> Folded { get; }
    }
}
