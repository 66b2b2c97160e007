using System.Globalization;
using System.Text;
using System.Xml;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Files;

/// <summary>
/// The first non-empty sheet of a workbook (.xlsx, ECMA-376). Formulas are never evaluated: the value that was saved with them is read. Dates are
/// returned as ISO 8601, numbers with a decimal point. We keep our own reader because uploads are hostile: it enforces limits on size,
/// compression ratio, rows and cells that no library enforces.
/// </summary>
internal sealed class WorkbookTable : SourceTable
{
    private readonly SourceLimits _limits;
    private readonly WorkbookParts _parts;
    private readonly (string Name, string Part) _sheet;
    private readonly int _headerLine;

    private WorkbookTable(string path, SourceLimits limits)
        : base(path)
    {
        _limits = limits;
        using var archive = SourceArchive.Open(path, limits);
        _parts = WorkbookParts.Read(archive, path, limits);
        foreach (var sheet in _parts.Sheets)
        {
            if (FindHeader(Lines(archive, sheet.Part)) is not { } head)
            {
                continue;
            }

            (_sheet, _headerLine) = (sheet, head.Line);
            Columns = CheckedColumns(path, head.Cells, limits);
            return;
        }

        throw Empty(path);
    }

    public override string Description => $"the sheet '{_sheet.Name}' of a workbook";

    public override IReadOnlyList<string> Columns { get; } = [];

    /// <summary>Opens a workbook and reads the header of its first non-empty sheet.</summary>
    /// <exception cref="ImportFileException">The file can't be read or exceeds a limit.</exception>
    public static WorkbookTable Open(string path, SourceLimits limits) => new(path, limits);

    public override IEnumerable<TableRow> Rows()
    {
        using var archive = SourceArchive.Open(Path, _limits);
        foreach (var line in Lines(archive, _sheet.Part).Where(l => l.Line > _headerLine && HasText(l)))
        {
            yield return line;
        }
    }

    private IEnumerable<TableRow> Lines(SourceArchive archive, string part)
    {
        using var stream = archive.OpenEntry(part) ?? throw WorkbookParts.Broken(Path, $"its part '{part}' is missing");
        using var xml = WorkbookParts.Reader(stream, _limits);
        var (number, given) = (0, 0L);
        while (WorkbookParts.Next(xml, Path))
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                number = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? said : number + 1;
                var row = new TableRow(number, xml.IsEmptyElement ? [] : Cells(xml));
                // A million cells may share one long string.
                given += row.Cells.Sum(c => (long)c.Length);
                _limits.CheckSize(Path, given);
                yield return row;
            }
        }
    }

    private string[] Cells(XmlReader xml)
    {
        var cells = new List<string>();
        var depth = xml.Depth;
        var length = 0L;
        while (WorkbookParts.Next(xml, Path) && xml.Depth > depth)
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                continue;
            }

            var column = Column(xml.GetAttribute("r")) ?? cells.Count;
            if (column >= _limits.MaximumColumns)
            {
                throw TooManyColumns(Path, _limits);
            }

            while (cells.Count <= column)
            {
                cells.Add("");
            }

            cells[column] = Cell(xml);
            length += cells[column].Length;
            if (length > _limits.MaximumRowBytes)
            {
                throw new ImportFileException($"The file '{Path}' has a row longer than {_limits.MaximumRowBytes / (1024 * 1024):N0} MB. Shorten its cells.");
            }
        }

        return [.. cells];
    }

    private string Cell(XmlReader xml)
    {
        var (type, style) = (xml.GetAttribute("t"), xml.GetAttribute("s"));
        if (xml.IsEmptyElement)
        {
            return "";
        }

        var depth = xml.Depth;
        var text = new StringBuilder();
        while (WorkbookParts.Next(xml, Path) && xml.Depth > depth)
        {
            // Skip the formula (f): the value next to it is what its author saw.
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "v" or "t", IsEmptyElement: false })
            {
                text.Append(WorkbookParts.Text(xml, Path));
            }
        }

        var value = text.ToString();
        return type switch
        {
            _ when value.Length == 0 => "",
            "s" => _parts.SharedText(value),
            "b" => value == "1" ? "true" : "false",
            "str" or "inlineStr" or "e" => WorkbookParts.Unescaped(value),
            "d" => value,
            _ => _parts.Number(value, style),
        };
    }

    /// <summary>The column index of a cell reference; 0 for "A1".</summary>
    private static int? Column(string? name)
    {
        if (name is null)
        {
            return null;
        }

        var column = 0;
        foreach (var letter in name.TakeWhile(char.IsAsciiLetterUpper).Take(4))
        {
            column = column * 26 + (letter - 'A' + 1);
        }

        return column == 0 ? null : column - 1;
    }
}
