using HealthEquity.Api.Languages;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Api.Vocabularies;

/// <summary>Finds labels of terms in the reader's language.</summary>
public static class TermLabels
{
    private const string Own = "en";

    /// <summary>The label and its language.</summary>
    public static (string Label, string Language) Of(Term term, LanguageChoice choice)
    {
        if (choice.First is null)
        {
            return (term.Label, Own);
        }

        var best = term.Labels.Keys.Append(Own).MinBy(choice.Rank) ?? Own;
        return choice.Rank(best) == int.MaxValue || best == Own || !term.Labels.TryGetValue(best, out var label)
            ? (term.Label, Own)
            : (label, best);
    }
}
