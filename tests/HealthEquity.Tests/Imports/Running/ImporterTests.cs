using CsvHelper;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Refusals;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Tests.Store.Databases;

namespace HealthEquity.Tests.Imports.Running;

/// <summary>What happens to the directory when a source is imported repeatedly.</summary>
public sealed class ImporterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_file_becomes_published_entries_and_loading_it_again_changes_nothing(Dialect dialect)
    {
        await using var desk = await ImportDesk.OpenAsync(dialect);
        var file = desk.WriteFacilities(ImportDesk.Facility(), ImportDesk.Facility(name1: "Moon Clinic", phone: "203-573-6500"));

        var first = await desk.ImportAsync(file);
        var second = await desk.ImportAsync(file);

        Assert.Equal((2, 2, 0, 2, 0), (first.Rows, first.New, first.Same, first.Published, first.Refused));
        Assert.Equal((2, 0, 2, 0, 0), (second.Rows, second.New, second.Same, second.Published, second.Refused));
        Assert.Equal([1L, 2L], (await desk.Office.FeedAsync()).Select(p => p.Sequence));
        var row = await desk.RowAsync("sun-clinic-waterbury-ct");
        Assert.Equal((Listing.Published, 1, null), (row.Listing, row.LatestRevision, row.AssuredOn));
        Assert.Empty(System.IO.Directory.GetFiles(desk.Folder, "*.refused.csv"));
    }

    [Fact]
    public async Task The_pitfalls_of_the_facilities_file_are_handled()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var file = desk.WriteFacilities(ImportDesk.Facility(
            name1: "Saint \"\"Mary\"\"", name2: "Outpatient\nServices", zip4: "291", intake1: "860-276-3000 x301", intake2: "203-805-5301", website: "http://"));

        await desk.ImportAsync(file);

        var entry = await desk.EntryAsync<Provider>("saint-mary-outpatient-services-waterbury-ct");
        Assert.Equal("Saint \"Mary\", Outpatient Services", entry.Name);
        Assert.Null(entry.Website);
        Assert.Equal("clinic", entry.ProviderType);
        Assert.Equal(
            [("+18602763000", null, null), ("+18602763000", "301", "intake"), ("+12038055301", null, "intake")],
            entry.Phones.Select(p => (p.Number, p.Extension, p.Label)));
        var place = Assert.Single(entry.Locations);
        Assert.Equal(("06708-0291", "New Haven County", 41.5613412), (place.PostalCode, place.County, place.Latitude));
        Assert.Equal("SAMHSA Behavioral Health Treatment Services Locator", Assert.Single(entry.Sources).Name);
        // The summary is the mapping's own sentence, so it comes in Spanish too.
        Assert.Equal(("es", "Centro de tratamiento de salud mental en Waterbury, CT.", "machine"), Assert.Single(entry.Translations) is var spanish ? (spanish.Language, spanish.Summary, spanish.Provenance) : default);
    }

    [Fact]
    public async Task Rows_with_the_same_name_street_and_zip_are_one_entry_with_all_phones()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var file = desk.WriteFacilities(
            ImportDesk.Facility(street2: "Suite 100"),
            ImportDesk.Facility(name1: "Moon Clinic"),
            ImportDesk.Facility(name1: "SUN CLINIC", street1: "60 Westwood Ave.", street2: "Suite 200", zip: "06708", intake1: "855-659-2706"));

        var summary = await desk.ImportAsync(file);

        Assert.Equal((3, 2, 1), (summary.Rows, summary.New, summary.Merged));
        var entry = await desk.EntryAsync<Provider>("sun-clinic-waterbury-ct");
        Assert.Equal(["+18602763000", "+18556592706"], entry.Phones.Select(p => p.Number));
        Assert.Equal(["Suite 100", "Suite 200"], entry.Locations.Select(l => l.Address2));
    }

    [Fact]
    public async Task A_refused_row_is_written_with_line_reason_and_remedy_and_the_others_are_loaded()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var file = desk.WriteFacilities(
            ImportDesk.Facility(name2: "Two\nlines"),
            ImportDesk.Facility(name1: "Moon Clinic", latitude: "north"),
            ImportDesk.Facility(name1: "Star Clinic", zip: "33130"),
            ImportDesk.Facility(name1: "Dawn Clinic"));

        var summary = await desk.ImportAsync(file);

        Assert.Equal((2, 2), (summary.New, summary.Refused));
        var path = Path.Combine(desk.Folder, "facilities.csv.refused.csv");
        Assert.Equal([path], summary.RefusedFiles);
        using var refused = CsvReader.FromFile(path, new CsvReaderOptions { Separator = ',' }, FileOptions.None);
        Assert.True(refused.Read());
        Assert.Equal(["Moon Clinic", "facilities.csv", "4", "latitude", "north"], Cells(refused));
        Assert.Contains("decimal point", refused.GetString("remedy"), StringComparison.Ordinal);
        Assert.True(refused.Read());
        Assert.Equal(["Star Clinic", "facilities.csv", "5", "locations[0].postalCode", "33130"], Cells(refused));
        Assert.Equal("Correct the ZIP code or the state.", refused.GetString("remedy"));
        Assert.False(refused.Read());

        var corrected = desk.Write("corrected.csv", (await File.ReadAllTextAsync(path, Cancellation)).Replace(",north,", ",41.5613412,", StringComparison.Ordinal).TrimEnd().Split("\r\n"));
        Assert.Equal((1, 1), ((await desk.ImportAsync(corrected)).New, (await desk.ImportAsync(corrected)).Same));

        static string[] Cells(CsvReader row) => [row.GetString("name1"), row.GetString("file"), row.GetString("line"), row.GetString("field"), row.GetString("value")];
    }

    [Fact]
    public async Task A_refused_row_is_safe_in_a_spreadsheet_and_is_read_back_unchanged()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var summary = await desk.ImportAsync(desk.WriteFacilities(
            ImportDesk.Facility(name1: "=HYPERLINK(\"\"https://evil.example\"\")", street1: "+1 Oak Ave", street2: "'-Suite", county: "New Haven", phone: "@12", latitude: "north")));

        var path = Assert.Single(summary.RefusedFiles);
        var written = await File.ReadAllTextAsync(path, Cancellation);
        using (var refused = CsvReader.FromFile(path, new CsvReaderOptions { Separator = ',' }, FileOptions.None))
        {
            Assert.True(refused.Read());
            Assert.All(["name1", "street1", "phone", "value", "street2"], column => Assert.StartsWith("'", refused.GetString(column), StringComparison.Ordinal));
            Assert.Equal("-73.0638482", refused.GetString("longitude"));
        }

        await using var session = await desk.Office.Database.OpenAsync(Cancellation);
        using var kept = new MemoryStream();
        await RefusedFile.WriteAsync(session, summary.ImportId, Assert.Single(await ImportRefusals.FilesAsync(session, summary.ImportId, Cancellation)), kept, Cancellation);
        Assert.Equal(written.Trim('\uFEFF'), System.Text.Encoding.UTF8.GetString(kept.ToArray()).Trim('\uFEFF'));

        await desk.ImportAsync(desk.Write("corrected.csv", written.Replace("'@12,,", "203-573-6500,,", StringComparison.Ordinal).Replace(",north,", ",41.5613412,", StringComparison.Ordinal).TrimEnd().Split("\r\n")));
        var entry = await desk.EntryAsync<Provider>("hyperlink-https-evil-example-waterbury-ct");
        Assert.Equal(("=HYPERLINK(\"https://evil.example\")", "+1 Oak Ave"), (entry.Name, entry.Locations[0].Address1));
    }

    [Fact]
    public async Task A_correction_without_a_file_column_is_read_too()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await desk.ImportAsync(desk.WriteFacilities(ImportDesk.Facility(name1: "Moon Clinic")));
        var old = desk.Write("old.csv", ImportDesk.SamhsaHeader + ",line,field,value,reason,remedy", ImportDesk.Facility() + ",2,phone,12,Why,What");

        var done = await desk.ImportAsync(old);

        Assert.Equal((1, 0), (done.New, done.Vanished));
    }

    [Fact]
    public async Task A_bad_phone_or_website_costs_the_value_and_the_plan_names_it()
    {
        await using var desk = await ImportDesk.OpenAsync();

        var plan = await desk.PlanAsync(desk.WriteFacilities(
            ImportDesk.Facility(phone: "7274-821-0726", website: "https://sun.example.org"), ImportDesk.Facility(name1: "Moon Clinic", website: "http://call us first")));
        var losses = await desk.Office.DoAsync(s => ImportLosses.ListAsync(s, plan.ImportId, Cancellation));
        await desk.Importer.ApplyAsync(plan.ImportId, new ImportChoice { Publish = true }, null, null, Cancellation);

        Assert.Equal((2, 0, 2), (plan.New, plan.Refused, plan.Flawed));
        Assert.Equal(
            [("phone", "… is not a US phone number.", true, 1), ("website", "… is not a web address.", true, 1)],
            losses.Select(l => (l.Field, l.Reason, l.Loaded, l.Times)));
        var (sun, moon) = (await desk.EntryAsync<Provider>("sun-clinic-waterbury-ct"), await desk.EntryAsync<Provider>("moon-clinic-waterbury-ct"));
        Assert.Equal((0, "https://sun.example.org"), (sun.Phones.Count, sun.Website));
        Assert.Equal(("+18602763000", null), (Assert.Single(moon.Phones).Number, moon.Website));
    }

    [Fact]
    public async Task One_bad_intake_number_is_reported_and_the_facility_is_loaded_without_it()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var file = desk.WriteFacilities(ImportDesk.Facility(intake1: "7274-821-0726", intake2: "203-805-5301"));

        var summary = await desk.ImportAsync(file);

        Assert.Equal((1, 0, 1), (summary.New, summary.Refused, summary.Flawed));
        Assert.Equal(["+18602763000", "+12038055301"], (await desk.EntryAsync<Provider>("sun-clinic-waterbury-ct")).Phones.Select(p => p.Number));
        var path = Assert.Single(summary.RefusedFiles);
        using var refused = CsvReader.FromFile(path, new CsvReaderOptions { Separator = ',' }, FileOptions.None);
        Assert.True(refused.Read());
        Assert.Equal("intake1", refused.GetString("field"));
        Assert.Contains("loaded without this value", refused.GetString("reason"), StringComparison.Ordinal);

        var corrected = desk.Write("corrected.csv", (await File.ReadAllTextAsync(path, Cancellation)).Replace(",7274-821-0726,203", ",727-821-0726,203", StringComparison.Ordinal).TrimEnd().Split("\r\n"));
        Assert.Equal((1, 0), ((await desk.ImportAsync(corrected)).Changed, (await desk.ImportAsync(corrected)).Flawed));
        Assert.Equal(3, (await desk.EntryAsync<Provider>("sun-clinic-waterbury-ct")).Phones.Count);
    }

    [Fact]
    public async Task New_source_data_becomes_a_revision_unless_a_curator_edited_the_entry()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await desk.ImportAsync(desk.WriteFacilities(ImportDesk.Facility(), ImportDesk.Facility(name1: "Moon Clinic")));
        var moon = await desk.RowAsync("moon-clinic-waterbury-ct");
        await desk.Office.DoAsync(async s => await desk.Office.Entries.SaveAsync(
            s, moon.EntryId, 1, EditorialOffice.Provider("Moon Clinic by hand"), EditorialOffice.Writer, null, Cancellation));

        var file = desk.WriteFacilities(ImportDesk.Facility(phone: "203-573-6500"), ImportDesk.Facility(name1: "Moon Clinic", phone: "203-573-6500"));
        var summary = await desk.ImportAsync(file);
        var again = await desk.ImportAsync(file);

        Assert.Equal((1, 1, 1), (summary.Changed, summary.Conflicting, summary.Published));
        // The conflict waits for a person. The file is unchanged.
        Assert.Equal((0, 0, 2), (again.Changed, again.Conflicting, again.Same));
        Assert.Equal((2, 2), ((await desk.RowAsync("sun-clinic-waterbury-ct")).LatestRevision, (await desk.RowAsync("sun-clinic-waterbury-ct")).PublishedRevision));
        Assert.Equal("Moon Clinic by hand", (await desk.EntryAsync<Provider>("moon-clinic-waterbury-ct")).Name);
    }

    [Fact]
    public async Task A_do_not_list_entry_never_returns_even_with_another_name_but_a_neighbor_can_be_listed()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await desk.ImportAsync(desk.WriteFacilities(ImportDesk.Facility()));
        var row = await desk.RowAsync("sun-clinic-waterbury-ct");
        await desk.Office.DoAsync(async s => await desk.Office.Publisher.WithdrawAsync(
            s, row.EntryId, Listing.DoNotList, EditorialOffice.Writer, "asked", null, Cancellation));

        var summary = await desk.ImportAsync(desk.WriteFacilities(
            ImportDesk.Facility(phone: "203-573-6500"),
            ImportDesk.Facility(name1: "Sunrise", street1: "1 Other Road"),
            ImportDesk.Facility(name1: "Sundown", phone: "203-805-5301"),
            ImportDesk.Facility(name1: "Stranger", street1: "2 Other Road", phone: "203-805-5302")));

        Assert.Equal((2, 2), (summary.NotListed, summary.New));
        Assert.Equal(3, await desk.CountAsync());
        Assert.Equal(Listing.DoNotList, (await desk.RowAsync("sun-clinic-waterbury-ct")).Listing);
    }

    [Fact]
    public async Task An_entry_unpublished_by_a_curator_stays_unpublished()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await desk.ImportAsync(desk.WriteFacilities(ImportDesk.Facility()));
        var row = await desk.RowAsync("sun-clinic-waterbury-ct");
        await desk.Office.DoAsync(async s => await desk.Office.Publisher.WithdrawAsync(
            s, row.EntryId, Listing.Suspended, EditorialOffice.Writer, "moved", null, Cancellation));

        var summary = await desk.ImportAsync(desk.WriteFacilities(ImportDesk.Facility(phone: "203-573-6500")));

        Assert.Equal((1, 0), (summary.Changed, summary.Published));
        Assert.Equal(Listing.Suspended, (await desk.RowAsync("sun-clinic-waterbury-ct")).Listing);
    }

    [Fact]
    public async Task Without_publish_entries_are_drafts_and_publish_later_makes_them_public()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var file = desk.WriteFacilities(ImportDesk.Facility());

        Assert.Equal((1, 0), await CountsAsync(publish: false));
        Assert.Equal(Listing.Unpublished, (await desk.RowAsync("sun-clinic-waterbury-ct")).Listing);
        Assert.Equal((0, 1), await CountsAsync(publish: true));
        Assert.Equal((0, 0), await CountsAsync(publish: true));

        async Task<(int New, int Published)> CountsAsync(bool publish)
        {
            var summary = await desk.ImportAsync(file, publish: publish);
            return (summary.New, summary.Published);
        }
    }

    [Fact]
    public async Task An_import_is_in_the_audit_log_once_and_the_log_is_intact()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await desk.ImportAsync(desk.WriteFacilities(ImportDesk.Facility()));
        Assert.Equal(new AuditCheck(null, 0), await desk.Office.DoAsync(s => AuditLog.CheckAsync(s, Cancellation)));
    }

    [Fact]
    public async Task A_file_with_other_columns_is_refused_before_anything_is_written()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var file = desk.Write("other.csv", "name,phone", "Sun,1");
        var fault = await Assert.ThrowsAsync<ImportFileException>(() => desk.ImportAsync(file));
        Assert.Contains("'name1'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'name'", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, await desk.CountAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("missing.csv")]
    public async Task A_missing_file_is_reported(string name)
    {
        await using var desk = await ImportDesk.OpenAsync();
        var fault = await Assert.ThrowsAsync<ImportFileException>(() => desk.ImportAsync(Path.Combine(desk.Folder, name)));
        Assert.Contains(desk.Folder, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_is_not_part_of_the_first_column()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var file = desk.Write("marked.csv", $"\uFEFF{ImportDesk.SamhsaHeader}", ImportDesk.Facility());
        Assert.Equal((1, 0), ((await desk.ImportAsync(file)).New, (await desk.ImportAsync(file)).Refused));
    }

    [Fact]
    public async Task An_unclosed_quote_is_reported_with_its_line()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var file = desk.WriteFacilities(ImportDesk.Facility(), "2,\"Moon Clinic,never closed", ImportDesk.Facility(name1: "Dawn Clinic"));

        var summary = await desk.ImportAsync(file);

        Assert.Equal((1, 1), (summary.New, summary.Refused));
        var refused = await File.ReadAllTextAsync(Assert.Single(summary.RefusedFiles), Cancellation);
        Assert.Contains("The row has an unclosed quote", refused, StringComparison.Ordinal);
    }
}
