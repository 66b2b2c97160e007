using System.Text.Json.Nodes;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Directory.Vocabularies;
using Markdig;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>One public item: a label with a text or nested items.</summary>
public sealed record PreviewItem(string Label, string? Text, bool IsMarkdown, IReadOnlyList<PreviewItem> Items)
{
    /// <summary>What is wrong with its translation; null if nothing is.</summary>
    public string? Mark { get; init; }

    /// <summary>Where it leads: a web page, a phone call or an email; null for nowhere.</summary>
    public string? Link { get; init; }
}

/// <summary>An entry as the public would see it, in one language.</summary>
public sealed class PreviewView
{
    // HTML in an entry is shown as text. Only Markdown creates structure, and only web links are live.
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().DisableHtml().Build();

    private static readonly string[] HeaderFields = ["kind", "name", "summary", "id", "slug", "updatedAt", "assuredOn", "checkDueOn", "translations", "language"];

    private static readonly string[] HeaderTexts = ["summary", "description"];

    public required string Name { get; init; }

    public string? Summary { get; init; }

    /// <summary>The language shown.</summary>
    public required string Language { get; init; }

    /// <summary>The languages of the entry's texts, original language first.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>The untranslated fields, which are shown in the original language.</summary>
    public required IReadOnlyList<string> FallenBack { get; init; }

    /// <summary>The header texts that were changed after they were translated.</summary>
    public required IReadOnlyList<string> Outdated { get; init; }

    public required IReadOnlyList<PreviewItem> Items { get; init; }

    /// <summary>The writing direction of the language.</summary>
    public string Direction => Language.Split('-')[0] is "ar" or "fa" or "he" or "ur" or "ps" or "prs" or "yi" ? "rtl" : "ltr";

    /// <summary>Creates the preview from the entry's public document.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="vocabularies">The vocabularies.</param>
    /// <param name="language">The language to show; the entry's own if it has no such translation.</param>
    /// <param name="outdated">The paths of the texts whose translation is outdated, by language.</param>
    public static PreviewView Of(Entry entry, VocabularySet vocabularies, string? language, ILookup<string, string>? outdated = null)
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
        var marks = translation is null ? [] : TranslatedPreview.Fill(document, entry, translation, outdated);
        var items = new PreviewItems(vocabularies, translation?.Language ?? entry.Language, marks).Collect(document, fields, "");
        return new PreviewView
        {
            Name = translation?.Name ?? entry.Name,
            Summary = summary,
            Language = translation?.Language ?? entry.Language,
            Languages = [entry.Language, .. entry.Translations.Select(t => t.Language)],
            FallenBack = fallenBack,
            Outdated = [.. HeaderTexts.Where(field => translation is not null && outdated?[translation.Language].Contains(field) == true)],
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
}
