using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Directory.Entries;
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
        JsonObject part when field.Record == typeof(Location) && PreviewLines.Address(part) is { } address =>
            new PreviewItem(label, address, false, Collect(part, field.Fields.Where(f => !PreviewLines.IsAddress(f.Name)), path)) { Mark = PreviewLines.VisibilityMark(part) },
        JsonArray lines when PreviewLines.Has(field.Item?.Record) => new PreviewItem(label, null, false,
            [.. lines.Select((item, n) => Line(field.Item!, "", (JsonObject)item!, $"{path}[{n}]"))]),
        JsonArray times when field.Item?.Record == typeof(OpeningTime) => new PreviewItem(label, null, false, [.. PreviewLines.Week(times)]),
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
            Link = field.Name == "website" ? PreviewLines.WebLink(value) : null,
        },
    };

    private PreviewItem Line(FormField field, string label, JsonObject part, string path)
    {
        var words = field.Fields.Where(f => part[f.Name] is not null).Select(f => PreviewLines.Word(f.Name, part[f.Name] is JsonArray list
            ? string.Join(", ", list.Select(i => Word(f, i!)))
            : Word(f, part[f.Name]!)));
        return new PreviewItem(label, string.Join(" · ", words.Where(w => w.Length > 0)), false, [])
        {
            Mark = field.Fields.Select(f => marks.GetValueOrDefault($"{path}.{f.Name}")).FirstOrDefault(mark => mark is not null),
            Link = PreviewLines.Link(part),
        };
    }

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
        var term = field.Vocabulary is { } vocabulary ? vocabularies.Find(vocabulary, text) : null;
        return term is not null ? term.Labels.GetValueOrDefault(language, term.Label)
            : field.Codes.Contains(text) ? EntryFormView.Capital(text)
            : ChangeView.Format(field, text, vocabularies)!;
    }
}
