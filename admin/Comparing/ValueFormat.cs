using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Admin.Comparing;

/// <summary>Formats a JSON value of an entry for display.</summary>
internal static class ValueFormat
{
    /// <summary>Formats a value: labels for codes, one line for a part, and one line per list item.</summary>
    /// <param name="field">The field; null if the form does not have it.</param>
    /// <param name="value">The value; null for none.</param>
    /// <param name="vocabularies">The vocabularies for the labels.</param>
    public static string Of(FormField? field, JsonNode? value, VocabularySet vocabularies) => value switch
    {
        null => "",
        JsonArray list => string.Join('\n', list.Select(item => OfItem(field, item, vocabularies))),
        _ => OfItem(field, value, vocabularies),
    };

    /// <summary>Formats a list item or a single value on one line.</summary>
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

    /// <summary>Formats a member of a part. Numbers and flags include the label; text does not need it.</summary>
    private static string Member(FormField? field, KeyValuePair<string, JsonNode?> member, VocabularySet vocabularies)
    {
        var inner = (field?.Item?.Fields ?? field?.Fields)?.FirstOrDefault(f => f.Name == member.Key);
        var label = inner?.Label ?? member.Key;
        return member.Value?.GetValueKind() switch
        {
            JsonValueKind.True => label,
            JsonValueKind.False => "",
            JsonValueKind.Number => $"{label} {member.Value}",
            JsonValueKind.String when member.Key == "extension" => $"ext. {member.Value}",
            _ => OfItem(inner, member.Value, vocabularies),
        };
    }

    private static string Word(FormField? field, string text, VocabularySet vocabularies)
    {
        var display = ChangeView.Format(field, text, vocabularies) ?? text;
        return display == text && field?.Codes.Contains(text) == true ? EntryFormView.Capital(text) : display;
    }
}
