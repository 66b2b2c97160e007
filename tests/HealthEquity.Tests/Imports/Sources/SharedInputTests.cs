using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Sources;
using HealthEquity.Tests.Imports.Running;
using HealthEquity.Tests.Store.Databases;

namespace HealthEquity.Tests.Imports.Sources;

/// <summary>Inputs cut down from real public files, which may lie beside the checkout.</summary>
public sealed class SharedInputTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_package_that_says_its_terms_in_another_table_and_names_enforcement_agencies()
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
        Assert.Contains(faults, f => f.FileName == "eligibility.csv" && f.Reason.Contains("names nothing", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.FileName == "regular_schedules.csv" && f.Field == "original_text" && f.Loaded);
    }

    [Fact]
    public void An_old_macs_letters_are_read()
    {
        var sample = SourceRecognition.Recognize(Input("e03_macroman_cr.csv")).Sample;
        Assert.Equal(["CASA’s Legal Clinic", "José Martí Café"], sample.Rows.Select(r => r[0]));
    }

    private static string Input(string name)
    {
        var folder = SharedFolder.Find("imports");
        Assert.SkipWhen(folder is null, "the small inputs (shared/imports) are not here");
        return Path.Combine(folder!, name);
    }
}
