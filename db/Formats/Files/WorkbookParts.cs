using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Files;

/// <summary>The parts that a workbook's sheets share: sheet names, shared strings and number formats.</summary>
internal sealed partial class WorkbookParts
{
    private readonly string _path;
    private readonly List<string> _texts = [];
    private readonly List<NumberFormat> _formats = [];
    private bool _from1904;

    private WorkbookParts(string path) => _path = path;

    /// <summary>The visible sheets, in order.</summary>
    public List<(string Name, string Part)> Sheets { get; } = [];

    /// <summary>Reads the shared parts.</summary>
    /// <exception cref="ImportFileException">The file is not a workbook, or exceeds a limit.</exception>
    public static WorkbookParts Read(SourceArchive archive, string path, SourceLimits limits)
    {
        var parts = new WorkbookParts(path);
        parts.ReadSheets(archive, limits);
        parts.ReadSharedStrings(archive, limits);
        parts.ReadFormats(archive, limits);
        return parts;
    }

    public static XmlReader Reader(Stream stream, SourceLimits limits) => XmlReader.Create(stream, new XmlReaderSettings
    {
        // XML bombs need a document type, and no workbook has one.
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = limits.MaximumBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
    });

    /// <summary>Reads the next node; throws a file error if it is not XML.</summary>
    public static bool Next(XmlReader xml, string path)
    {
        try
        {
            return xml.Read();
        }
        catch (XmlException fault)
        {
            throw Broken(path, fault.Message.TrimEnd('.'));
        }
    }

    /// <summary>The text of the element. Leaves the reader at its end.</summary>
    public static string Text(XmlReader xml, string path)
    {
        var text = new StringBuilder();
        while (Next(xml, path) && xml.NodeType != XmlNodeType.EndElement)
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                text.Append(xml.Value);
            }
        }

        return text.ToString();
    }

    public static ImportFileException Broken(string path, string reason) =>
        new($"The workbook '{path}' can't be read: {reason}. Open it in a spreadsheet program and save it again as .xlsx or 'CSV UTF-8'.");

    /// <summary>Decodes characters that XML can't contain: "_x000D_" (ECMA-376, 22.9.2.19).</summary>
    public static string Unescaped(string text) => text.Contains("_x", StringComparison.Ordinal)
        ? Escape().Replace(text, m => ((char)int.Parse(m.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
        : text;

    /// <summary>A shared string by its index.</summary>
    public string SharedText(string number) => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _texts.Count
        ? _texts[index]
        : throw Broken(_path, $"it has no shared string {number}");

    /// <summary>A number as displayed, where that changes its meaning: dates, times and leading zeros.</summary>
    public string Number(string value, string? style)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return value;
        }

        var form = int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _formats.Count ? _formats[index] : NumberFormat.Plain;
        return form.Show(number, _from1904);
    }

    private void ReadSheets(SourceArchive archive, SourceLimits limits)
    {
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var xml in Elements(archive, "xl/_rels/workbook.xml.rels", "Relationship", limits))
        {
            if (xml.GetAttribute("Id") is { } id && xml.GetAttribute("Target") is { } target)
            {
                targets[id] = target.StartsWith('/') ? target[1..] : $"xl/{target}";
            }
        }

        foreach (var xml in Elements(archive, "xl/workbook.xml", null, limits))
        {
            if (xml.LocalName == "workbookPr")
            {
                _from1904 = xml.GetAttribute("date1904") is "1" or "true";
            }
            else if (xml.LocalName == "sheet" && xml.GetAttribute("state") is null or "visible")
            {
                var id = xml.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
                    ?? xml.GetAttribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");
                if (id is not null && targets.TryGetValue(id, out var part))
                {
                    Sheets.Add((xml.GetAttribute("name") ?? "", part));
                }
            }
        }

        if (Sheets.Count == 0)
        {
            throw Broken(_path, "it has no visible sheet");
        }
    }

    private void ReadSharedStrings(SourceArchive archive, SourceLimits limits)
    {
        using var stream = archive.OpenEntry("xl/sharedStrings.xml");
        if (stream is null)
        {
            return;
        }

        var length = 0L;
        using var xml = Reader(stream, limits);
        while (Next(xml, _path))
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                _texts.Add(xml.IsEmptyElement ? "" : Unescaped(RichText(xml)));
                // The strings stay in memory: two bytes per character plus overhead.
                length += _texts[^1].Length + 20;
                limits.CheckSize(_path, 4 * length);
            }
        }
    }

    /// <summary>The text of a shared string: all runs, without phonetic runs (rPh).</summary>
    private string RichText(XmlReader xml)
    {
        var (depth, text, spoken) = (xml.Depth, new StringBuilder(), false);
        while (Next(xml, _path) && xml.Depth > depth)
        {
            if (xml.LocalName == "rPh")
            {
                spoken = xml is { NodeType: XmlNodeType.Element, IsEmptyElement: false };
            }
            else if (!spoken && xml is { NodeType: XmlNodeType.Element, LocalName: "t", IsEmptyElement: false })
            {
                text.Append(Text(xml, _path));
            }
        }

        return text.ToString();
    }

    private void ReadFormats(SourceArchive archive, SourceLimits limits)
    {
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        var cells = false;
        foreach (var xml in Elements(archive, "xl/styles.xml", null, limits))
        {
            switch (xml.LocalName)
            {
                case "numFmt":
                    codes[xml.GetAttribute("numFmtId") ?? ""] = xml.GetAttribute("formatCode") ?? "";
                    break;
                case "cellXfs" or "cellStyleXfs":
                    cells = xml.LocalName == "cellXfs";
                    break;
                case "xf" when cells:
                    var id = xml.GetAttribute("numFmtId") ?? "";
                    _formats.Add(codes.TryGetValue(id, out var code) ? NumberFormat.Of(code) : NumberFormat.BuiltIn(id));
                    break;
                case "cellStyles":
                    cells = false;
                    break;
            }
        }
    }

    private IEnumerable<XmlReader> Elements(SourceArchive archive, string part, string? name, SourceLimits limits)
    {
        using var stream = archive.OpenEntry(part);
        if (stream is null)
        {
            yield break;
        }

        using var xml = Reader(stream, limits);
        while (Next(xml, _path))
        {
            if (xml.NodeType == XmlNodeType.Element && (name is null || xml.LocalName == name))
            {
                yield return xml;
            }
        }
    }

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex Escape();
}
