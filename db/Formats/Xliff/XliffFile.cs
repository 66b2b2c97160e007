using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace HealthEquity.Formats.Xliff;

/// <summary>
/// Texts to translate, as translators' tools exchange them (XLIFF 2.0, ISO 21720). Placeholders are elements, so that no tool breaks them.
/// </summary>
/// <param name="Language">The language of the translations, BCP-47.</param>
/// <param name="Units">The texts.</param>
public sealed partial record XliffFile(string Language, IReadOnlyList<TranslationUnit> Units)
{
    /// <summary>The language of the originals unless a file says otherwise.</summary>
    public const string English = "en";

    /// <summary>The language of the originals, BCP-47.</summary>
    public string SourceLanguage { get; init; } = English;

    /// <summary>The maximum size of a file, in characters.</summary>
    public const int MaxLength = 32 * 1024 * 1024;

    private static readonly XNamespace Xliff = "urn:oasis:names:tc:xliff:document:2.0";

    /// <summary>Writes the file.</summary>
    public void Write(Stream output)
    {
        var document = new XDocument(
            new XElement(
                Xliff + "xliff",
                new XAttribute("version", "2.0"),
                new XAttribute("srcLang", SourceLanguage),
                new XAttribute("trgLang", Language),
                Units.GroupBy(u => u.Part).Select(FileOf)));
        using var writer = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, CloseOutput = false });
        document.Save(writer);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is not XLIFF 2, or names no languages. The message says what to do.</exception>
    public static XliffFile Read(Stream input)
    {
        var root = Load(input).Root!;
        if (root.Name.NamespaceName.StartsWith("urn:oasis:names:tc:xliff:document:1", StringComparison.Ordinal))
        {
            throw new FormatException("The file is XLIFF 1. Save it as XLIFF 2.");
        }

        if (root.Name != Xliff + "xliff")
        {
            throw new FormatException("The file is not XLIFF 2: its first element is not 'xliff'.");
        }

        if (root.Attribute("srcLang")?.Value is not { Length: > 0 } source || root.Attribute("trgLang")?.Value is not { Length: > 0 } language)
        {
            throw new FormatException("The file must name the language of the originals (srcLang) and that of the translations (trgLang).");
        }

        var units = root.Elements(Xliff + "file").SelectMany(f => f.Descendants(Xliff + "unit").Select(u => UnitOf(u, (string?)f.Attribute("id") ?? "")));
        return new XliffFile(language, [.. units]) { SourceLanguage = source };
    }

    private static XDocument Load(Stream input)
    {
        try
        {
            using var reader = XmlReader.Create(input, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxLength });
            return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException fault)
        {
            throw new FormatException($"The file is not XML: {fault.Message}", fault);
        }
    }

    private static XElement FileOf(IGrouping<string, TranslationUnit> part) => new(
        Xliff + "file",
        new XAttribute("id", part.Key),
        part.First().PartName is { } name ? new XAttribute("original", Clean(name)) : null,
        part.Select(ElementOf));

    /// <summary>A text as a file holds it: without characters that XML can't hold, which no valid text has.</summary>
    public static string Clean(string text) => string.Concat(text.EnumerateRunes().Where(r => r.Value is '\t' or '\n' or >= 0x20 and not (0xFFFE or 0xFFFF)));

    private static XElement ElementOf(TranslationUnit given)
    {
        var unit = given with { Source = Clean(given.Source), Target = given.Target is null ? null : Clean(given.Target), Context = Clean(given.Context) };
        var data = Placeholder().Matches(unit.Source).Select(m => m.Value).Distinct().Select((p, i) => (Text: p, Id: string.Create(CultureInfo.InvariantCulture, $"d{i + 1}"))).ToList();
        var room = unit.MaxLength > 0 ? string.Create(CultureInfo.InvariantCulture, $"At most {unit.MaxLength} characters.") : null;
        return new XElement(
            Xliff + "unit",
            new XAttribute("id", unit.Id),
            new XAttribute(XNamespace.Xml + "space", "preserve"),
            new XElement(
                Xliff + "notes",
                new XElement(Xliff + "note", new XAttribute("category", "context"), unit.Context),
                room is null ? null : new XElement(Xliff + "note", new XAttribute("category", "length"), room)),
            data.Count == 0 ? null : new XElement(Xliff + "originalData", data.Select(d => new XElement(Xliff + "data", new XAttribute("id", d.Id), d.Text))),
            new XElement(
                Xliff + "segment",
                new XAttribute("state", unit.Target is null ? "initial" : unit.IsReviewed ? "reviewed" : "translated"),
                new XElement(Xliff + "source", Inline(unit.Source, data)),
                unit.Target is null ? null : new XElement(Xliff + "target", Inline(unit.Target, data))));
    }

    /// <summary>A text with its placeholders as elements.</summary>
    private static IEnumerable<object> Inline(string text, List<(string Text, string Id)> data)
    {
        var (from, number) = (0, 0);
        foreach (Match placeholder in Placeholder().Matches(text))
        {
            yield return new XText(text[from..placeholder.Index]);
            yield return new XElement(
                Xliff + "ph",
                new XAttribute("id", ++number),
                data.Find(d => d.Text == placeholder.Value).Id is { } reference ? new XAttribute("dataRef", reference) : null,
                new XAttribute("equiv", placeholder.Value));
            from = placeholder.Index + placeholder.Length;
        }

        yield return new XText(text[from..]);
    }

    private static TranslationUnit UnitOf(XElement unit, string part)
    {
        var data = unit.Elements(Xliff + "originalData").Elements(Xliff + "data").ToDictionary(d => (string?)d.Attribute("id") ?? "", d => d.Value, StringComparer.Ordinal);
        var segments = unit.Elements(Xliff + "segment").ToList();
        // A tool may cut a text into segments. What stands between them is not translated, but belongs to the text.
        var pieces = unit.Elements().Where(e => e.Name == Xliff + "segment" || e.Name == Xliff + "ignorable").ToList();
        return new TranslationUnit(
            (string?)unit.Attribute("id") ?? "",
            string.Concat(pieces.Select(s => TextOf(s.Element(Xliff + "source"), data))),
            segments.Exists(s => s.Element(Xliff + "target") is null) ? null : string.Concat(pieces.Select(s => TextOf(s.Element(Xliff + "target") ?? s.Element(Xliff + "source"), data))))
        {
            Part = part,
            Context = unit.Descendants(Xliff + "note").FirstOrDefault(n => (string?)n.Attribute("category") == "context")?.Value ?? "",
            IsReviewed = segments.TrueForAll(s => (string?)s.Attribute("state") is "reviewed" or "final"),
        };
    }

    /// <summary>The text of an element, with its placeholders as text again. Marks of a tool are passed over; their text is kept.</summary>
    private static string TextOf(XElement? element, Dictionary<string, string> data) => element is null ? "" : string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement placeholder when placeholder.Name == Xliff + "ph" =>
            data.GetValueOrDefault((string?)placeholder.Attribute("dataRef") ?? "") ?? (string?)placeholder.Attribute("equiv") ?? "",
        XElement other => TextOf(other, data),
        _ => "",
    }));

    /// <summary>The placeholders of a text: <c>{count}</c>, <c>{{name}}</c>, <c>{{#part}}</c>.</summary>
    public static IReadOnlyList<string> PlaceholdersOf(string text) => [.. Placeholder().Matches(text).Select(m => m.Value)];

    [GeneratedRegex(@"\{\{[#/]?[\w-]+\}\}|\{\w+\}")]
    private static partial Regex Placeholder();
}
