using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Sources;
using HealthEquity.Tests.Imports.Running;

namespace HealthEquity.Tests.Formats.Hsds.Reading;

/// <summary>Packages of others that contradict themselves, or name what must not be taken for help.</summary>
public sealed class HsdsDoubtTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enforcement_agencies_and_other_counseling_become_organizations_to_be_reviewed()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var path = Package(
            desk,
            ("organizations.csv", ["id,name,website", "o1,Sun Care,", "o2,Field Office,https://www.ice.gov/miami"]),
            ("services.csv", ["id,organization_id,name", "s1,o1,Immigration and Customs Enforcement tip line", "s2,o1,Foreclosure counseling", "s3,o2,Immigration help", "s4,o1,Wellness"]),
            ("services_taxonomy.csv", ["id,service_id,taxonomy_id", "t1,s4,RP-1400", "t2,s1,FT-3600"]),
            ("taxonomy.csv", ["id,name,vocabulary", "RP-1400,Counseling,AIRS", "FT-3600,Immigration law,AIRS"]));

        await ImportAsync(desk, path);

        foreach (var slug in new[] { "immigration-and-customs-enforcement-tip-line-sun-care", "foreclosure-counseling-sun-care", "immigration-help-field-office" })
        {
            Assert.Equal(["imported", "toBeSorted"], (await desk.EntryAsync<Organization>(slug)).Tags);
        }

        Assert.Equal(["imported"], (await desk.EntryAsync<Provider>("wellness-sun-care")).Tags);
    }

    [Fact]
    public async Task A_court_does_not_become_an_attorney_on_request()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var path = Package(desk, ("organizations.csv", ["id,name", "o1,Sun"]), ("services.csv", ["id,organization_id,name", "s1,o1,Example Immigration Court", "s2,o1,Papers"]));

        await ImportAsync(desk, path, EntryKind.Attorney);

        await desk.EntryAsync<Organization>("example-immigration-court-sun");
        await desk.EntryAsync<Attorney>("papers-sun");
    }

    [Fact]
    public async Task Texts_have_real_line_breaks_and_are_not_repeated()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var path = Package(
            desk,
            ("organizations.csv", ["id,name,description", "o1,Sun,One.\\nTwo. ###TUE###"]),
            ("services.csv", ["id,organization_id,name,description", "s1,o1,Grief therapy,One.\\nTwo. ###TUE###"]),
            ("locations.csv", ["id,organization_id,name,description,latitude,longitude", "l1,o1,Hall,One.\\nTwo.,25.76,-80.19"]));

        await ImportAsync(desk, path);

        Assert.Equal("One.\nTwo.", (await desk.EntryAsync<Provider>("grief-therapy-sun")).Description);
    }

    [Fact]
    public async Task Times_that_contradict_their_text_become_a_note_and_the_row_is_listed()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var path = Package(
            desk,
            ("organizations.csv", ["id,name", "o1,Sun"]),
            ("services.csv", ["id,organization_id,name", "s1,o1,Grief therapy", "s2,o1,Trauma therapy"]),
            ("regular_schedules.csv",
            [
                "id,service_id,weekday,opens_at,closes_at,original_text", "h1,s1,Monday,9am,5pm,Mon 10am-5pm", "h2,s2,Monday,9am,5pm,Mon-Tue 9am-5pm", "h3,s2,Tuesday,9am,5pm,Mon-Tue 9am-5pm",
            ]),
            ("service_areas.csv", ["id,service_id,service_area", "a1,s2,Florida"]));

        var summary = await ImportAsync(desk, path);

        Assert.Equal(("Mon 10am-5pm", 0), ((await desk.EntryAsync<Provider>("grief-therapy-sun")).Hours!.Note, (await desk.EntryAsync<Provider>("grief-therapy-sun")).Hours!.Times.Count));
        Assert.Equal(2, (await desk.EntryAsync<Provider>("trauma-therapy-sun")).Hours!.Times.Count);
        Assert.Contains(await FaultsAsync(desk, summary), f => f is { FileName: "regular_schedules.csv", Field: "original_text", Loaded: true });
    }

    [Theory]
    [InlineData("eligibility.csv", "id,service_id,eligibility", "e1,,Adults only")]
    [InlineData("phones.csv", "id,service_id,location_id,organization_id,number", "p1,,,,305-555-0142")]
    [InlineData("services_taxonomy.csv", "id,service_id,taxonomy_id", "t1,,RP-1400")]
    [InlineData("physical_addresses.csv", "id,location_id,address_1,city", "a1,,1 Main St,Miami")]
    public async Task Rows_without_an_owner_are_reported(string file, string head, string row)
    {
        await using var desk = await ImportDesk.OpenAsync();
        var summary = await ImportAsync(desk, Package(desk, ("organizations.csv", ["id,name", "o1,Sun"]), ("services.csv", ["id,organization_id,name", "s1,o1,Help"]), (file, [head, row])));
        Assert.Contains(await FaultsAsync(desk, summary), f => f.FileName == file && f.Reason.Contains("has no owner", StringComparison.Ordinal));
    }

    private static Task<IReadOnlyList<ImportRefusal>> FaultsAsync(ImportDesk desk, ImportSummary summary) =>
        desk.Office.DoAsync(s => ImportRefusals.ListAsync(s, summary.ImportId, 0, 100, Cancellation));

    private static Task<ImportSummary> ImportAsync(ImportDesk desk, string path, EntryKind? kind = null) =>
        desk.Importer.ImportAsync(new ImportRequest { Path = path, RefusedFolder = desk.Folder, SourceName = "others", Kind = kind }, null, Cancellation);

    private static string Package(ImportDesk desk, params (string File, string[] Lines)[] tables)
    {
        foreach (var (file, lines) in tables)
        {
            desk.Write(Path.Combine("package", file), lines);
        }

        return Path.Combine(desk.Folder, "package");
    }
}
