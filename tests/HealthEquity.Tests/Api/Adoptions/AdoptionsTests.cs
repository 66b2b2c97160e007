namespace HealthEquity.Tests.Api.Adoptions;

public sealed class AdoptionsTests(DirectoryApi api)
{
    [Theory]
    [InlineData("", "Albany, California, Los Angeles Unified School District")]
    [InlineData("state=CA", "California, Los Angeles Unified School District")]
    [InlineData("level=schoolDistrict", "Los Angeles Unified School District")]
    [InlineData("status=adopted&status=proposed", "Albany, Los Angeles Unified School District")]
    [InlineData("provision=no-status", "Albany, Los Angeles Unified School District")]
    [InlineData("policyAction=keep-status-out-of-records", "California")]
    [InlineData("theme=sanctuary&state=NY", "Albany")]
    [InlineData("jurisdiction=los%20angeles", "Los Angeles Unified School District")]
    [InlineData("jurisdiction=06", "California")]
    [InlineData("pageSize=1&page=2", "California")]
    [InlineData("asOf=2017-10-04", "Los Angeles Unified School District")]
    [InlineData("asOf=2017-10-05", "California, Los Angeles Unified School District")]
    [InlineData("asOf=2016-02-08", "")]
    public async Task The_tracker_can_be_filtered(string filter, string jurisdictions)
    {
        var node = await api.SharedAsync();
        var list = await node.GetAsync($"/v1/adoptions?{filter}");
        Assert.Equal(jurisdictions, string.Join(", ", list["items"]!.AsArray().Select(i => (string)i!["jurisdiction"]!["name"]!)));
    }

    [Fact]
    public async Task A_row_has_the_provisions_dates_and_source_of_an_adoption()
    {
        var node = await api.SharedAsync();
        var row = (await node.GetAsync("/v1/adoptions?level=schoolDistrict"))["items"]![0]!;
        Assert.Equal("adopted", (string)row["status"]!);
        Assert.Equal("2016-02-09", (string)row["since"]!);
        Assert.Equal("welcome-resolution", (string)row["policyAction"]!["slug"]!);
        Assert.Equal(["no-agents", "no-status"], row["provisions"]!.AsArray().Select(p => (string)p!["code"]!));
        Assert.NotNull(row["source"]!["name"]);
    }

    [Fact]
    public async Task The_matrix_compares_jurisdictions_by_provision()
    {
        var node = await api.SharedAsync();
        var matrix = await node.GetAsync("/v1/adoptions/matrix?policyAction=welcome-resolution");
        Assert.Equal(["no-agents", "no-status"], matrix["provisions"]!.AsArray().Select(p => (string)p!["provision"]!["code"]!));
        var rows = matrix["jurisdictions"]!.AsArray();
        Assert.Equal(["Albany", "Los Angeles Unified School District"], rows.Select(r => (string)r!["jurisdiction"]!["name"]!));
        Assert.Equal("""[{"column":1,"status":"proposed"}]""", rows[0]!["cells"]!.ToJsonString());
        Assert.Equal([0, 1], rows[1]!["cells"]!.AsArray().Select(c => (int)c!["column"]!));
    }
}
