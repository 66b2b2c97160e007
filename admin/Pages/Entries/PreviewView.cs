using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Forms;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Directory.Vocabularies;
using Markdig;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>One public item: a label with a text or nested items.</summary>
public sealed record PreviewItem(string Label, string? Text, bool IsMarkdown, IReadOnlyList<PreviewItem> Items);

/// <summary>An entry as the public would see it, in one language.</summary>
public sealed class PreviewView
{
    // HTML in an entry is shown as text. Only Markdown creates structure, and only web links are live.
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().DisableHtml().Build();

    private static readonly string[] HeaderFields = ["kind", "name", "summary", "id", "slug", "updatedAt", "assuredOn", "checkDueOn", "translations", "language"];

    private static readonly string[] MarkdownFields = ["description", "text", "steps", "intakePolicy", "finding", "departures"];

    public required string Name { get; init; }

    public string? Summary { get; init; }

    /// <summary>The language shown.</summary>
    public required string Language { get; init; }

    /// <summary>The languages of the entry's texts, original language first.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>The untranslated fields, which are shown in the original language.</summary>
    public required IReadOnlyList<string> FallenBack { get; init; }

    public required IReadOnlyList<PreviewItem> Items { get; init; }

    /// <summary>The writing direction of the language.</summary>
    public string Direction => Language.Split('-')[0] is "ar" or "fa" or "he" or "ur" or "ps" or "prs" or "yi" ? "rtl" : "ltr";

    /// <summary>Creates the preview from the entry's public document.</summary>
    public static PreviewView Of(Entry entry, VocabularySet vocabularies, string? language)
    {
        var document = (JsonObject)JsonNode.Parse(PublicProjection.Of(entry, new PublicationFacts(Guid.Empty, "", [], default, default, null, null)))!;
        var translation = entry.Translations.FirstOrDefault(t => t.Language == language);
        var fallenBack = new List<string>();
        string? Pick(string field, string? own, string? translated)
        {
            if (translation is not null && translated is null && own is not null)
            {
                fallenBack.Add(field);
            }

            return translated ?? own;
        }

        var summary = Pick("summary", entry.Summary, translation?.Summary);
        document["description"] = Pick("description", entry.Description, translation?.Description);
        // Use the order of the form.
        var fields = EntryForm.Fields(entry.Kind).Fields.Where(f => !HeaderFields.Contains(f.Name))
            .OrderBy(f => FieldLabels.Groups.ToList().IndexOf(FieldLabels.GroupOf(f.Name)));
        var items = Collect(document, fields, vocabularies, translation?.Language ?? entry.Language);
        return new PreviewView
        {
            Name = translation?.Name ?? entry.Name,
            Summary = summary,
            Language = translation?.Language ?? entry.Language,
            Languages = [entry.Language, .. entry.Translations.Select(t => t.Language)],
            FallenBack = fallenBack,
            Items = items,
        };
    }

    /// <summary>Converts Markdown to safe HTML. Only web links are live.</summary>
    public static string Html(string markdown)
    {
        var document = Markdig.Markdown.Parse(markdown, Markdown);
        foreach (var link in Markdig.Syntax.MarkdownObjectExtensions.Descendants<Markdig.Syntax.Inlines.LinkInline>(document))
        {
            if (link.IsImage || !(link.Url?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true || link.Url?.StartsWith("http://", StringComparison.OrdinalIgnoreCase) == true))
            {
                link.Url = "";
                link.IsImage = false;
            }
        }

        foreach (var link in Markdig.Syntax.MarkdownObjectExtensions.Descendants<Markdig.Syntax.Inlines.AutolinkInline>(document))
        {
            if (!link.IsEmail && !link.Url.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            {
                link.Url = "";
            }
        }

        return Markdig.Markdown.ToHtml(document, Markdown);
    }

    private static List<PreviewItem> Collect(JsonObject json, IEnumerable<FormField> fields, VocabularySet vocabularies, string language)
    {
        var items = new List<PreviewItem>();
        foreach (var field in fields.Where(f => json[f.Name] is not null))
        {
            var item = Item(field, field.Label, json[field.Name]!, vocabularies, language);
            if (item.Text is not null || item.Items.Count > 0)
            {
                items.Add(item);
            }
        }

        return items;
    }

    private static PreviewItem Item(FormField field, string label, JsonNode value, VocabularySet vocabularies, string language) => value switch
    {
        // Show an opening time on one line.
        JsonObject part when part["day"] is { } day && part["opens"] is { } opens && part["closes"] is { } closes =>
            new PreviewItem(EntryFormView.Capital(day.ToString()), $"{Time(opens)}–{Time(closes)}", false, []),
        JsonObject part => new PreviewItem(label, null, false, Collect(part, field.Fields, vocabularies, language)),
        JsonArray list when field.Type == FieldType.List => new PreviewItem(label, null, false,
            [.. list.Select((item, n) => Item(field.Item! with { Name = field.Name }, $"{EntryFormView.Capital(field.ItemLabel)} {n + 1}", item!, vocabularies, language))]),
        JsonArray list => new PreviewItem(label, list.Count == 0 ? null : string.Join(", ", list.Select(i => Word(field, i!, vocabularies, language))), false, []),
        _ => new PreviewItem(label, value.GetValueKind() == JsonValueKind.False ? null : Word(field, value, vocabularies, language), MarkdownFields.Contains(field.Name), []),
    };

    private static string Word(FormField field, JsonNode value, VocabularySet vocabularies, string language)
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
