using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HealthEquity.Api.Exports;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Exports;
using HealthEquity.Tests.Formats.Exports;

namespace HealthEquity.Tests.Api.Exports;

public sealed class ExportTests(DirectoryApi api)
{
    public static TheoryData<string> Files => [.. DirectoryExports.Files];

    [Theory]
    [InlineData("sort=name")]
    [InlineData("kind=provider&lang=es")]
    [InlineData("kind=event&kind=material&q=rights")]
    [InlineData("near=33101&radius=60&unit=km&sort=distance")]
    [InlineData("specialty=trauma&specialty=war&language=en")]
    [InlineData("openNow=true")]
    [InlineData("specialty=trauma&modality=group")]
    public async Task A_file_has_the_results_of_the_search_in_order(string filter)
    {
        var node = await api.SharedAsync();
        var found = (await node.GetAsync($"/v1/search?{filter}&pageSize=100"))["items"]!.AsArray().Select(Undistanced).ToList();

        Assert.Equal(found, JsonNode.Parse(await node.Client.GetByteArrayAsync($"/v1/exports/directory.json?{filter}"))!.AsArray().Select(Undistanced));
        foreach (var format in new[] { ExportFormat.Csv, ExportFormat.Xlsx, ExportFormat.NdJson, ExportFormat.Json })
        {
            var file = ExportedFiles.Read(format, await node.Client.GetByteArrayAsync($"/v1/exports/directory.{format.Extension()}?{filter}"));
            Assert.Equal(found.Select(Read).Select(Text), file.Select(Text));
        }

        static string Undistanced(JsonNode? item)
        {
            item!.AsObject().Remove("distance");
            return item.ToJsonString();
        }

        static Entry Read(string json)
        {
            Assert.True(ExportedText.TryRead(json, out var entry, out _));
            return entry!;
        }

        static string Text(Entry entry) => $"{entry.Id} {entry.Slug} {EntryJson.Write(entry)}";
    }

    [Fact]
    public void A_file_has_the_parameters_of_a_search_except_pages()
    {
        var search = ParameterSet.Of(typeof(SearchEntriesRequest)).All.Select(p => p.Name);
        var file = ParameterSet.Of(typeof(ExportEntriesRequest)).All.Select(p => p.Name);
        Assert.Equal(["facets", "page", "pageSize"], search.Except(file).Order());
        Assert.Equal(["file"], file.Except(search));
    }

    [Theory, MemberData(nameof(Files))]
    public async Task A_file_requested_by_POST_is_the_same(string file)
    {
        var node = await api.SharedAsync();
        var get = await node.Client.GetAsync($"/v1/exports/{file}?kind=provider&near=33101&radius=40");
        var post = await node.Client.PostAsJsonAsync($"/v1/exports/{file}", new { kind = new[] { "provider" }, near = "33101", radius = 40 });
        Assert.Equal(HttpStatusCode.OK, post.StatusCode);
        Assert.Equal(await get.Content.ReadAsByteArrayAsync(), await post.Content.ReadAsByteArrayAsync());
        Assert.Equal(get.Headers.ETag, post.Headers.ETag);
    }

    [Theory, MemberData(nameof(Files))]
    public async Task A_file_has_a_name_with_a_date_and_is_not_sent_again(string file)
    {
        var node = await api.SharedAsync();
        var first = await node.Client.GetAsync($"/v1/exports/{file}");
        var tag = first.Headers.ETag!;
        Assert.False(tag.IsWeak);
        Assert.Equal($"attachment; filename=\"{file.Replace("directory", "directory-2026-03-02", StringComparison.Ordinal)}\"", first.Content.Headers.ContentDisposition!.ToString());
        Assert.StartsWith(first.Content.Headers.ContentType!.MediaType!, Media(file), StringComparison.Ordinal);
        Assert.NotEmpty(first.Headers.GetValues("Directory-Sequence"));
        Assert.Contains("Content-Disposition", string.Join(',', first.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);

        var head = await node.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/v1/exports/{file}"));
        Assert.Equal((HttpStatusCode.OK, tag), (head.StatusCode, head.Headers.ETag));
        Assert.Equal(first.Content.Headers.ContentDisposition, head.Content.Headers.ContentDisposition);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());

        Assert.Equal(HttpStatusCode.NotModified, (await node.Client.SendAsync(Conditional($"/v1/exports/{file}", tag))).StatusCode);
        foreach (var other in new[] { "?kind=provider", "?lang=es", "?sort=name" })
        {
            Assert.Equal(HttpStatusCode.OK, (await node.Client.SendAsync(Conditional($"/v1/exports/{file}{other}", tag))).StatusCode);
        }

        static string Media(string file) => ExportFormats.TryParse(file.Split('.')[1], out var format) ? format.MediaType() : "";
    }

    [Theory]
    [InlineData("directory.csv", "br", "br")]
    [InlineData("directory.ndjson", "gzip", "gzip")]
    [InlineData("directory.geojson", "gzip, br", "br")]
    [InlineData("directory.xlsx", "gzip, br", null)]
    public async Task A_file_is_compressed_as_the_client_accepts(string file, string accepted, string? coding)
    {
        var node = await api.SharedAsync();
        var plain = await node.Client.GetAsync($"/v1/exports/{file}");
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/exports/{file}");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        var response = await node.Client.SendAsync(request);
        Assert.Equal(coding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(coding is null, plain.Headers.ETag!.Equals(response.Headers.ETag));
        var body = await response.Content.ReadAsStreamAsync();
        await using var decoded = coding switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var whole = new MemoryStream();
        await decoded.CopyToAsync(whole);
        Assert.Equal(await plain.Content.ReadAsByteArrayAsync(), whole.ToArray());
    }

    [Theory]
    [InlineData("directory.csv?specialty=tramua", "specialty")]
    [InlineData("directory.xlsx?near=99999999", "near")]
    [InlineData("directory.json?radius=10", "radius")]
    [InlineData("directory.ndjson?page=2", "page")]
    [InlineData("directory.ndjson?facets=cost", "facets")]
    [InlineData("directory.geojson?file=other.csv", "file")]
    [InlineData("directory.csv?sort=distance", "sort")]
    public async Task An_invalid_filter_is_reported(string file, string field)
    {
        var node = await api.SharedAsync();
        Assert.NotEmpty(await node.ErrorAsync($"/v1/exports/{file}", field));
    }

    [Fact]
    public async Task An_unknown_file_is_reported_with_the_available_ones()
    {
        var node = await api.SharedAsync();
        foreach (var file in new[] { "directory.pdf", "providers.csv", "directory", "csv" })
        {
            var problem = await node.ProblemAsync($"/v1/exports/{file}", HttpStatusCode.NotFound);
            Assert.Contains("directory.csv, directory.xlsx", (string)problem["detail"]!, StringComparison.Ordinal);
        }

        var inBody = new HttpRequestMessage(HttpMethod.Post, "/v1/exports/directory.csv") { Content = JsonContent.Create(new { file = "directory.json" }) };
        Assert.NotNull((await node.ProblemAsync(inBody, HttpStatusCode.BadRequest))["errors"]!["file"]);
    }

    [Fact]
    public async Task Files_contain_no_private_locations_and_no_formulas()
    {
        var node = await api.OpenAsync(n => n.PublishAsync(
            new Organization
            {
                Name = "=HYPERLINK(\"https://example.org\")",
                Summary = "@SUM(1)",
                InternalNotes = "Whispered",
                Locations =
                [
                    new Location { Visibility = Visibility.Private, Name = "Hidden house", Address1 = "1 Hidden Street", City = "Hialeah", County = "Broward County", StateProvince = "FL", Latitude = 25.111, Longitude = -80.111 },
                    new Location { Visibility = Visibility.Area, Name = "Hidden office", Address1 = "2 Hidden Street", City = "Hialeah", County = "Miami-Dade County", StateProvince = "FL", Latitude = 25.222, Longitude = -80.222 },
                    new Location { Visibility = Visibility.Public, Address1 = "3 Open Street", City = "Miami", County = "Miami-Dade County", StateProvince = "FL", Latitude = 25.333, Longitude = -80.333 },
                ],
            },
            "refuge"));

        foreach (var file in DirectoryExports.Files.Where(f => !f.EndsWith("xlsx", StringComparison.Ordinal)))
        {
            var text = await node.Client.GetStringAsync($"/v1/exports/{file}");
            Assert.Contains("3 Open Street", text, StringComparison.Ordinal);
            Assert.All(new[] { "Hidden", "Hialeah", "25.111", "25.222", "Broward", "Whispered", "internalNotes" }, word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
        }

        var map = JsonNode.Parse(await node.Client.GetStringAsync("/v1/exports/directory.geojson"))!;
        Assert.Equal("[-80.333,25.333]", Assert.Single(map["features"]!.AsArray())!["geometry"]!["coordinates"]!.ToJsonString());
        foreach (var rows in new[]
        {
            ExportedFiles.Csv(await node.Client.GetByteArrayAsync("/v1/exports/directory.csv")),
            ExportedFiles.Xlsx(await node.Client.GetByteArrayAsync("/v1/exports/directory.xlsx")),
        })
        {
            var row = Assert.Single(rows);
            Assert.Equal(("'=HYPERLINK(\"https://example.org\")", "'@SUM(1)"), (row["name"], row["summary"]));
            Assert.DoesNotContain(row, cell => cell.Value.Contains("Hidden", StringComparison.Ordinal) || cell.Key.StartsWith("consent", StringComparison.Ordinal));
            Assert.Equal("area", row["locations.1.visibility"]);
        }
    }

    [Fact]
    public async Task The_tag_of_a_file_changes_with_its_contents()
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync);
        var (all, attorneys) = ((await node.Client.GetAsync("/v1/exports/directory.csv")).Headers.ETag!, (await node.Client.GetAsync("/v1/exports/directory.csv?kind=attorney")).Headers.ETag!);
        await node.PublishAsync(new Organization { Name = "New House" }, "new-house");
        await Node.UntilAsync(async () => (await node.Client.GetAsync("/v1/organizations/new-house")).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.OK, (await node.Client.SendAsync(Conditional("/v1/exports/directory.csv", all))).StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, (await node.Client.SendAsync(Conditional("/v1/exports/directory.csv?kind=attorney", attorneys))).StatusCode);
    }

    [Fact]
    public async Task A_file_counts_as_many_requests_but_a_current_copy_as_none()
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync, settings: ("RequestLimits:PerMinute", "50"));
        var tag = (await node.Client.GetAsync("/v1/exports/directory.csv")).Headers.ETag!;
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.NotModified, (await node.Client.SendAsync(Conditional("/v1/exports/directory.csv", tag))).StatusCode);
        }

        // A client without the file is charged in full: 30, 10, and the last takes what is left.
        var other = new EntityTagHeaderValue("\"other\"");
        Assert.Equal(HttpStatusCode.OK, (await node.Client.SendAsync(Conditional("/v1/exports/directory.csv", other))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await node.Client.SendAsync(Conditional("/v1/exports/directory.csv", other))).StatusCode);
        await node.ProblemAsync("/v1/search?q=anything", HttpStatusCode.TooManyRequests);
    }

    private static HttpRequestMessage Conditional(string address, EntityTagHeaderValue tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.IfNoneMatch.Add(tag);
        return request;
    }
}
