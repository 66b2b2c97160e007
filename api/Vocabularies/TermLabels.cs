using HealthEquity.Api.Languages;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Api.Vocabularies;

/// <summary>Labels of terms in the reader's language.</summary>
public static class TermLabels
{
    private const string Own = "en";

    /// <summary>The label, and the language that it is in.</summary>
    public static (string Label, string Language) Of(Term term, LanguageChoice choice)
    {
        var best = term.Labels.Keys.Append(Own).MinBy(choice.Rank) ?? Own;
        return choice.Rank(best) == int.MaxValue || best == Own || !term.Labels.TryGetValue(best, out var label)
            ? (term.Label, Own)
            : (label, best);
    }
}
