using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Records;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;

namespace HealthEquity.Tests.Admin.Pages.Imports;

/// <summary>Importing HSDS data in the console, from a file or an API, without a mapping.</summary>
public sealed class ImportStandardTests(SharedConsole console) : IClassFixture<SharedConsole>
{
    private const string Services =
        """
        [{ "id": "9f2e8f5e-7d0f-4a63-9a1e-000000000001", "name": "Counseling for newcomers", "status": "active", "organization": { "id": "9f2e8f5e-7d0f-4a63-9a1e-000000000002", "name": "Casa Amparo" } },
         { "id": "9f2e8f5e-7d0f-4a63-9a1e-000000000003", "name": "Old service", "status": "defunct" }]
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HSDS_services_become_entries_of_the_chosen_kind()
    {
        var host = await console.BeginAsync();
        var curator = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var id = await curator.UploadAsync("county.json", Services);
        Assert.Contains("Human Services Data Specification (HSDS", await curator.ReadAsync($"/imports/{id}/columns"), StringComparison.Ordinal);

        await curator.SubmitAsync($"/imports/{id}/columns", "Plan", ("sourceName", "county-211"), ("sourceTitle", "The county's 211"), ("kind", "provider"));
        var planned = await host.WaitAsync(id, ImportState.Planned);
        Assert.Equal(("county-211", 1, 1), (planned.Source, planned.RowsNew, planned.RowsRefused));
        Assert.Contains("defunct", await curator.ReadAsync($"/imports/{id}/refused"), StringComparison.Ordinal);

        await curator.PressAsync(host, id, "Apply", ImportState.Applied);
        var made = Assert.Single(await host.Database.TransactAsync(
            s => EntryFinder.FindAsync(s, new EntryFilter { Kind = EntryKind.Provider }, new EntryOrder(EntrySort.Name, false), 0, 2, Cancellation), Cancellation));
        Assert.StartsWith("Counseling for newcomers", made.Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/hsds", "private network")]
    [InlineData("file:///etc/passwd", "starts with https://")]
    [InlineData("https://user:secret@hsds.example.org/", "a user name, password")]
    public async Task A_nonpublic_address_is_refused_and_stays_in_the_field(string address, string why)
    {
        var host = await console.BeginAsync();
        var curator = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var answer = await (await curator.SubmitAsync("/imports", "Address", ("Address", address))).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains(why, answer, StringComparison.Ordinal);
        Assert.Contains($"value=\"{address}\"", answer, StringComparison.Ordinal);
    }
}
