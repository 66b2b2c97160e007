using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Exports;
using HealthEquity.Imports.Mappings;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Sources;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Exports;
using HealthEquity.Tests.Store.Databases;

namespace HealthEquity.Tests.Imports.Running;

/// <summary>A do-not-list entry does not return on any path.</summary>
public sealed class UnlistedTests
{
    private const string Header = "Id,Name,Street,City,State,Zip,Phone,Mail,License,Npi";

    private const string Asked = "1,Ana Sol,1 Main St,Miami,FL,33130,305-555-0142,ana@example.org,SW1234,1234567893";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory]
    [InlineData("9,Another Name,9 Oak Ave,Tampa,FL,33602,305-555-0142,,,")]
    [InlineData("9,Another Name,9 Oak Ave,Tampa,FL,33602,305-555-0199,ANA@example.org,,")]
    [InlineData("9,Another Name,9 Oak Ave,Tampa,FL,33602,,,sw1234,")]
    [InlineData("9,Another Name,9 Oak Ave,Tampa,FL,33602,,,,1234567893")]
    [InlineData("9,SOL ANA,1 Main Street,Miami,FL,33130,,,,", false)]
    [InlineData("9,Ana Sol,1 Main Street,Miami,FL,33130,,,,")]
    [InlineData("9,Neighbor,1 Main St,Miami,FL,33130,305-555-0150,,,", false)]
    public async Task A_do_not_list_entry_is_recognized_by_phone_email_license_npi_or_name_and_address(string row, bool isRecognized = true)
    {
        await using var desk = await ImportDesk.OpenAsync();
        await UnlistAsync(desk);

        var same = await ImportAsync(desk, "ours", Asked, row);
        var other = await ImportAsync(desk, "theirs", Asked.Replace("1,", "77,", StringComparison.Ordinal), row);

        Assert.Equal(isRecognized ? 0 : 1, same.New);
        Assert.True(other.NotListed >= 1);
        await NobodyIsBackAsync(desk);
    }

    [Fact]
    public async Task The_same_id_is_enough_whatever_else_is_in_the_row()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await UnlistAsync(desk);
        Assert.Equal(1, (await ImportAsync(desk, "ours", "1,Ana Sol,5 New Rd,Tampa,FL,33602,305-555-0199,new@example.org,,")).NotListed);
        await NobodyIsBackAsync(desk);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task An_id_reused_for_a_do_not_list_entry_changes_nothing(Dialect dialect)
    {
        await using var desk = await ImportDesk.OpenAsync(dialect);
        await UnlistAsync(desk);
        await ImportAsync(desk, "theirs", "2,Moon,2 Oak Ave,Tampa,FL,33602,305-555-0160,,,");

        var again = await ImportAsync(desk, "theirs", "2,Ana Sol,2 Oak Ave,Tampa,FL,33602,305-555-0142,,,");

        Assert.Equal((1, 0), (again.NotListed, again.Changed));
        Assert.Equal("Moon", (await desk.EntryAsync<Provider>("moon")).Name);
    }

    [Fact]
    public async Task Rows_grouped_with_a_do_not_list_entry_are_not_imported()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await ImportAsync(desk, "ours", "2,Moon,2 Oak Ave,Tampa,FL,33602,305-555-0160,,,");
        await UnlistAsync(desk);
        var mapping = Mapping("ours") with { Duplicates = MappingReader.Read(WithDuplicates).Duplicates };

        var again = await desk.Importer.ImportAsync(
            desk.Request(desk.Write("both.csv", Header, "2,Moon,2 Oak Ave,Tampa,FL,33602,305-555-0161,,,", "1,Moon,2 Oak Ave,Tampa,FL,33602,305-555-0142,,,"), mapping) with { AllowFewer = true }, null, Cancellation);

        Assert.Equal(1, again.NotListed);
        await NobodyIsBackAsync(desk);
    }

    [Fact]
    public async Task Repeating_an_undone_import_skips_new_do_not_list_entries()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var done = await ImportAsync(desk, "theirs", "2,Ana Sol,2 Oak Ave,Tampa,FL,33602,305-555-0142,,,");
        await desk.Importer.UndoAsync(done.ImportId, null, null, Cancellation);
        var id = await desk.Office.PublishNewAsync(new Provider { Name = "Ana Sol", Phones = [new Phone { Number = "+13055550142" }] });
        await WithdrawAsync(desk, id);

        var again = await ImportAsync(desk, "theirs", "2,Ana Sol,2 Oak Ave,Tampa,FL,33602,305-555-0142,,,");

        Assert.Equal((1, 0, 0), (again.NotListed, again.New, again.Published));
        await NobodyIsBackAsync(desk);
    }

    [Fact]
    public async Task Repeating_an_import_does_not_publish_a_matching_draft()
    {
        await using var desk = await ImportDesk.OpenAsync();
        const string row = "2,Casa,2 Oak Ave,Tampa,FL,33602,305-555-0142,,,";
        await ImportAsync(desk, "theirs", publish: false, row);
        var id = await desk.Office.PublishNewAsync(new Provider { Name = "Ana Sol", Phones = [new Phone { Number = "+13055550142" }] });
        await WithdrawAsync(desk, id);

        var again = await ImportAsync(desk, "theirs", row);

        Assert.Equal(0, again.Published);
        await NobodyIsBackAsync(desk);
    }

    [Fact]
    public async Task An_edit_or_an_old_revision_does_not_make_a_do_not_list_entry_public()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var id = await UnlistAsync(desk);
        var text = await desk.EntryAsync<Provider>("ana-sol");
        await desk.Office.DoAsync(async s => await desk.Office.Entries.SaveAsync(s, id, 1, text with { Phones = [], Emails = [], Licenses = [], Npi = null, Locations = [] }, EditorialOffice.Writer, null, Cancellation));

        Assert.Equal(1, (await ImportAsync(desk, "theirs", "9,Another Name,9 Oak Ave,Tampa,FL,33602,305-555-0142,,,")).NotListed);

        await desk.Office.DoAsync(async s => await desk.Office.Entries.RestoreAsync(s, id, 2, 1, EditorialOffice.Writer, Cancellation));
        await Assert.ThrowsAsync<RefusedException>(() => desk.Office.DoAsync(async s => await desk.Office.Publisher.PublishAsync(s, id, 3, "publish", EditorialOffice.Reviewer, null, Cancellation)));
        await Assert.ThrowsAsync<RefusedException>(() => desk.Office.DoAsync(async s => await desk.Office.Publisher.ResumeAsync(s, id, EditorialOffice.Reviewer, null, Cancellation)));
        await desk.Office.Stores.Duplicates.CatchUpAsync(desk.Office.Database, Cancellation);
        Assert.Equal(1, (await ImportAsync(desk, "others", "9,Another Name,9 Oak Ave,Tampa,FL,33602,,,SW1234,")).NotListed);
        await NobodyIsBackAsync(desk);
    }

    [Fact]
    public async Task Undoing_an_import_keeps_new_do_not_list_entries()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var first = await ImportAsync(desk, "ours", Asked);
        var second = await ImportAsync(desk, "ours", Asked.Replace("0142", "0143", StringComparison.Ordinal));
        await WithdrawAsync(desk, (await desk.RowAsync("ana-sol")).EntryId);

        await desk.Importer.UndoAsync(second.ImportId, null, null, Cancellation);
        await desk.Importer.UndoAsync(first.ImportId, null, null, Cancellation);
        await ImportAsync(desk, "ours", Asked);

        await NobodyIsBackAsync(desk);
    }

    [Theory]
    [InlineData(ExportFormat.NdJson)]
    [InlineData(ExportFormat.Csv)]
    public async Task Our_own_export_does_not_restore_do_not_list_entries_anywhere(ExportFormat format)
    {
        await using var desk = await ImportDesk.OpenAsync();
        await using var empty = await ImportDesk.OpenAsync();
        await ImportAsync(desk, "ours", Asked, "2,Moon,2 Oak Ave,Tampa,FL,33602,305-555-0160,,,");
        await WithdrawAsync(desk, (await desk.RowAsync("ana-sol")).EntryId);
        var path = Path.Combine(desk.Folder, "all");
        await using (var file = File.Create(path))
        {
            await ExportFile.WriteAsync(file, format, ExportView.Editorial, EntryKinds.All, EditorialEntries.AllAsync(desk.Office.Database, null, Cancellation), Cancellation);
        }

        var here = await desk.Importer.ImportAsync(new ImportRequest { Path = path, Publish = true, RefusedFolder = desk.Folder }, null, Cancellation);
        var there = await empty.Importer.ImportAsync(new ImportRequest { Path = path, Publish = true, RefusedFolder = empty.Folder }, null, Cancellation);
        var again = await empty.Importer.ImportAsync(new ImportRequest { Path = path, Publish = true, RefusedFolder = empty.Folder }, null, Cancellation);

        Assert.Equal((1, 1, 1, 1), (here.NotListed, there.NotListed, there.New, again.NotListed));
        Assert.Equal((2, Listing.DoNotList), (await empty.CountAsync(), (await empty.RowAsync("ana-sol")).Listing));
        Assert.Equal(1, (await ImportAsync(empty, "theirs", "9,Another Name,9 Oak Ave,Tampa,FL,33602,305-555-0142,,,")).NotListed);
        await empty.Importer.UndoAsync(there.ImportId, null, null, Cancellation);
        Assert.Equal(Listing.DoNotList, (await empty.RowAsync("ana-sol")).Listing);
        await NobodyIsBackAsync(desk);
        await NobodyIsBackAsync(empty);
    }

    [Fact]
    public async Task Do_not_list_entries_can_not_be_merged()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var asked = await UnlistAsync(desk);
        var other = await desk.Office.PublishNewAsync(new Provider { Name = "Ana Sol" });
        foreach (var (survivor, loser) in new[] { (asked, other), (other, asked) })
        {
            await Assert.ThrowsAsync<RefusedException>(() => desk.Office.DoAsync(
                s => desk.Office.Stores.Merges.MergeAsync(s, new MergeRequest(survivor, 1, loser, 1, new Provider { Name = "Ana Sol" }), EditorialOffice.Writer, Cancellation)));
        }
    }

    private const string WithDuplicates =
        """
        { "name": "x", "source": { "name": "X" }, "kind": "provider", "files": [ { "name": "rows" } ], "id": { "column": "Id" },
          "duplicates": { "column": "Name", "as": "foldName" }, "fields": { "name": { "column": "Name" } } }
        """;

    private static ImportMapping Mapping(string name) => MappingReader.Read(
        $$"""
        { "name": "{{name}}", "source": { "name": "{{name}}" }, "kind": "provider", "files": [ { "name": "rows" } ], "id": { "column": "Id" },
          "fields": {
            "name": { "column": "Name" }, "phones": [ { "column": "Phone", "as": "phone" } ], "emails": [ { "address": { "column": "Mail" } } ], "npi": { "column": "Npi" },
            "licenses": [ { "choose": [ { "when": { "column": "License", "empty": false }, "then": { "type": "clinicalSocialWorker", "number": { "column": "License" }, "state": "FL" } } ] } ],
            "locations": [ { "visibility": "public", "address1": { "column": "Street" }, "city": { "column": "City" }, "stateProvince": { "column": "State" }, "postalCode": { "column": "Zip" } } ] } }
        """);

    private static Task<ImportSummary> ImportAsync(ImportDesk desk, string source, params string[] rows) => ImportAsync(desk, source, publish: true, rows);

    private static async Task<ImportSummary> ImportAsync(ImportDesk desk, string source, bool publish, params string[] rows)
    {
        var done = await desk.Importer.ImportAsync(desk.Request(desk.Write($"{source}.csv", rows.Prepend(Header)), Mapping(source), publish) with { AllowFewer = true }, null, Cancellation);
        Assert.Equal(0, done.Refused);
        return done;
    }

    private static async Task<Guid> UnlistAsync(ImportDesk desk)
    {
        await ImportAsync(desk, "ours", Asked);
        var id = (await desk.RowAsync("ana-sol")).EntryId;
        await WithdrawAsync(desk, id);
        return id;
    }

    private static Task WithdrawAsync(ImportDesk desk, Guid id) => desk.Office.DoAsync(async s =>
        await desk.Office.Publisher.WithdrawAsync(s, id, Listing.DoNotList, EditorialOffice.Writer, "asked", null, Cancellation));

    /// <summary>No public data mentions her.</summary>
    private static async Task NobodyIsBackAsync(ImportDesk desk)
    {
        var shown = string.Join('\n', (await desk.Office.FeedAsync()).Where(p => p.WithdrawnAt is null).Select(p => p.Body));
        Assert.All(["Ana Sol", "3055550142", "ana@example.org", "SW1234", "1234567893"], text => Assert.DoesNotContain(text, shown, StringComparison.OrdinalIgnoreCase));
    }
}
