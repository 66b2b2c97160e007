using HealthEquity.Search.Questions;

namespace HealthEquity.Search.Index;

/// <summary>The fields that meanings are values of.</summary>
public static class MeaningFields
{
    /// <summary>The codes of all situations: "detained", "iceAtDoor"…</summary>
    public static IReadOnlyList<string> Situations => MeaningTerms.Situations;

    /// <summary>The field that a meaning filters on, and the value; null for a situation, which stands for several.</summary>
    public static SearchField? Of(Meaning meaning, out string value)
    {
        value = meaning.Code.Length == 0 ? "true" : MeaningTerms.ValueOf(meaning);
        return MeaningTerms.FieldOf(meaning);
    }
}
