using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Forms;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>Creates the items of a preview from a public document.</summary>
/// <param name="vocabularies">The vocabularies.</param>
/// <param name="language">The language of the vocabularies' labels.</param>
/// <param name="marks">What is wrong with the translation of a text, by path.</param>
internal sealed class PreviewItems(VocabularySet vocabularies, string language, IReadOnlyDictionary<string, string> marks)
{
    private static readonly string[] MarkdownFields = ["description", "text", "steps", "intakePolicy", "finding", "departures"];

    /// <summary>The items of a document or of a part of it.</summary>
    /// <param name="json">The document or part.</param>
    /// <param name="fields">Its fields, in order.</param>
    /// <param name="path">Its path; empty for the document.</param>
    public List<PreviewItem> Collect(JsonObject json, IEnumerable<FormField> fields, string path)
    {
        var items = new List<PreviewItem>();
        foreach (var field in fields.Where(f => json[f.Name] is not null))
        {
            var item = Item(field, field.Label, json[field.Name]!, path.Length == 0 ? field.Name : $"{path}.{field.Name}");
            if (item.Text is not null || item.Items.Count > 0)
            {
                items.Add(item);
            }
        }

        return items;
    }

    private PreviewItem Item(FormField field, string label, JsonNode value, string path) => value switch
    {
        // Show an opening time on one line.
        JsonObject part when part["day"] is { } day && part["opens"] is { } opens && part["closes"] is { } closes =>
            new PreviewItem(EntryFormView.Capital(day.ToString()), $"{Time(opens)}–{Time(closes)}", false, []),
        JsonObject part => new PreviewItem(label, null, false, Collect(part, field.Fields, path)),
        JsonArray list when field.Type == FieldType.List => new PreviewItem(label, null, false,
            [.. list.Select((item, n) => Item(field.Item! with { Name = field.Name }, $"{EntryFormView.Capital(field.ItemLabel)} {n + 1}", item!, $"{path}[{PlaceOf(item!, n, path)}]"))]),
        JsonArray list => new PreviewItem(label, list.Count == 0 ? null : string.Join(", ", list.Select(i => Word(field, i!))), false, [])
        {
            Mark = Enumerable.Range(0, list.Count).Select(n => marks.GetValueOrDefault($"{path}[{n}]")).FirstOrDefault(mark => mark is not null),
        },
        _ => new PreviewItem(label, value.GetValueKind() == JsonValueKind.False ? null : Word(field, value), MarkdownFields.Contains(field.Name), [])
        {
            Mark = marks.GetValueOrDefault(path),
        },
    };

    /// <summary>A provision is named by its code, any other item by its place.</summary>
    private static string PlaceOf(JsonNode item, int place, string list) =>
        list == "provisions" && item["code"] is { } code ? code.ToString() : place.ToString(CultureInfo.InvariantCulture);

    private string Word(FormField field, JsonNode value)
    {
        var text = value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.True => "Yes",
            _ => value.ToJsonString(),
        };
        if (ChangeView.IsLanguage(field))
        {
            return EntryFormView.LanguageName(text);
        }

        var term = field.Vocabulary is { } vocabulary ? vocabularies.Find(vocabulary, text) : null;
        return term is not null ? term.Labels.GetValueOrDefault(language, term.Label)
            : field.Codes.Contains(text) ? EntryFormView.Capital(text)
            : ChangeView.Format(field, text, vocabularies)!;
    }

    private static string Time(JsonNode time) => TimeOnly.TryParse(time.ToString(), CultureInfo.InvariantCulture, out var parsed) ? DisplayFormat.Time(parsed) : time.ToString();
}
