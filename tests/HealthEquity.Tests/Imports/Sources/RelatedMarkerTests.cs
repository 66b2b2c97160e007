using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Mappings;
using HealthEquity.Imports.Records;
using HealthEquity.Tests.Imports.Running;

namespace HealthEquity.Tests.Imports.Sources;

/// <summary>What the second file of a source says is not for the public.</summary>
public sealed class RelatedMarkerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_of_markers_is_obeyed_in_the_rows_that_it_belongs_to()
    {
        await using var desk = await ImportDesk.OpenAsync();
        desk.Write(
            "agencies.csv", "id,name,street,city,state,phone",
            "1,Sun,1 Main St,Miami,FL,305-555-0141", "2,Moon,2 Main St,Miami,FL,305-555-0142", "3,Star,12 Hidden Lane,Miami,FL,305-555-0143", "4,Sky,4 Main St,Miami,FL,305-555-0144");
        desk.Write("flags.csv", "agency,Do not publish,AddressIsPrivate,PhoneIsPrivate", "1,,No,No", "2,Yes,,", "3,,confidential,", "4,No,No,Yes");

        var losses = await ImportAsync(
            desk,
            """{ "name": "flags", "path": "flags.csv", "column": "agency", "joins": "id" }""",
            """
            [{ "visibility": "public", "address1": { "column": "street" }, "city": { "column": "city" }, "stateProvince": { "column": "state" } }]
            """);

        Assert.Equal(3, await desk.CountAsync());
        Assert.Equal([("1 Main St", Visibility.Public)], await PlacesAsync(desk, "sun"));
        Assert.Equal([("12 Hidden Lane", Visibility.Private)], await PlacesAsync(desk, "star"));
        Assert.Equal([("4 Main St", Visibility.Public)], await PlacesAsync(desk, "sky"));
        Assert.Equal(["+13055550141"], (await desk.EntryAsync<Organization>("sun")).Phones.Select(p => p.Number));
        Assert.Empty((await desk.EntryAsync<Organization>("sky")).Phones);
        Assert.Contains("1 address is marked private.", losses);
        Assert.Contains("1 phone or contact is marked private.", losses);
        Assert.Contains(losses, l => l.Contains("marked not for the public", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_marked_place_of_several_is_private_and_the_others_stay_public()
    {
        await using var desk = await ImportDesk.OpenAsync();
        desk.Write("agencies.csv", "id,name,phone", "1,Sun,305-555-0141", "2,Moon,305-555-0142");
        desk.Write(
            "places.csv", "agency,street,city,state,AddressIsPrivate,Status,Place phone,PhoneIsPrivate",
            "1,12 Hidden Lane,Miami,FL,Yes,Active,305-555-0191,Yes", "1,1 Main St,Miami,FL,No,Active,,", "1,9 Old St,Miami,FL,No,Closed,,", "2,2 Main St,Miami,FL,,Closed,,");

        await ImportAsync(
            desk,
            """{ "name": "places", "path": "places.csv", "column": "agency", "joins": "id" }""",
            """
            [{ "each": "places", "item": { "visibility": "public", "address1": { "column": "street" }, "city": { "column": "city" }, "stateProvince": { "column": "state" } } }]
            """);

        // All of the other's places are closed.
        Assert.Equal(1, await desk.CountAsync());
        Assert.Equal([("1 Main St", Visibility.Public), ("12 Hidden Lane", Visibility.Private)], (await PlacesAsync(desk, "sun")).OrderBy(p => p.Visibility));
        // The mark of the place's phone is not about the agency's.
        Assert.Equal(["+13055550141"], (await desk.EntryAsync<Organization>("sun")).Phones.Select(p => p.Number));
    }

    private static async Task<IReadOnlyList<(string? Street, Visibility Visibility)>> PlacesAsync(ImportDesk desk, string slug) =>
        [.. (await desk.EntryAsync<Organization>(slug)).Locations.Select(l => (l.Address1, l.Visibility))];

    private static async Task<IReadOnlyList<string>> ImportAsync(ImportDesk desk, string file, string locations)
    {
        var mapping = MappingReader.Read(
            $$"""
            {
              "name": "two-files", "source": { "name": "Two files" }, "kind": "organization",
              "files": [{ "name": "agencies", "path": "agencies.csv" }, {{file}}],
              "id": [{ "column": "id" }], "slug": [{ "column": "name" }],
              "fields": {
                "name": { "column": "name" }, "phones": [{ "column": "phone", "as": "phone" }],
                "locations": {{locations}}
              }
            }
            """);
        var summary = await desk.Importer.ImportAsync(desk.Request(desk.Folder, mapping), null, Cancellation);
        return [.. ImportLosses.Marks(await desk.Office.DoAsync(s => ImportLosses.ListAsync(s, summary.ImportId, Cancellation)))];
    }
}
