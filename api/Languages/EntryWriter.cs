using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using HealthEquity.Api.Json;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Languages;

/// <summary>
/// Writes entries to answers: copies the stored bytes, and inserts or replaces only what depends on the request. Nothing is serialized again.
/// </summary>
/// <param name="choice">The requested languages.</param>
public sealed class EntryWriter(LanguageChoice choice)
{
    /// <summary>Writes one entry.</summary>
    /// <param name="output">The destination.</param>
    /// <param name="stored">The public document.</param>
    /// <param name="distance">The distance to add, in the requested unit.</param>
    public void Write(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> stored, double? distance = null)
    {
        var texts = choice.First is null ? null : LocalTexts.Choose(stored, choice);
        var from = 0;
        foreach (var (start, end, replacement) in texts?.Replacements ?? [])
        {
            output.Write(stored[from..start]);
            output.Write(replacement);
            from = end;
        }

        output.Write(stored[from..^1]);
        if (distance is { } far)
        {
            output.Write(",\"distance\":"u8);
            WriteNumber(output, Math.Round(far, 1));
        }

        output.Write(texts?.Added ?? []);
        output.Write("}"u8);
    }

    /// <summary>The entry with its texts in the requested languages; what fell back is named in it.</summary>
    /// <param name="stored">The public document.</param>
    public Entry Read(ReadOnlySpan<byte> stored) => ApiJson.Read<Entry>(Written(stored).WrittenSpan);

    /// <summary>The name of an entry in the requested languages.</summary>
    /// <param name="stored">The public document.</param>
    public string NameOf(ReadOnlySpan<byte> stored)
    {
        using var document = JsonDocument.Parse(Written(stored).WrittenMemory);
        return document.RootElement.GetProperty("name").GetString()!;
    }

    private ArrayBufferWriter<byte> Written(ReadOnlySpan<byte> stored)
    {
        var written = new ArrayBufferWriter<byte>(stored.Length + 256);
        Write(written, stored);
        return written;
    }

    private static void WriteNumber(ArrayBufferWriter<byte> output, double number)
    {
        var space = output.GetSpan(32);
        number.TryFormat(space, out var written, "0.0##", CultureInfo.InvariantCulture);
        output.Advance(written);
    }
}

/// <summary>The texts of an entry in the requested languages, as changes to its stored bytes.</summary>
internal sealed class LocalTexts
{
    private static readonly string[] Fields = ["name", "summary", "description"];

    private LocalTexts(IReadOnlyList<(int Start, int End, byte[] Bytes)> replacements, byte[] added)
    {
        Replacements = replacements;
        Added = added;
    }

    /// <summary>Ranges to replace, in order.</summary>
    public IReadOnlyList<(int Start, int End, byte[] Bytes)> Replacements { get; }

    /// <summary>Members to append, with a leading comma.</summary>
    public byte[] Added { get; }

    /// <summary>Chooses a language for each field; null if the stored entry needs no changes.</summary>
    public static LocalTexts? Choose(ReadOnlySpan<byte> stored, LanguageChoice choice)
    {
        var places = Scan(stored);
        var own = places.TryGetValue("language", out var tag) ? Text(stored, tag) : "en";
        if (choice.Rank(own) == 0)
        {
            return null;
        }

        var translations = places.TryGetValue("translations", out var range) ? ReadTranslations(stored[range]) : [];
        var titled = places.TryGetValue("kind", out var kind) && Text(stored, kind) is "policyAction" or "material" or "event";
        var replacements = new List<(int, int, byte[])>();
        var added = new StringBuilder();
        var fallbacks = new StringBuilder();
        foreach (var field in Fields)
        {
            var hasOwn = places.TryGetValue(field, out var place);
            var best = translations
                .Where(t => t.Texts.ContainsKey(field) && (field != "name" || titled || !t.ByMachine) && choice.Rank(t.Language) < choice.Rank(own))
                .MinBy(t => choice.Rank(t.Language));
            if (best is null && !hasOwn)
            {
                continue;
            }

            if (best is not null)
            {
                var text = best.Texts[field];
                if (hasOwn)
                {
                    replacements.Add((place.Start.Value, place.End.Value, Encoding.UTF8.GetBytes(text)));
                    if (field == "name" && places.TryGetValue("alternateNames", out var others))
                    {
                        replacements.Add((others.Start.Value, others.End.Value, WithName(stored[others], stored[place])));
                    }
                }
                else
                {
                    added.Append(CultureInfo.InvariantCulture, $",\"{field}\":{text}");
                }
            }

            var language = best?.Language ?? own;
            if (choice.Rank(language) != 0)
            {
                fallbacks.Append(CultureInfo.InvariantCulture, $"{(fallbacks.Length > 0 ? "," : "")}\"{field}\":\"{JsonEncodedText.Encode(language)}\"");
            }
        }

        AddOthers(stored, choice, own, [.. translations.Where(t => choice.Rank(t.Language) < choice.Rank(own))], replacements, fallbacks);

        if (fallbacks.Length > 0)
        {
            added.Append(CultureInfo.InvariantCulture, $",\"fallbacks\":{{{fallbacks}}}");
        }

        return new([.. replacements.OrderBy(r => r.Item1)], Encoding.UTF8.GetBytes(added.ToString()));
    }

    /// <summary>Adds the other texts of translations, by path.</summary>
    private static void AddOthers(
        ReadOnlySpan<byte> stored, LanguageChoice choice, string own, List<LocalText> translations, List<(int, int, byte[])> replacements, StringBuilder fallbacks)
    {
        var missing = new Dictionary<string, string>();
        if (translations.TrueForAll(t => t.Others.Count == 0))
        {
            TextsByPath.Find(stored).ForEach(text => missing[text] = own);
        }
        else
        {
            foreach (var (path, name, place) in TextsByPath.Locate(stored))
            {
                var best = translations.Where(t => t.Others.ContainsKey(path)).MinBy(t => choice.Rank(t.Language));
                if (best is not null)
                {
                    replacements.Add((place.Start.Value, place.End.Value, Encoding.UTF8.GetBytes(best.Others[path])));
                }

                if (choice.Rank(best?.Language ?? own) != 0)
                {
                    missing.TryAdd(name, best?.Language ?? own);
                }
            }
        }

        foreach (var (name, language) in missing)
        {
            fallbacks.Append(CultureInfo.InvariantCulture, $"{(fallbacks.Length > 0 ? "," : "")}\"{name}\":\"{JsonEncodedText.Encode(language)}\"");
        }
    }

    /// <summary>Adds the original name to the alternate names, so it can still be found.</summary>
    private static byte[] WithName(ReadOnlySpan<byte> others, ReadOnlySpan<byte> name) =>
        [.. others[..^1], .. others.Length > 2 ? ","u8 : default, .. name, (byte)']'];

    /// <summary>The positions of the relevant values in the stored bytes.</summary>
    private static Dictionary<string, Range> Scan(ReadOnlySpan<byte> stored)
    {
        var places = new Dictionary<string, Range>(7);
        var reader = new Utf8JsonReader(stored);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name =
                reader.ValueTextEquals("name"u8) ? "name" :
                reader.ValueTextEquals("summary"u8) ? "summary" :
                reader.ValueTextEquals("description"u8) ? "description" :
                reader.ValueTextEquals("language"u8) ? "language" :
                reader.ValueTextEquals("kind"u8) ? "kind" :
                reader.ValueTextEquals("alternateNames"u8) ? "alternateNames" :
                reader.ValueTextEquals("translations"u8) ? "translations" : null;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (name is not null)
            {
                places[name] = start..(int)reader.BytesConsumed;
            }
        }

        return places;
    }

    private static string Text(ReadOnlySpan<byte> stored, Range place) => Encoding.UTF8.GetString(stored[place]).Trim('"');

    private static List<LocalText> ReadTranslations(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        return
        [
            .. document.RootElement.EnumerateArray().Select(t => new LocalText(
                t.GetProperty("language").GetString()!,
                t.TryGetProperty("provenance", out var provenance)
                    && provenance.GetString()!.Contains("machine", StringComparison.OrdinalIgnoreCase),
                t.EnumerateObject()
                    .Where(p => Fields.Contains(p.Name) && p.Value.ValueKind == JsonValueKind.String)
                    .ToDictionary(p => p.Name, p => p.Value.GetRawText()),
                t.TryGetProperty("texts", out var others)
                    ? others.EnumerateArray()
                        .Select(o => KeyValuePair.Create(o.GetProperty("path").GetString()!, o.GetProperty("text").GetRawText()))
                        .ToDictionary()
                    : [])),
        ];
    }

    private sealed record LocalText(string Language, bool ByMachine, Dictionary<string, string> Texts, Dictionary<string, string> Others);
}
