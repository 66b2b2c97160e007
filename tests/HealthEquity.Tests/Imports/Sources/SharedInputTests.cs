using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Guesses;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Sources;
using HealthEquity.Store.Entries;
using HealthEquity.Tests.Imports.Running;
using HealthEquity.Tests.Store.Databases;

namespace HealthEquity.Tests.Imports.Sources;

/// <summary>Inputs cut down from real public files, which may lie beside the checkout.</summary>
public sealed class SharedInputTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_package_with_terms_in_another_table_and_enforcement_agencies()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var path = Input("e02_hsds11_services_taxonomy");
        var summary = await desk.Importer.ImportAsync(new ImportRequest { Path = path, SourceName = "e02", RefusedFolder = desk.Folder }, null, Cancellation);

        var wellness = await desk.EntryAsync<Provider>("wellness-program-example-care-inc");
        Assert.Equal("First line.\n\nSecond line.", wellness.Description?.Split("\n\nAbout ")[0]);
        Assert.Empty(wellness.Hours!.Times);
        Assert.Equal("3:30pm-6:30pm, Mon, Tue, Thur, Fri; 2:30pm-5:30pm, Wed", wellness.Hours.Note);
        foreach (var slug in new[] { "office-of-the-state-attorney", "example-dept-of-law-enforcement", "nutritional-counseling-example-care-inc" })
        {
            Assert.Contains("toBeSorted", (await desk.EntryAsync<Organization>(slug)).Tags);
        }

        var faults = await desk.Office.DoAsync(s => ImportRefusals.ListAsync(s, summary.ImportId, 0, 100, Cancellation));
        Assert.Contains(faults, f => f.FileName == "eligibility.csv" && f.Reason.Contains("has no owner", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.FileName == "regular_schedules.csv" && f.Field == "original_text" && f.Loaded);
    }

    [Fact]
    public void A_file_of_an_old_mac_is_read()
    {
        var sample = SourceRecognition.Recognize(Input("e03_macroman_cr.csv")).Sample;
        Assert.Equal(["CASA’s Legal Clinic", "José Martí Café"], sample.Rows.Select(r => r[0]));
    }

    [Fact]
    public async Task A_helplines_export_keeps_private_what_it_marks_private()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var summary = await GuessedAsync(desk, "e01_icarol_private.csv");
        Assert.Equal(1, summary.New);
        var house = await AnyAsync(desk, "safe-harbor-house");
        Assert.Equal("SAFE HARBOR HOUSE", house.Name);
        Assert.All(house.Locations, l => Assert.Equal(Visibility.Private, l.Visibility));
        Assert.Equal(["+14155550142"], house.Phones.Select(p => p.Number));
        Assert.NotNull(house.Website);
        Assert.Null(house.Cost);
        Assert.Equal(["es"], house.Languages.Select(l => l.Language));
        var losses = await desk.Office.DoAsync(s => ImportLosses.ListAsync(s, summary.ImportId, Cancellation));
        Assert.Contains("1 row is marked inactive.", ImportLosses.Marks(losses));
    }

    [Fact]
    public async Task An_address_in_one_cell_is_taken_apart_and_no_place_is_lost()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var summary = await GuessedAsync(desk, "e04_address_one_line.csv");
        Assert.Equal((2, 0), (summary.New, summary.Refused));
        var bank = await AnyAsync(desk, "example-bank");
        var place = Assert.Single(bank.Locations);
        Assert.Equal(("CA", "94124"), (place.StateProvince, place.PostalCode));
        Assert.Equal("5000 3rd St. San Francisco", $"{place.Address1} {place.City}".Trim());
        Assert.Equal(12, bank.Cost?.FeeMaximum);
        Assert.NotNull(bank.Hours);
    }

    [Fact]
    public async Task One_dispensable_value_refuses_no_row()
    {
        await using var desk = await ImportDesk.OpenAsync();
        Assert.Equal((1, 0), (await GuessedAsync(desk, "e06_capacity_guess.csv")) is var shelter ? (shelter.New, shelter.Refused) : default);
        Assert.Equal((1, 0), (await GuessedAsync(desk, "e08_two_rows_hours.csv")) is var clinic ? (clinic.New, clinic.Refused) : default);
        Assert.Contains("08:00-12:00", (await AnyAsync(desk, "example-clinic")).Hours!.Note, StringComparison.Ordinal);
        await GuessedAsync(desk, "e15_website_address.csv");
        var legal = await AnyAsync(desk, "example-legal");
        Assert.Equal((null, "http://www.example.org"), (legal.Description, legal.Website));
        Assert.Equal(Visibility.Private, Assert.Single(legal.Locations).Visibility);
    }

    private static async Task<ImportSummary> GuessedAsync(ImportDesk desk, string name)
    {
        var path = Input(name);
        var (mapping, _) = MappingGuess.Of(kind: null, SourceRecognition.Recognize(path).Sample).ToUsable(Path.GetFileNameWithoutExtension(name).Replace('_', '-'), name);
        return await desk.Importer.ImportAsync(desk.Request(path, mapping.ToMapping()), null, Cancellation);
    }

    private static async Task<ServiceEntry> AnyAsync(ImportDesk desk, string slug)
    {
        var row = await desk.RowAsync(slug);
        var revision = await desk.Office.DoAsync(s => EntryStore.ReadRevisionAsync(s, row.EntryId, row.LatestRevision, Cancellation));
        return Assert.IsAssignableFrom<ServiceEntry>(EntryJson.Read(revision.Body));
    }

    private static string Input(string name)
    {
        var folder = SharedFolder.Find("imports");
        Assert.SkipWhen(folder is null, "the small inputs (shared/imports) are not here");
        return Path.Combine(folder!, name);
    }
}
