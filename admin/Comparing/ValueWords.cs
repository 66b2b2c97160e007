using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Admin.Comparing;

/// <summary>A value of an entry's JSON as people read it, where it is not being edited.</summary>
internal static class ValueWords
{
    /// <summary>A value: codes by their labels, a part on one line, each item of a list on one.</summary>
    /// <param name="field">The field that holds it; null for one that the form does not know.</param>
    /// <param name="value">The value; null for nothing.</param>
    /// <param name="vocabularies">The labels.</param>
    public static string Of(FormField? field, JsonNode? value, VocabularySet vocabularies) => value switch
    {
        null => "",
        JsonArray list => string.Join('\n', list.Select(item => OfItem(field, item, vocabularies))),
        _ => OfItem(field, value, vocabularies),
    };

    /// <summary>One item of a list, or a value that is no list, on one line.</summary>
    public static string OfItem(FormField? field, JsonNode? value, VocabularySet vocabularies) => value switch
    {
        null => "",
        JsonObject part => string.Join(" · ", part.Select(member => Member(field, member, vocabularies)).Where(text => text.Length > 0)),
        JsonArray list => string.Join(", ", list.Select(item => OfItem(field, item, vocabularies))),
        _ => value.GetValueKind() switch
        {
            JsonValueKind.True => "Yes",
            JsonValueKind.False => "No",
            _ => Word(field, value.ToString(), vocabularies),
        },
    };

    /// <summary>A number or a yes says nothing without its name; a text mostly does.</summary>
    private static string Member(FormField? field, KeyValuePair<string, JsonNode?> member, VocabularySet vocabularies)
    {
        var inner = (field?.Item?.Fields ?? field?.Fields)?.FirstOrDefault(f => f.Name == member.Key);
        var label = inner?.Label ?? member.Key;
        return member.Value?.GetValueKind() switch
        {
            JsonValueKind.True => label,
            JsonValueKind.False => "",
            JsonValueKind.Number => $"{label} {member.Value}",
            _ => OfItem(inner, member.Value, vocabularies),
        };
    }

    private static string Word(FormField? field, string text, VocabularySet vocabularies)
    {
        var worded = ChangeView.Worded(field, text, vocabularies) ?? text;
        return worded == text && field?.Codes.Contains(text) == true ? EntryFormView.Capital(text) : worded;
    }
}
