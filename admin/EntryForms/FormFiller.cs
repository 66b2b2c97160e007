using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthEquity.Admin.EntryForms;

/// <summary>Fills a form from an entry's JSON or from posted values.</summary>
internal static class FormFiller
{
    /// <summary>Creates a part from JSON; null for an empty part.</summary>
    public static FormPart FromJson(FormField field, string path, JsonNode? json)
    {
        var part = new FormPart(field, path) { Exists = json is not null };
        switch (field.Type)
        {
            case FieldType.Part:
                part.Parts.AddRange(field.Fields.Select(f => FromJson(f, FormPart.Child(path, field, f, 0), (json as JsonObject)?[f.Name])));
                break;
            case FieldType.List:
                part.Parts.AddRange((json as JsonArray ?? []).Select((item, index) => FromJson(field.Item!, $"{path}[{index}]", item)));
                break;
            case FieldType.Choices:
                part.Chosen.AddRange((json as JsonArray ?? []).Select(InputText));
                break;
            case FieldType.Lines:
                part.Text = string.Join('\n', (json as JsonArray ?? []).Select(InputText));
                break;
            case FieldType.DateTime:
                // Drop zero seconds, as browsers do.
                part.Text = json is null ? "" : InputText(json) is { Length: 19 } text && text.EndsWith(":00", StringComparison.Ordinal) ? text[..16] : InputText(json);
                break;
            default:
                part.Text = json is null ? field.Default : InputText(json);
                break;
        }

        return part;
    }

    /// <summary>Creates a part from posted values.</summary>
    /// <param name="field">The field.</param>
    /// <param name="path">The part's new path.</param>
    /// <param name="posted">The path in the posted values.</param>
    /// <param name="values">The posted values.</param>
    public static FormPart FromPosted(FormField field, string path, string posted, FormValues values)
    {
        var part = new FormPart(field, path) { PostedPath = posted };
        switch (field.Type)
        {
            case FieldType.Part:
                part.Exists = values.First(posted + ".exists").Length > 0;
                part.Parts.AddRange(field.Fields.Select(f =>
                    FromPosted(f, FormPart.Child(path, field, f, 0), FormPart.Child(posted, field, f, 0), values)));
                break;
            case FieldType.List:
                // The posted order of the numbers is the order on the page.
                var numbers = values.GetAll(posted + ".items").Where(n => EntryForm.TryItemNumber(n, out _)).Distinct();
                part.Parts.AddRange(numbers.Select((n, index) => FromPosted(field.Item!, $"{path}[{index}]", $"{posted}[{n}]", values)));
                break;
            case FieldType.Choices:
                var chosen = values.GetAll(posted).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal).ToList();
                // Keep the previous order, so that an untouched form makes no changes.
                var before = values.First(posted + FormPart.OrderSuffix).Split(' ').Where(chosen.Contains).Distinct(StringComparer.Ordinal).ToList();
                part.Chosen.AddRange(before.Concat(chosen.Except(before)));
                part.Text = values.First(posted + FormPart.TypedSuffix).ReplaceLineEndings("\n");
                break;
            default:
                // Browsers send line endings as CR LF.
                part.Text = values.First(posted).ReplaceLineEndings("\n");
                break;
        }

        return part;
    }

    /// <summary>Collects the values that a part would post.</summary>
    public static void Collect(FormPart part, FormValues values)
    {
        switch (part.Field.Type)
        {
            case FieldType.Part when part.Exists && part.Path.Length > 0:
                values.Set(part.MarkerName, FormPart.Yes);
                break;
            case FieldType.List:
                foreach (var index in Enumerable.Range(0, part.Parts.Count))
                {
                    values.Add(part.MarkerName, index.ToString(CultureInfo.InvariantCulture));
                }

                break;
            case FieldType.Choices:
                part.Chosen.ForEach(code => values.Add(part.Path, code));
                if (part.Text.Length > 0)
                {
                    values.Set(part.TypedName, part.Text);
                }

                break;
            case FieldType.Part:
            case FieldType.Flag when part.Text.Length == 0:
                break;
            default:
                values.Set(part.Path, part.Text);
                break;
        }

        part.Parts.ForEach(p => Collect(p, values));
    }

    private static string InputText(JsonNode? json) => json?.GetValueKind() switch
    {
        null or JsonValueKind.Null or JsonValueKind.False => "",
        JsonValueKind.True => FormPart.Yes,
        JsonValueKind.String => json.GetValue<string>(),
        _ => json.ToJsonString(),
    };
}
