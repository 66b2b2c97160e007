using HealthEquity.Store.Databases;

namespace HealthEquity.Tests.Api.Feed;

/// <summary>
/// Bodies that no validator of this version would accept: written by an older or newer version, or by hand. Each is left out or served, but none
/// takes an address away from all readers.
/// </summary>
public sealed class StoredBodyTests(DirectoryApi api)
{
    private static readonly (string Address, string Text)[] Addresses =
    [
        ("/en/find?q=trauma", "Clínica del Sol"), ("/en/providers/clinica-del-sol", "Clínica del Sol"), ("/hsds/services?full=true", "total_items"), ("/v1/feed.atom", "Clínica del Sol"),
        ("/v1/events.ics", "Rights workshop"), ("/v1/adoptions", "welcome-resolution"), ("/en/policy", "welcome-resolution"), ("/en/print?q=trauma", "Clínica del Sol"), ("/v1/exports/directory.csv", "Clínica del Sol"),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"tags\":", "\"newer\":{\"a\":[1]},\"tags\":")]
    [InlineData("\"language\":\"en\"", "\"language\":\"<&\\\"\"")]
    [InlineData("\"slug\":", "\"formerSlugs\":[null],\"slug\":")]
    public async Task Odd_members_stop_no_address(string of, string odd)
    {
        var node = await api.OpenAsync(async n =>
        {
            await SampleDirectory.FillAsync(n);
            Assert.True(await n.EditAsync(s => s.ExecuteAsync(
                new Sql("Test.Odd", "UPDATE Published SET Body = replace(Body, @of, @odd) WHERE instr(Body, @of) > 0"), new { of, odd }, Cancellation)) > 1);
        });
        foreach (var (address, text) in Addresses)
        {
            var response = await node.Client.GetAsync(address, Cancellation);
            Assert.True(response.IsSuccessStatusCode, $"{address}: {response.StatusCode}");
            Assert.Contains(text, await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
    }
}
