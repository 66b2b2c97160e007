using System.Text;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Sources;
using HealthEquity.Tests.Imports.Running;

namespace HealthEquity.Tests.Formats.Files;

/// <summary>Real-world tables: any program, country and encoding.</summary>
public sealed class SourceTableTests : IDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("healthequity-table-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Variants()
    {
        var variants = new TheoryData<string, string, string>();
        foreach (var encoding in new[] { "utf-8", "utf-8 mark", "utf-16", "utf-16 mark", "utf-16BE", "utf-16BE mark", "windows-1252" })
        {
            variants.Add(encoding, ",", "\r\n");
        }

        foreach (var separator in new[] { "\t", ";", "|" })
        {
            variants.Add("utf-8", separator, "\n");
        }

        variants.Add("utf-8", ",", "\r");
        variants.Add("windows-1252", ";", "\r");
        variants.Add("utf-16 mark", "\t", "\n");
        return variants;
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_table_is_read_in_any_encoding_with_any_separator_and_line_ending(string encoding, string separator, string lineEnd)
    {
        string[] lines = [Line("name", "city", "note"), Line("Clínica Señora", "Peñas", "\"two\nlines\""), Line("José’s “Place”", "Coral Gables", $"\"a{separator} b \"\"c\"\"\"")];
        var sample = Sample(Write("table.txt", string.Join(lineEnd, lines) + lineEnd, encoding)).Sample!;

        Assert.Equal(["name", "city", "note"], sample.Columns);
        Assert.Equal([["Clínica Señora", "Peñas", "two\nlines"], ["José’s “Place”", "Coral Gables", $"a{separator} b \"c\""]], sample.Rows);

        string Line(params string[] cells) => string.Join(separator, cells);
    }

    [Fact]
    public void A_file_of_an_old_mac_is_read_in_its_encoding()
    {
        var path = Path.Combine(_folder.FullName, "mac.csv");
        File.WriteAllBytes(path, CodePagesEncodingProvider.Instance.GetEncoding(10000)!.GetBytes("name,city\rCasa’s “Peña”,San José\rCafé,Añasco\r"));
        Assert.Equal([["Casa’s “Peña”", "San José"], ["Café", "Añasco"]], Sample(path).Sample!.Rows);

        File.WriteAllBytes(path, CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes("name,city\rPeña,San José\rCafé,Añasco\r"));
        Assert.Equal([["Peña", "San José"], ["Café", "Añasco"]], Sample(path).Sample!.Rows);
    }

    [Fact]
    public void A_character_across_two_blocks_does_not_change_the_encoding()
    {
        for (var shift = 0; shift < 4; shift++)
        {
            var text = "name,note\n" + new string('a', shift) + string.Concat(Enumerable.Repeat("é語😀", 30_000)) + ",x\n";
            Assert.Contains("UTF-8", Sample(Write($"long{shift}.csv", text, "utf-8")).Description, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("sep=;\nname;city\nSun;Miami\n")]
    [InlineData("name,city\n\n\nSun,Miami\n,\n")]
    [InlineData("name,city\nSun,=\"Miami\"\n")]
    public void Artifacts_of_programs_are_not_part_of_the_table(string text)
    {
        var sample = Sample(Write("table.csv", text, "utf-8")).Sample!;
        Assert.Equal(["name", "city"], sample.Columns);
        Assert.Equal([["Sun", "Miami"]], sample.Rows);
    }

    [Fact]
    public void A_workbook_is_read_as_displayed()
    {
        const string styles = """
            <numFmts><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="[$-409]mmmm\ d\,\ yyyy;@"/><numFmt numFmtId="166" formatCode="00000-0000"/><numFmt numFmtId="167" formatCode="&quot;Day&quot; 0"/></numFmts>
            <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/><xf numFmtId="22"/><xf numFmtId="166"/><xf numFmtId="167"/></cellXfs>
            """;
        const string texts = "<si><t>Name</t></si><si><r><t>Clínica </t></r><r><t>Sol</t></r><rPh><t>spoken</t></rPh></si><si><t>a_x000D_b</t></si>";
        string[] cells =
        [
            """<c r="A4" t="s"><v>1</v></c>""",
            """<c r="B4" s="1"><v>46082</v></c>""",
            """<c r="C4" s="2"><v>6708</v></c>""",
            """<c r="D4" s="3"><v>46082</v></c>""",
            """<c r="E4" s="4"><v>0.354166666666667</v></c>""",
            """<c r="F4" s="5"><v>46082.5</v></c>""",
            """<c r="G4" s="6"><v>67080291</v></c>""",
            """<c r="H4"><v>3055550101</v></c>""",
            """<c r="I4"><v>25.761679999999998</v></c>""",
            """<c r="J4" t="b"><v>1</v></c>""",
            """<c r="K4" t="str"><f>HYPERLINK("http://evil.example","x")</f><v>what was seen</v></c>""",
            """<c r="L4"><f>1+1</f></c>""",
            """<c r="N4" s="7"><v>5</v></c>""",
            """<c r="O4" t="s"><v>2</v></c>""",
        ];
        var path = WorkbookFile.Write(
            In("book.xlsx"),
            ["", WorkbookFile.Row(1, "Our list of 2026") + WorkbookFile.Row(3, Enumerable.Range(1, 15).Select(i => $"c{i}")) + $"""<row r="4">{string.Concat(cells)}</row>"""],
            texts,
            styles);

        var found = Sample(path);

        Assert.Contains("Sheet 2", found.Description, StringComparison.Ordinal);
        Assert.Equal(15, found.Sample!.Columns.Count);
        Assert.Equal(
            ["Clínica Sol", "2026-03-01", "06708", "2026-03-01", "08:30", "2026-03-01T12:00", "06708-0291", "3055550101", "25.76168", "true", "what was seen", "", "", "5", "a\rb"],
            Assert.Single(found.Sample.Rows));
    }

    [Fact]
    public void Dates_of_a_workbook_that_counts_from_1904_are_correct()
    {
        var row = WorkbookFile.Row(1, "day", "name") + """<row r="2"><c s="0"><v>44620</v></c><c t="inlineStr"><is><t>Sun</t></is></c></row>""";
        var path = WorkbookFile.Write(In("old.xlsx"), [row], styles: """<cellXfs><xf numFmtId="14"/></cellXfs>""", from1904: true);
        Assert.Equal([["2026-03-01", "Sun"]], Sample(path).Sample!.Rows);
    }

    [Theory]
    [InlineData("""[{"name": "Sun", "address": {"city": "Miami"}, "languages": ["en", "es"], "phones": [{"number": "1"}, {"number": "2"}], "open": true, "fee": 12.50}, {"name": "Moon", "none": null}]""")]
    [InlineData("""{"total_items": 2, "page": {"no": 1}, "contents": [{"name": "Sun", "address": {"city": "Miami"}, "languages": ["en", "es"], "phones": [{"number": "1"}, {"number": "2"}], "open": true, "fee": 12.50}, {"name": "Moon"}]}""")]
    [InlineData("{\"name\": \"Sun\", \"address\": {\"city\": \"Miami\"}, \"languages\": [\"en\", \"es\"], \"phones\": [{\"number\": \"1\"}, {\"number\": \"2\"}], \"open\": true, \"fee\": 12.50}\n\n{\"name\": \"Moon\"}\n")]
    public void A_list_of_objects_is_a_table(string json)
    {
        foreach (var encoding in new[] { "utf-8", "utf-8 mark", "utf-16 mark" })
        {
            var sample = Sample(Write("list.json", json, encoding)).Sample!;
            Assert.Equal(["name", "address.city", "languages", "phones.1.number", "phones.2.number", "open", "fee"], sample.Columns);
            Assert.Equal([["Sun", "Miami", "en; es", "1", "2", "true", "12.50"], ["Moon", "", "", "", "", "", ""]], sample.Rows);
        }
    }

    [Theory]
    [InlineData("[{\"name\": \"Sun\"},\n\n{\"name\" \"Moon\"}]", "line 3")]
    [InlineData("[{\"name\": \"Sun\"}", "not JSON")]
    [InlineData("[]", "no items")]
    [InlineData("", "is empty")]
    [InlineData("\n\n", "is empty")]
    [InlineData("%PDF-1.7", "a PDF")]
    public void An_unreadable_file_is_reported(string text, string message)
    {
        var fault = Assert.Throws<ImportFileException>(() => Sample(Write("bad", text, "utf-8")));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_row_can_be_corrected_and_imported_in_any_format()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var mapping = desk.Write(
            "ours.json",
            """
            { "name": "ours", "source": { "name": "Ours" }, "kind": "organization", "files": [ { "name": "rows" } ],
              "id": { "column": "id" }, "fields": { "name": { "column": "name" }, "phones": [ { "column": "phone", "as": "phone" } ] } }
            """);
        string[] header = ["id", "name", "phone"];
        string[][] rows = [["1", "Sun", "305-555-0142"], ["2", "Moon", "none"], ["3", "Star", "305-555-0143"]];
        var json = rows.Select(r => $$"""{"id": "{{r[0]}}", "name": "{{r[1]}}", "phone": "{{r[2]}}"}""").ToList();
        var book = WorkbookFile.Write(Path.Combine(desk.Folder, "book.xlsx"), [string.Concat(rows.Prepend(header).Select((r, i) => WorkbookFile.Row(i + 1, r)))]);
        (string Path, string Line)[] files =
        [
            (book, "3"),
            (desk.Write("table.tsv", rows.Prepend(header).Select(r => string.Join('\t', r))), "3"),
            (desk.Write("list.json", $"[{string.Join(',', json)}]"), "/1"),
            (desk.Write("lines.ndjson", json), "line 2"),
        ];

        foreach (var (path, line) in files)
        {
            var summary = await desk.ImportAsync(path, mapping);
            Assert.Equal((3, 1), (summary.Rows, summary.Refused));
            var refused = await File.ReadAllTextAsync(Assert.Single(summary.RefusedFiles), Cancellation);
            Assert.Equal($"2,Moon,none,{Path.GetFileName(path)},{line},phone,none", refused.Split("\r\n")[1][..$"2,Moon,none,{Path.GetFileName(path)},{line},phone,none".Length]);

            var corrected = await desk.ImportAsync(desk.Write("corrected.csv", refused.Replace("Moon,none", "Moon,305-555-0144", StringComparison.Ordinal).TrimEnd()), mapping);
            Assert.Equal((1, 0), (corrected.Rows, corrected.Refused));
        }

        Assert.Equal(3, await desk.CountAsync());
    }

    [Fact]
    public async Task An_unreadable_line_of_nd_json_is_refused_and_the_others_are_loaded()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var mapping = desk.Write(
            "ours.json",
            """
            { "name": "ours", "source": { "name": "Ours" }, "kind": "organization", "files": [ { "name": "rows" } ],
              "id": { "column": "name" }, "fields": { "name": { "column": "name" } } }
            """);
        var summary = await desk.ImportAsync(desk.Write("lines.ndjson", """{"name": "Sun"}""", """{"name": "Moon", """, """{"name": "Star"}"""), mapping);
        Assert.Equal((2, 1), (summary.New, summary.Refused));
        Assert.Contains("line 2", await File.ReadAllTextAsync(Assert.Single(summary.RefusedFiles), Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("samhsa-mental-health")]
    public void A_file_for_a_built_in_mapping_is_recognized(string mapping) =>
        Assert.Equal([mapping], Sample(Write("facilities.csv", $"{ImportDesk.SamhsaHeader}\n{ImportDesk.Facility()}\n", "utf-8")).Mappings);

    public void Dispose() => _folder.Delete(recursive: true);

    private static RecognizedSource Sample(string path) => SourceRecognition.Recognize(path);

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private string Write(string name, string text, string encoding)
    {
        var parts = encoding.Split(' ');
        var chosen = CodePagesEncodingProvider.Instance.GetEncoding(parts[0]) ?? Encoding.GetEncoding(parts[0]);
        byte[] mark = parts.Length > 1 ? chosen.GetPreamble() : [];
        File.WriteAllBytes(In(name), [.. mark, .. chosen.GetBytes(text)]);
        return In(name);
    }
}
