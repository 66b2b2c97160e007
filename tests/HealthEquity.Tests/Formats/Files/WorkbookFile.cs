using System.IO.Compression;
using System.Security;
using System.Text;

namespace HealthEquity.Tests.Formats.Files;

/// <summary>Creates workbooks part by part, good and bad ones.</summary>
internal static class WorkbookFile
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>A workbook with sheets, each as the content of a sheetData element.</summary>
    public static string Write(string path, IReadOnlyList<string> sheets, string sharedStrings = "", string styles = "", bool from1904 = false, string? head = null)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Add(zip, "xl/workbook.xml", head + $"""
            <workbook xmlns="{Main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="{(from1904 ? 1 : 0)}"/>
            <sheets>{string.Concat(sheets.Select((_, i) => $"""<sheet name="Sheet {i + 1}" sheetId="{i + 1}" r:id="rId{i + 1}"/>"""))}</sheets></workbook>
            """);
        Add(zip, "xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            {string.Concat(sheets.Select((_, i) => $"""<Relationship Id="rId{i + 1}" Target="worksheets/sheet{i + 1}.xml"/>"""))}</Relationships>
            """);
        if (sharedStrings.Length > 0)
        {
            Add(zip, "xl/sharedStrings.xml", $"""<sst xmlns="{Main}">{sharedStrings}</sst>""");
        }

        Add(zip, "xl/styles.xml", $"""<styleSheet xmlns="{Main}">{styles}</styleSheet>""");
        foreach (var (index, sheet) in sheets.Index())
        {
            Add(zip, $"xl/worksheets/sheet{index + 1}.xml", head + $"""<worksheet xmlns="{Main}"><sheetData>{sheet}</sheetData></worksheet>""");
        }

        return path;
    }

    /// <summary>A row of inline string cells.</summary>
    public static string Row(int number, params IEnumerable<string> cells) =>
        $"""<row r="{number}">{string.Concat(cells.Select(Cell))}</row>""";

    private static string Cell(string text) => $"""<c t="inlineStr"><is><t xml:space="preserve">{SecurityElement.Escape(text)}</t></is></c>""";

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var part = zip.CreateEntry(name).Open();
        part.Write(Encoding.UTF8.GetBytes(text));
    }
}
