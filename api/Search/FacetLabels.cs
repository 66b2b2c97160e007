using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Vocabularies;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Index;
using HealthEquity.Search.Text;

namespace HealthEquity.Api.Search;

/// <summary>
/// Labels the counted values. A search counts hundreds of them, so each label is looked up, and turned into JSON, once for a choice of languages.
/// </summary>
public sealed class FacetLabels(DirectoryVocabularies vocabularies, Messages messages)
{
    /// <summary>Labels are kept for this many choices of languages; then all are looked up anew.</summary>
    private const int MostChoices = 32;

    private const int LongestCount = 11;

    private volatile KnownLabels _known = new(vocabularies.Current);

    /// <summary>The number of choices of languages with kept labels, by field.</summary>
    public int Choices => _known.ByChoice.Count;

    /// <summary>The counts of a field, with labels in the reader's language.</summary>
    public IEnumerable<FacetValue> Of(FacetCounts counts, LanguageChoice choice)
    {
        var labels = LabelsOf(counts.Field, choice);
        return counts.Values.Select(v => new FacetValue { Value = v.Value, Label = LabelOf(labels, counts.Field, v.Value, choice).Label, Count = v.Count });
    }

    /// <summary>Writes the counts by parameter of the request, as JSON of <see cref="Facet"/>s.</summary>
    public void Write(ArrayBufferWriter<byte> output, IReadOnlyList<FacetCounts> counts, ParameterSet set, LanguageChoice choice)
    {
        for (var i = 0; i < counts.Count; i++)
        {
            var (field, values) = counts[i];
            output.Write(i == 0 ? "[{\"field\":\""u8 : ",{\"field\":\""u8);
            output.Write(Encoded(set.Filter(field)!.Name));
            output.Write("\",\"values\":["u8);
            var labels = LabelsOf(field, choice);
            for (var v = 0; v < values.Count; v++)
            {
                if (v > 0)
                {
                    output.Write(","u8);
                }

                output.Write(LabelOf(labels, field, values[v].Value, choice).Json);
                Utf8Formatter.TryFormat(values[v].Count, output.GetSpan(LongestCount), out var length);
                output.Advance(length);
                output.Write("}"u8);
            }

            output.Write("]}"u8);
        }

        output.Write(counts.Count == 0 ? "[]"u8 : "]"u8);
    }

    /// <summary>The name of a language in that language, else in English. A code is never shown.</summary>
    public static string LanguageName(string tag)
    {
        if (tag is "es")
        {
            return "español"; // some releases of ICU say "castellano"
        }

        try
        {
            // A culture without data is named by its code.
            if (CultureInfo.GetCultureInfo(tag, predefinedOnly: true).NativeName is var name && !name.StartsWith(tag, StringComparison.OrdinalIgnoreCase))
            {
                return name;
            }
        }
        catch (CultureNotFoundException)
        {
        }

        var names = LanguageNames.Of(tag) ?? LanguageNames.Of(tag.Split('-')[0]) ?? ["?"];
        return names.ElementAtOrDefault(2) ?? names[0];
    }

    private static byte[] Encoded(string text) => JsonEncodedText.Encode(text, ApiJson.Options.Encoder).EncodedUtf8Bytes.ToArray();

    private ConcurrentDictionary<string, FacetLabel> LabelsOf(SearchField field, LanguageChoice choice)
    {
        var known = _known;
        if (known.Vocabularies != vocabularies.Current)
        {
            _known = known = new KnownLabels(vocabularies.Current);
        }

        // Other fields have the same labels for everybody.
        var languages = field.Vocabulary is null && field.Codes != FieldCodes.Kind ? "" : string.Join(',', choice.Tags);
        if (known.ByChoice.TryGetValue((field, languages), out var labels))
        {
            return labels;
        }

        if (known.ByChoice.Count >= MostChoices * SearchFields.All.Count)
        {
            known.ByChoice.Clear();
        }

        return known.ByChoice.GetOrAdd((field, languages), static _ => new(StringComparer.Ordinal));
    }

    private FacetLabel LabelOf(ConcurrentDictionary<string, FacetLabel> labels, SearchField field, string value, LanguageChoice choice)
    {
        if (!labels.TryGetValue(value, out var known))
        {
            var label = Label(field, value, choice);
            labels[value] = known = new FacetLabel(
                label, [.. "{\"value\":\""u8, .. Encoded(value), .. "\",\"label\":\""u8, .. Encoded(label), .. "\",\"count\":"u8]);
        }

        return known;
    }

    private string Label(SearchField field, string value, LanguageChoice choice)
    {
        if (field.Vocabulary is { } vocabulary && vocabularies.Current.Find(vocabulary, value) is { } term)
        {
            return TermLabels.Of(term, choice).Label;
        }

        return field.Codes switch
        {
            FieldCodes.Language => LanguageName(value),
            FieldCodes.Kind => messages.Of($"kind.{value}", choice).Text,
            _ => value,
        };
    }

    /// <summary>A label, and the value with its label as the beginning of a <see cref="FacetValue"/> in JSON.</summary>
    private sealed record FacetLabel(string Label, byte[] Json);

    private sealed class KnownLabels(VocabularySet vocabularies)
    {
        public VocabularySet Vocabularies => vocabularies;

        public ConcurrentDictionary<(SearchField Field, string Languages), ConcurrentDictionary<string, FacetLabel>> ByChoice { get; } = new();
    }
}
