using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using HealthEquity.Directory.Rules;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Mappings;
using HealthEquity.Imports.Sources;

namespace HealthEquity.Tests.Formats.Files;

/// <summary>Malicious files: each is refused with a remedy, and needs no more memory than a good one.</summary>
public sealed class HostileFileTests : IDisposable
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>Far more than a refusal needs, and far less than the files would.</summary>
    private const long MaxBytes = 400 * Megabyte;

    private static readonly byte[] Blanks = [.. Enumerable.Repeat((byte)' ', (int)(20 * Megabyte))];

    private static readonly SourceLimits Limits = new() { MaximumBytes = 40 * Megabyte };

    private static readonly Lazy<int> Ordinary = new(() =>
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.csv");
        File.WriteAllText(path, "name\nSun\n");
        var count = Read(path).Entries.Count;
        File.Delete(path);
        return count;
    });

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("healthequity-hostile-");

    [Fact]
    public void A_csv_of_ten_gigabytes_is_refused_immediately()
    {
        var path = In("large.csv");
        File.WriteAllText(path, "name,city\nSun,Miami\n");
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(10L * 1024 * Megabyte);
        }

        Refused(path, "larger than", new SourceLimits(), maxBytes: 8 * Megabyte);
    }

    [Fact]
    public void An_endless_line_is_refused() => Refused(Write("endless.csv", "name,city\n\"" + new string('x', (int)(8 * Megabyte))), "longer than 4 MB");

    [Fact]
    public void A_quote_that_swallows_the_file_is_refused() =>
        Refused(Write("swallowed.csv", "name,city\nSun,\"Miami\n" + string.Concat(Enumerable.Repeat("Moon,Tampa\n", 600_000))), "unclosed quote");

    [Fact]
    public void A_million_columns_are_refused() =>
        Refused(Write("wide.csv", string.Concat(Enumerable.Repeat("a,", 1_000_000)) + "\n1\n"), "more than 1,000 columns");

    [Fact]
    public void A_row_of_a_million_cells_is_refused_with_its_line()
    {
        var faults = Read(Write("ragged.csv", "name,city\nSun,Miami\n" + new string(',', 1_000_000) + "x\nStar,Tampa\n")).Faults;
        Assert.Equal("3", Assert.Single(faults).Row.Place);
    }

    [Theory]
    [InlineData("[", 1_000_000)]
    [InlineData("{\"a\":", 500_000)]
    [InlineData("[{\"name\":\"x\",\"b\":[", 1)]
    public void Deeply_nested_json_is_refused(string opening, int times) =>
        Refused(Write("deep.json", string.Concat(Enumerable.Repeat(opening, times)) + string.Concat(Enumerable.Repeat("[", 200))), "is not JSON");

    [Theory]
    [InlineData("[{\"name\": \"")]
    [InlineData("{\"name\": \"")]
    [InlineData("[\n{\n\"name\":\n\"")]
    public void A_huge_text_in_json_is_refused(string opening) => Refused(Write("huge.json", opening + new string('x', (int)(10 * Megabyte)) + "\"}"), "longer than 4 MB");

    [Fact]
    public void Json_with_a_million_members_is_refused() =>
        Refused(Write("members.json", "[" + string.Join(',', Enumerable.Range(0, 50_000).Select(n => $"{{\"m{n}\": 1}}")) + "]"), "more than 1,000 columns");

    [Fact]
    public void A_zip_that_unpacks_to_a_thousand_times_its_size_is_refused() =>
        Refused(Book(sheet => sheet.Write(Blanks)), "times its size");

    [Fact]
    public void Many_small_parts_that_form_a_bomb_are_refused() => Refused(
        WorkbookFile.Write(In("parts.xlsx"), [.. Enumerable.Range(0, 60).Select(_ => new string(' ', 1_000_000))]), "larger than");

    [Fact]
    public void A_zip_with_too_many_files_is_refused()
    {
        var path = In("many.xlsx");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            for (var i = 0; i < 2_000; i++)
            {
                zip.CreateEntry($"{i}");
            }
        }

        Refused(path, "more than 1,000 files");
    }

    [Fact]
    public void Nested_zips_are_not_unpacked()
    {
        var inner = new byte[] { 1 };
        for (var depth = 0; depth < 20; depth++)
        {
            using var buffer = new MemoryStream();
            using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
            {
                using var entry = zip.CreateEntry("inner.zip").Open();
                entry.Write(inner);
            }

            inner = buffer.ToArray();
        }

        File.WriteAllBytes(In("nested.xlsx"), inner);
        Refused(In("nested.xlsx"), "no visible sheet");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(uint.MaxValue - 1)]
    public void A_part_with_a_false_size_is_counted_while_unpacking(uint said)
    {
        var path = Book(sheet => sheet.Write(Blanks));
        var bytes = File.ReadAllBytes(path);
        // The unpacked size, in each entry of the directory (APPNOTE 4.3.12) and before each part (4.3.7).
        foreach (var (mark, offset) in new[] { ("PK\x01\x02", 24), ("PK\x03\x04", 22) })
        {
            for (var at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(mark)); at >= 0;)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + offset), said);
                var next = bytes.AsSpan(at + 4).IndexOf(Encoding.ASCII.GetBytes(mark));
                at = next < 0 ? -1 : at + 4 + next;
            }
        }

        File.WriteAllBytes(path, bytes);
        Refused(path, "");
    }

    [Fact]
    public void Entries_with_shared_bytes_are_each_counted()
    {
        // Sixty names in the directory refer to one packed megabyte of spaces.
        var path = WorkbookFile.Write(In("shared.xlsx"), [.. Enumerable.Range(0, 60).Select(_ => new string(' ', 1_000_000))]);
        var bytes = File.ReadAllBytes(path);
        uint? first = null;
        for (var at = bytes.AsSpan().IndexOf("PK\x01\x02"u8); at >= 0;)
        {
            var name = Encoding.ASCII.GetString(bytes, at + 46, BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at + 28)));
            if (name.StartsWith("xl/worksheets/", StringComparison.Ordinal))
            {
                first ??= BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 42));
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + 42), first.Value);
            }

            var next = bytes.AsSpan(at + 4).IndexOf("PK\x01\x02"u8);
            at = next < 0 ? -1 : at + 4 + next;
        }

        File.WriteAllBytes(path, bytes);
        Refused(path, "");
    }

    [Theory]
    [InlineData(long.MaxValue, 0L)]
    [InlineData(3L, 0L)]
    [InlineData(-1L, 0L)]
    [InlineData(3L, -1L)]
    public void A_zip64_record_with_a_long_directory_is_refused_before_reading_it(long count, long start)
    {
        // Half a million directory entries, then a contradicting ZIP64 record (4.3.14, 4.3.15, 4.3.16).
        using (var file = File.Create(In("zip64.xlsx")))
        {
            file.Write("PK\x03\x04"u8);
            var entry = new byte[47];
            "PK\x01\x02"u8.CopyTo(entry);
            entry[28] = 1;
            entry[46] = (byte)'a';
            for (var i = 0; i < 500_000; i++)
            {
                file.Write(entry);
            }

            var place = file.Position;
            var record = new byte[56 + 20 + 22];
            "PK\x06\x06"u8.CopyTo(record);
            BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(4), 44);
            BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(24), count);
            BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(32), count);
            BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(48), start);
            "PK\x06\x07"u8.CopyTo(record.AsSpan(56));
            BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(64), place);
            record[72] = 1;
            "PK\x05\x06"u8.CopyTo(record.AsSpan(76));
            BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(86), ushort.MaxValue);
            BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(92), uint.MaxValue);
            file.Write(record);
        }

        Refused(In("zip64.xlsx"), "more than 1,000 files", maxBytes: 8 * Megabyte);
    }

    [Theory]
    [InlineData("../outside.xml")]
    [InlineData("xl/../../outside.xml")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\outside.xml")]
    [InlineData("..\\outside.xml")]
    public void A_path_outside_the_zip_is_refused(string name)
    {
        var path = Book(_ => { });
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            zip.CreateEntry(name);
        }

        Refused(path, "a path outside the archive");
    }

    [Theory]
    [InlineData("<!DOCTYPE lolz [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>")]
    [InlineData("<!DOCTYPE x SYSTEM \"http://127.0.0.1:9/x.dtd\">")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>")]
    public void A_document_type_in_a_part_is_refused_and_nothing_is_fetched(string head) =>
        Refused(WorkbookFile.Write(In("dtd.xlsx"), [WorkbookFile.Row(1, "name", "city")], head: head), "DTD");

    [Theory]
    [InlineData("""<row r="1"><c r="XFD1048576" t="str"><v>x</v></c></row>""")]
    [InlineData("""<row r="1"><c r="ZZZZZZZZZZ1" t="str"><v>x</v></c></row>""")]
    public void A_cell_at_the_far_end_of_a_sheet_is_refused(string row) => Refused(WorkbookFile.Write(In("far.xlsx"), [row]), "more than 1,000 columns");

    [Fact]
    public void The_declared_size_of_a_sheet_is_not_trusted()
    {
        var path = WorkbookFile.Write(
            In("declared.xlsx"),
            ["</sheetData><dimension ref=\"A1:XFD1048576\"/><sheetData>" + WorkbookFile.Row(1, "name", "city") + "<row r=\"1048576\"><c t=\"inlineStr\"><is><t>Sun</t></is></c></row>"]);
        Assert.Equal("Sun", Assert.Single(Read(path).Entries).Entry.Name);
    }

    [Fact]
    public void Too_many_shared_strings_are_refused() => Refused(
        WorkbookFile.Write(In("texts.xlsx"), [WorkbookFile.Row(1, "name", "city")], string.Concat(Enumerable.Repeat("<si><t>a</t></si>", 1_000_000))), "");

    [Fact]
    public void A_long_shared_string_is_counted_in_every_cell()
    {
        var rows = string.Concat(Enumerable.Range(2, 1_000).Select(n => $"""<row r="{n}"><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>"""));
        // Random words, so the ratio alone does not reveal it.
        var text = string.Concat(Enumerable.Range(0, 6_000).Select(n => (n * 7919).ToString("x", null)));
        Refused(WorkbookFile.Write(In("fan.xlsx"), [WorkbookFile.Row(1, "name", "city") + rows], $"<si><t>{text}</t></si>"), "larger than", isSeenAtOnce: false);
    }

    [Theory]
    [InlineData(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 }, "an old or password-protected Excel file. Save it as .xlsx")]
    [InlineData(new byte[] { 0x4D, 0x5A, 0x90, 0x00, 0x03 }, "is not text")]
    [InlineData(new byte[] { 0x50, 0x4B, 0x03, 0x04, 0x14 }, "damaged")]
    [InlineData(new byte[0], "is empty")]
    public void A_file_that_is_not_a_table_is_refused_whatever_its_name(byte[] start, string message)
    {
        File.WriteAllBytes(In("list.csv"), [.. start, .. start.Length == 0 ? [] : Enumerable.Repeat((byte)0x07, 4_000)]);
        Refused(In("list.csv"), message);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Reads the whole file like an import, on this thread.</summary>
    private static (List<SourceEntry> Entries, IReadOnlyList<RowFault> Faults) Read(string path, SourceLimits? limits = null)
    {
        var mapping = MappingReader.Read(
            """
            { "name": "test", "source": { "name": "Test" }, "kind": "organization", "files": [ { "name": "rows" } ],
              "id": { "column": "name" }, "fields": { "name": { "column": "name" } } }
            """);
        var opened = EntrySources.OpenAsync(
            new ImportRequest { Path = path, Mapping = mapping, Limits = limits ?? Limits }, new EntryValidation(VocabularySet.Shipped).Validate, TimeProvider.System, progress: null, TestContext.Current.CancellationToken);
        Assert.True(opened.IsCompleted);
#pragma warning disable xUnit1031 // it is completed, and what it allocates is counted on this thread
        using var source = opened.GetAwaiter().GetResult();
#pragma warning restore xUnit1031
        List<SourceEntry> entries = [.. source.Entries()];
        return (entries, source.TakeFaults());
    }

    private static void Refused(string path, string message, SourceLimits? limits = null, long maxBytes = MaxBytes, bool isSeenAtOnce = true)
    {
        // What the first reader of all sets up once, such as the lists of places, is not the file's doing.
        _ = Ordinary.Value;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Assert.Throws<ImportFileException>(() => Read(path, limits));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.True(allocated < maxBytes, $"{allocated / Megabyte:N0} MB were asked for.");
        if (isSeenAtOnce)
        {
            Assert.Throws<ImportFileException>(() => SourceRecognition.Recognize(path, limits ?? Limits));
        }
    }

    private string Book(Action<Stream> writeSheet)
    {
        var path = WorkbookFile.Write(In("book.xlsx"), [WorkbookFile.Row(1, "name", "city")]);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
        zip.GetEntry("xl/worksheets/sheet1.xml")!.Delete();
        using var sheet = zip.CreateEntry("xl/worksheets/sheet1.xml").Open();
        sheet.Write("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"u8);
        writeSheet(sheet);
        sheet.Write("</sheetData></worksheet>"u8);
        return path;
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(In(name), text);
        return In(name);
    }
}
