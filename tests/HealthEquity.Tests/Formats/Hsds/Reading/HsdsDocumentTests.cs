using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Sources;
using HealthEquity.Tests.Imports.Running;

namespace HealthEquity.Tests.Formats.Hsds.Reading;

/// <summary>HSDS 3 as JSON, in every format.</summary>
public sealed class HsdsDocumentTests
{
    private const string Service =
        """
        {"id":"s1","name":"Family counseling","status":"active","organization":{"id":"o1","name":"Casa","description":"Casa","phones":[{"id":"p0","number":"305-555-0140"}]},
         "phones":[{"id":"p1","number":"305-555-0142","extension":12,"type":"voice"}],
         "contacts":[{"id":"c1","name":"Jane Roe","phones":[{"id":"p2","number":"305-555-0199"}]}],
         "service_at_locations":[{"id":"sl1","location":{"id":"l1","location_type":"physical","latitude":25.7,"longitude":-80.2,
           "addresses":[{"id":"a1","address_1":"1 Calle Ocho","city":"Miami","state_province":"FL","postal_code":"33130","country":"US","address_type":"physical"}]}}],
         "attributes":[{"id":"at1","taxonomy_term":{"id":"t1","code":"RP-1400","name":"Individual Counseling"}}]}
        """;

    private const string Organization =
        """
        {"id":"o1","name":"Casa","description":"A house","year_incorporated":1998,"legal_status":"Nonprofit",
         "services":[{"id":"s1","name":"Family counseling","status":"active"},{"id":"s2","name":"Citizenship class","status":"active"}]}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Forms => new()
    {
        { "service.json", Service },
        { "list.json", $"[{Service}]" },
        { "page.json", "{\"total_items\":1,\"total_pages\":1,\"page_number\":1,\"size\":1,\"first_page\":true,\"last_page\":true,\"empty\":false,\"contents\":[" + Service + "]}" },
        { "lines.ndjson", Service.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal) },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_service_is_the_same_in_every_format(string name, string text)
    {
        await using var desk = await ImportDesk.OpenAsync();
        var path = desk.Write(name, text);
        Assert.StartsWith("HSDS 3.x as", SourceRecognition.Recognize(path).Description, StringComparison.Ordinal);

        var summary = await ImportAsync(desk, path);

        Assert.Equal((1, 0, 0), (summary.New, summary.Refused, summary.Flawed));
        var entry = await desk.EntryAsync<Provider>("family-counseling-casa");
        Assert.Equal(["+13055550142 12", "+13055550140 "], entry.Phones.Select(p => $"{p.Number} {p.Extension}"));
        Assert.Equal((25.7, "Miami-Dade County"), (Assert.Single(entry.Locations).Latitude, entry.Locations[0].County));
        Assert.DoesNotContain("5550199", EntryJson.Write(entry), StringComparison.Ordinal);
        Assert.Equal(1, (await ImportAsync(desk, path)).Same);
    }

    [Fact]
    public async Task Services_inside_organizations_are_read()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var path = desk.Write("organizations.json", $$"""[{{Organization}},{"id":"o2","name":"Alone","description":"Nothing but an office","legal_status":"Nonprofit"}]""");

        Assert.Equal(3, (await ImportAsync(desk, path)).New);

        Assert.NotNull(await desk.EntryAsync<Provider>("family-counseling-casa"));
        Assert.NotNull(await desk.EntryAsync<Attorney>("citizenship-class-casa"));
        Assert.Equal("Nonprofit", (await desk.EntryAsync<Organization>("alone")).LegalStatus);
    }

    [Fact]
    public async Task A_refused_item_can_be_corrected_and_imported_into_the_same_source()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var path = desk.Write(
            "services.ndjson",
            """{"id":"s1","name":"Good counseling","status":"active"}""",
            """{"id":"s2","name":"Bad counseling","status":"active","service_at_locations":[{"id":"x","location":{"id":"l","addresses":[{"id":"a","city":"Miami","state_province":"FL","postal_code":"10001","country":"US"}]}}]}""",
            """{"id":"s3"}""",
            "{ torn");
        var first = await ImportAsync(desk, path);
        Assert.Equal((1, 3), (first.New, first.Refused));
        var refused = await File.ReadAllTextAsync(Assert.Single(first.RefusedFiles), Cancellation);
        Assert.Contains("line 2,locations[0].postalCode,10001", refused, StringComparison.Ordinal);

        var back = await ImportAsync(desk, desk.Write("services.ndjson.refused.csv", refused.Replace("\"\"10001\"\"", "\"\"33130\"\"", StringComparison.Ordinal)));

        Assert.Equal((1, 0), (back.New, back.Vanished));
        Assert.Equal(2, (await ImportAsync(desk, desk.Write(
            "services.ndjson",
            """{"id":"s1","name":"Good counseling","status":"active"}""",
            """{"id":"s2","name":"Bad counseling","status":"active","service_at_locations":[{"id":"x","location":{"id":"l","addresses":[{"id":"a","city":"Miami","state_province":"FL","postal_code":"33130","country":"US"}]}}]}"""))).Same);
    }

    [Theory]
    [InlineData("\"id\":\"p1\"", "\"is_private\":true,\"id\":\"p1\"", "305-555-0142")]
    [InlineData("\"id\":\"p0\"", "\"display_to_public\":\"No\",\"id\":\"p0\"", "305-555-0140")]
    [InlineData("\"id\":\"a1\"", "\"confidential\":true,\"id\":\"a1\"", "Calle Ocho")]
    [InlineData("\"id\":\"l1\"", "\"address_is_private\":true,\"id\":\"l1\"", "Calle Ocho")]
    [InlineData("\"id\":\"sl1\"", "\"hidden\":\"yes\",\"id\":\"sl1\"", "Calle Ocho")]
    public async Task What_a_document_marks_as_private_is_left_out(string of, string marked, string text)
    {
        await using var desk = await ImportDesk.OpenAsync();
        Assert.Equal((1, 0), await desk.Importer.ImportAsync(Request(desk, desk.Write("open.json", Service)), null, Cancellation) is var open ? (open.New, open.Flawed) : default);
        var path = desk.Write("service.json", Service.Replace(of, marked, StringComparison.Ordinal));
        var summary = await ImportAsync(desk, path);

        Assert.Equal((1, 1), (summary.New, summary.Flawed));
        var entry = EntryJson.Write(await desk.EntryAsync<Provider>("family-counseling-casa-2"));
        Assert.DoesNotContain(text.Replace("-", "", StringComparison.Ordinal), entry, StringComparison.Ordinal);
        Assert.DoesNotContain(text, entry, StringComparison.Ordinal);
        if (text == "Calle Ocho")
        {
            Assert.DoesNotContain("25.7", entry, StringComparison.Ordinal);
        }

        var losses = await desk.Office.DoAsync(s => ImportLosses.ListAsync(s, summary.ImportId, Cancellation));
        Assert.Single(ImportLosses.Marks(losses));
    }

    [Theory]
    [InlineData("\"status\":\"active\"", "\"status\":\"active\",\"exclude_from_website\":true")]
    [InlineData("\"id\":\"o1\"", "\"id\":\"o1\",\"do_not_publish\":\"x\"")]
    [InlineData("\"id\":\"o1\"", "\"id\":\"o1\",\"is_active\":false")]
    public async Task A_document_that_marks_all_of_itself_is_not_imported(string of, string marked)
    {
        await using var desk = await ImportDesk.OpenAsync();
        var summary = await ImportAsync(desk, desk.Write("service.json", Service.Replace(of, marked, StringComparison.Ordinal)));
        Assert.Equal(0, summary.New);
        Assert.Single(ImportLosses.Marks(await desk.Office.DoAsync(s => ImportLosses.ListAsync(s, summary.ImportId, Cancellation))));
    }

    [Theory]
    [InlineData("[{\"name\":\"Sun\",\"phone\":\"305-555-0142\"}]")]
    [InlineData("[{\"id\":\"1\",\"name\":\"Sun\",\"city\":\"Miami\"}]")]
    [InlineData("[{\"id\":\"1\",\"kind\":\"organization\",\"name\":\"Sun\",\"description\":\"x\"}]")]
    public async Task Other_json_is_not_recognized_as_hsds(string text)
    {
        await using var desk = await ImportDesk.OpenAsync();
        Assert.Null(SourceRecognition.Recognize(desk.Write("list.json", text)).Hsds);
    }

    private static Task<ImportSummary> ImportAsync(ImportDesk desk, string path) => desk.Importer.ImportAsync(Request(desk, path), null, Cancellation);

    private static ImportRequest Request(ImportDesk desk, string path) => new() { Path = path, RefusedFolder = desk.Folder };
}
