using System.Text.Json.Nodes;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Forms;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>A section of an entry's page, with the fields of the same section of the form.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Items">What the public reads.</param>
/// <param name="Private">What only curators see.</param>
public sealed record EntrySection(string Heading, IReadOnlyList<PreviewItem> Items, IReadOnlyList<PreviewItem> Private)
{
    private const string PlainLanguage = "en";

    /// <summary>The code of the section in addresses.</summary>
    public string Code => FieldLabels.SectionOf(Heading);

    /// <summary>Returns the sections of an entry's kind, in the order of the form. Sections without content are empty.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="vocabularies">The vocabularies.</param>
    /// <param name="withPrivate">Whether to include what only curators see.</param>
    public static IReadOnlyList<EntrySection> Of(Entry entry, VocabularySet vocabularies, bool withPrivate)
    {
        var facts = new PublicationFacts(Guid.Empty, "", [], default, default, null, null);
        var open = (JsonObject)JsonNode.Parse(PublicProjection.Of(entry, facts))!;
        open["translations"] = null;
        var hidden = withPrivate ? Hidden(entry) : new JsonObject();
        var items = new PreviewItems(vocabularies, PlainLanguage, new Dictionary<string, string>());
        return
        [
            .. from heading in FieldLabels.Groups
               let fields = EntryForm.Fields(entry.Kind).Fields.Where(f => FieldLabels.GroupOf(f.Name) == heading).ToList()
               where fields.Count > 0
               let shown = items.Collect(open, fields.Where(f => f.Name is not "name"), "")
               let translations = fields.Any(f => f.Name == "translations") ? entry.Translations.Select(t => Translated(t, vocabularies)) : []
               select new EntrySection(heading, [.. shown, .. translations], items.Collect(hidden, fields, "")),
        ];
    }

    /// <summary>What the public document leaves out: editorial fields, and locations that are not public.</summary>
    private static JsonObject Hidden(Entry entry)
    {
        var all = (JsonObject)JsonNode.Parse(EntryJson.Write(entry))!;
        var hidden = new JsonObject();
        foreach (var field in EntryForm.Fields(entry.Kind).Fields)
        {
            var value = all[field.Name];
            if (field.Editorial || (value is JsonObject place && IsHiddenPlace(place)))
            {
                hidden[field.Name] = value?.DeepClone();
            }
            else if (value is JsonArray list && list.Any(i => i is JsonObject item && IsHiddenPlace(item)))
            {
                hidden[field.Name] = new JsonArray([.. list.Where(i => i is JsonObject item && IsHiddenPlace(item)).Select(i => i!.DeepClone())]);
            }
        }

        return hidden;
    }

    private static bool IsHiddenPlace(JsonObject place) => place["visibility"]?.ToString() is "area" or "private";

    private static PreviewItem Translated(Translation translation, VocabularySet vocabularies)
    {
        var texts = new[] { translation.Name, translation.Summary, translation.Description }.OfType<string>().Count() + translation.Texts.Count;
        string?[] words =
        [
            texts == 1 ? "1 text" : $"{texts} texts",
            vocabularies.Find(VocabularyNames.TranslationProvenance, translation.Provenance)?.Label ?? translation.Provenance,
            translation.TranslatedOn is { } day ? DisplayFormat.Date(day) : null,
        ];
        return new PreviewItem(EntryFormView.LanguageName(translation.Language), string.Join(" · ", words.OfType<string>()), false, []);
    }
}
