using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Columns;
using HealthEquity.Imports.Mappings;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Sources;
using HealthEquity.Tests.Imports.Running;

namespace HealthEquity.Tests.Formats.Files;

/// <summary>Tables made for people: titles, totals, duplicate or missing headings, rows of any length.</summary>
public sealed class UntidyTableTests : IDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("healthequity-untidy-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Our list of clinics\n\nname,city\nSun,Miami\n")]
    [InlineData("Our list of clinics,\nof 2026,\nname,city\nSun,Miami\n")]
    [InlineData("\uFEFFOur list\r\rname;city\rSun;Miami\r")]
    [InlineData("Our list\t\nname\tcity\nSun\tMiami")]
    public void Titles_can_precede_the_header(string text)
    {
        var sample = SourceRecognition.Recognize(Write("titled.csv", text)).Sample;
        Assert.Equal(["name", "city"], sample.Columns);
        Assert.Equal([["Sun", "Miami"]], sample.Rows);
    }

    [Fact]
    public void A_single_column_table_starts_with_its_header() =>
        Assert.Equal(["name"], SourceRecognition.Recognize(Write("one.csv", "name\nSun\nMoon\n")).Sample.Columns);

    [Fact]
    public void Duplicate_and_missing_headings_get_unique_names()
    {
        var sample = SourceRecognition.Recognize(Write("twice.csv", "name,Phone,,phone,Phone (2),\nSun,1,2,3,4,5\n")).Sample;
        Assert.Equal(["name", "Phone", "column 3", "phone (3)", "Phone (2)", "column 6"], sample.Columns);
    }

    [Fact]
    public async Task Columns_with_the_same_name_are_both_read()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var mapping = new ColumnMapping
        {
            Name = "ours",
            Title = "Ours",
            Kind = EntryKind.Organization,
            Columns = [new("Name", "name"), new("Phone", "phones"), new("Phone (2)", "phones")],
        }.ToMapping();
        await desk.Importer.ImportAsync(desk.Request(desk.Write("twice.csv", "Name,Phone,Phone", "Sun,305-555-0142,305-555-0143"), mapping), null, Cancellation);
        Assert.Equal(["+13055550142", "+13055550143"], (await desk.EntryAsync<Organization>("sun")).Phones.Select(p => p.Number));
    }

    [Fact]
    public async Task Totals_are_refused_short_rows_are_complete_and_long_rows_are_reported()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var mapping = new ColumnMapping
        {
            Name = "ours",
            Title = "Ours",
            Kind = EntryKind.Organization,
            Columns = [new("Name", "name"), new("City", null), new("Phone", "phones")],
        }.ToMapping();
        var file = desk.Write("rows.csv", "Name,City,Phone", "Sun", "Total Wellness Center,Miami,305-555-0142", "Moon,Miami,305-555-0143,,,", "Star,Miami,305-555-0144,x", "Total,,3", "Grand Total: 3");

        var done = await desk.Importer.ImportAsync(desk.Request(file, mapping), null, Cancellation);

        Assert.Equal((3, 3), (done.New, done.Refused));
        var refused = await File.ReadAllTextAsync(Assert.Single(done.RefusedFiles), Cancellation);
        Assert.Equal(2, refused.Split("not an entry").Length - 1);
        Assert.Contains("The row has 4 cells, but the header has 3.", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_rows_are_recognized_even_if_the_source_has_the_same_columns()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var read = new ColumnMapping
        {
            Name = "ours",
            Title = "Ours",
            Kind = EntryKind.Organization,
            Columns = [new("Name", "name"), new("Value", "internalNotes"), new("Zip", "locations.1.postalCode"), new("State", "locations.1.stateProvince")],
        }.ToMapping();
        var file = desk.Write("rows.csv", "Name,Value,Zip,State", "Sun,a,33130,FL", "Moon,b,33131,FL", "Star,c,33132,FL", ",d,33133,FL");
        var first = await desk.Importer.ImportAsync(desk.Request(file, read), null, Cancellation);
        var refused = await File.ReadAllTextAsync(Assert.Single(first.RefusedFiles), Cancellation);

        var corrected = await desk.Importer.ImportAsync(desk.Request(desk.Write("corrected.csv", refused.Replace(",d,", "Dawn,d,", StringComparison.Ordinal).TrimEnd()), read), null, Cancellation);

        Assert.Equal((3, 1), (first.New, first.Refused));
        Assert.Equal((1, 0), (corrected.New, corrected.Vanished));
    }

    [Fact]
    public async Task A_file_with_only_a_header_is_an_empty_import()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var done = await desk.ImportAsync(desk.WriteFacilities());
        Assert.Equal((0, 0, 0), (done.Rows, done.New, done.Refused));
    }

    [Fact]
    public void Hidden_and_empty_sheets_are_skipped_and_merged_cells_are_read()
    {
        var path = WorkbookFile.Write(
            Path.Combine(_folder.FullName, "book.xlsx"),
            ["", WorkbookFile.Row(1, "Our list", "") + WorkbookFile.Row(2, "Name", "", "City") + WorkbookFile.Row(3, "Sun", "", "Miami") + "</sheetData><mergeCells><mergeCell ref=\"A2:B2\"/></mergeCells><sheetData>"]);
        var sample = SourceRecognition.Recognize(path).Sample;
        Assert.Equal(["Name", "column 2", "City"], sample.Columns);
        Assert.Equal([["Sun", "", "Miami"]], sample.Rows);
    }

    [Fact]
    public async Task Hours_in_one_column_or_a_column_per_day_become_times_or_a_note()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var mapping = new ColumnMapping
        {
            Name = "ours",
            Title = "Ours",
            Kind = EntryKind.Organization,
            Columns =
            [
                new("Name", "name"), new("State", "locations.1.stateProvince"), new("Zip", "locations.1.postalCode"), new("Street", "locations.1.address1"), new("City", "locations.1.city"),
                new("Hours", "hours"), new("Mon", "hours.monday"), new("Sat", "hours.saturday"), new("More", "hours.note"),
            ],
        };
        var file = desk.Write(
            "rows.csv",
            "Name,State,Zip,Street,City,Hours,Mon,Sat,More",
            "Sun,FL,33130,1 Main St,Miami,M-F 8:30am-5pm; Sat 9-12,,,Closed for lunch",
            "Moon,FL,32501,2 Main St,Pensacola,,9am - 5pm,Closed,",
            "Star,FL,33130,3 Main St,Miami,Mornings,,,Ring twice",
            "Dawn,FL,33130,4 Main St,Miami,,,,Ring once");

        var done = await desk.Importer.ImportAsync(desk.Request(file, MappingReader.Read(mapping.ToDocument())), null, Cancellation);

        Assert.Equal((4, 0, 1), (done.New, done.Refused, done.Flawed));
        var sun = (await desk.EntryAsync<Organization>("sun")).Hours!;
        Assert.Equal(("America/New_York", 6, "Closed for lunch"), (sun.TimeZone, sun.Times.Count, sun.Note));
        var moon = (await desk.EntryAsync<Organization>("moon")).Hours!;
        Assert.Equal(("America/Chicago", DayOfWeek.Monday, new TimeOnly(9, 0)), (moon.TimeZone, Assert.Single(moon.Times).Day, moon.Times[0].Opens));
        Assert.Equal("Mornings; Ring twice", (await desk.EntryAsync<Organization>("star")).Hours!.Note);
        Assert.Equal("Ring once", (await desk.EntryAsync<Organization>("dawn")).Hours!.Note);
        Assert.Contains("can't be read as opening hours", await File.ReadAllTextAsync(Assert.Single(done.RefusedFiles), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_has_the_rate_and_the_remaining_time()
    {
        Assert.Equal("1,500 of 6,000 rows, 250 per second, 18 s left", new ImportProgress(1_500, 6_000, TimeSpan.FromSeconds(6)).ToString());
        Assert.Equal("1,500 of 600,000 rows, 250 per second, 40 min left", new ImportProgress(1_500, 600_000, TimeSpan.FromSeconds(6)).ToString());
        Assert.Equal("6,000 of 6,000 rows, 250 per second", new ImportProgress(6_000, 6_000, TimeSpan.FromSeconds(24)).ToString());
        var since = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var import = new Import { State = ImportState.Applying, RunSince = since, AliveAt = since.AddSeconds(6), Done = 1_500, Total = 6_000 };
        Assert.Equal(TimeSpan.FromSeconds(18), import.Progress!.Value.Remaining);
        Assert.Null((import with { State = ImportState.Applied }).Progress);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
