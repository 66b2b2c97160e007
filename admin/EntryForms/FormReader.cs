using System.Globalization;
using System.Text.Json.Nodes;

namespace HealthEquity.Admin.EntryForms;

/// <summary>Reads a form as JSON and adds errors to unreadable fields.</summary>
internal static class FormReader
{
    private static readonly string[] DateTimes = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "M/d/yyyy h:mm tt", "M/d/yyyy H:mm", "MMM d, yyyy, h:mm tt", "MMM d, yyyy h:mm tt"];

    private static readonly string[] Times = ["HH:mm", "H:mm", "HH:mm:ss", "h:mm tt", "h tt", "h:mmtt", "htt"];

    private static readonly string[] Dates = ["yyyy-MM-dd", "M/d/yyyy", "M/d/yy", "MMM d, yyyy", "MMMM d, yyyy", "MMM d yyyy", "MMMM d yyyy"];

    /// <summary>Converts a part to JSON; null if it is empty.</summary>
    public static JsonNode? ToJson(FormPart part) => part.Field.Type switch
    {
        FieldType.Part => Part(part),
        FieldType.List => new JsonArray([.. part.Parts.Select(ToJson)]),
        FieldType.Choices => Chosen(part),
        FieldType.Lines => new JsonArray([.. part.Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(l => (JsonNode)l)]),
        FieldType.Flag => part.Text == FormPart.Yes,
        _ => Scalar(part),
    };

    private static JsonArray Chosen(FormPart part)
    {
        if (!string.IsNullOrWhiteSpace(part.Text))
        {
            part.Errors.Add(part.UnknownTerms ?? $"“{part.Text.Trim()}” is not in the list. Choose from the list.");
        }

        return new JsonArray([.. part.Chosen.Select(c => (JsonNode)c)]);
    }

    private static JsonObject? Part(FormPart part)
    {
        var isRoot = part.Path.Length == 0;
        // An existing part that is emptied stays, unless it has required fields.
        if (!isRoot && part.IsBlank && !(part.Exists && part.Field.Fields.All(f => !f.Required)))
        {
            // A required part reports its own missing fields.
            if (!part.Field.Required)
            {
                return null;
            }
        }

        var json = new JsonObject();
        foreach (var child in part.Parts)
        {
            if (ToJson(child) is { } value)
            {
                json[child.Field.Name] = value;
            }
        }

        return json;
    }

    private static JsonNode? Scalar(FormPart part)
    {
        var text = part.Text;
        if (string.IsNullOrWhiteSpace(text))
        {
            if (!part.Field.Required)
            {
                return null;
            }

            part.Errors.Add(part.Field.Type == FieldType.Choice ? "Choose an option." : "This field is required.");
            return Placeholder(part);
        }

        if (Parse(part.Field, text) is { } value)
        {
            return value;
        }

        part.Errors.Add(FormatError(part.Field));
        return part.Field.Required ? Placeholder(part) : null;
    }

    private static JsonNode? Parse(FormField field, string text)
    {
        var trimmed = text.Trim();
        var culture = CultureInfo.InvariantCulture;
        return field.Type switch
        {
            FieldType.Text => text,
            FieldType.Line => trimmed,
            FieldType.Choice => field.Codes.Count == 0 || field.Codes.Contains(trimmed) ? trimmed : null,
            FieldType.Date => DateOnly.TryParseExact(trimmed, Dates, culture, DateTimeStyles.None, out var day) ? day.ToString("yyyy-MM-dd", culture) : null,
            FieldType.Time => TimeOnly.TryParseExact(trimmed, Times, culture, DateTimeStyles.None, out var time) ? time.ToString("HH:mm", culture) : null,
            FieldType.DateTime => DateTime.TryParseExact(trimmed, DateTimes, culture, DateTimeStyles.None, out var at) ? at.ToString("yyyy-MM-dd'T'HH:mm:ss", culture) : null,
            FieldType.Integer => int.TryParse(trimmed, NumberStyles.Integer | NumberStyles.AllowThousands, culture, out var whole) ? whole : null,
            FieldType.Number => decimal.TryParse(trimmed, NumberStyles.Float | NumberStyles.AllowThousands, culture, out var number) ? number : null,
            FieldType.Id => Guid.TryParse(trimmed, out var id) ? id.ToString("D") : null,
            _ => throw new ArgumentOutOfRangeException(nameof(field), field.Type, "Not a single-value field."),
        };
    }

    private static string FormatError(FormField field) => field.Type switch
    {
        FieldType.Date => "Enter a date, such as Mar 31, 2026 or 3/31/2026.",
        FieldType.Time => "Enter a time, such as 8:30 AM or 16:15.",
        FieldType.DateTime => "Enter a date and time, such as 3/31/2026 6:30 PM.",
        FieldType.Integer => "Enter a whole number.",
        FieldType.Number => "Enter a number.",
        FieldType.Id => "Enter an entry id. You can find it on the entry's page.",
        _ => "Choose an option from the list.",
    };

    /// <summary>Returns a valid value for a missing required field, so that the rest of the entry can be validated.</summary>
    private static JsonNode? Placeholder(FormPart part) => part.Field.Type switch
    {
        FieldType.Date => "2000-01-01",
        FieldType.Time => "00:00",
        FieldType.DateTime => "2000-01-01T00:00:00",
        FieldType.Integer or FieldType.Number => 0,
        FieldType.Choice when part.Field.Codes.Count > 0 => part.Field.Codes[0],
        _ => "",
    };
}
