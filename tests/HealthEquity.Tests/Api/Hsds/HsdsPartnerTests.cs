using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Verification;
using HealthEquity.Store.Vocabularies;
using HealthEquity.Tests.Formats.Hsds.Writing;

namespace HealthEquity.Tests.Api.Hsds;

/// <summary>What a partner does with the HSDS API: keeps a copy, sends invalid requests, tries to see private data.</summary>
public sealed class HsdsPartnerTests(HsdsNode hsds, DirectoryApi api) : IClassFixture<HsdsNode>
{
    /// <summary>The starter directory's entries that help people: each is a service.</summary>
    private static readonly int Services = HealthEquity.Store.Starter.StarterDirectory.Read().Count(e => e.Entry is ServiceEntry);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("services?serch=x", "serch", "'search'")]
    [InlineData("services?format=ndjsn", "format", "'ndjson'")]
    [InlineData("services?page=0", "page", "between 1")]
    [InlineData("services?per_page=100000", "per_page", "between 1 and 100")]
    [InlineData("services?minimal=maybe", "minimal", "true or false")]
    [InlineData("services?modified_after=12/1", "modified_after", "2026-01-31T00:00:00Z")]
    [InlineData("services?taxonomy_term_id=traumaa", "taxonomy_term_id", "'trauma'? Its id is")]
    [InlineData("organizations?taxonomy_id=Specialtie", "taxonomy_id", "'Specialty'? Its id is")]
    [InlineData("services?organization_id=x", "organization_id", "UUID")]
    [InlineData("service_at_locations?proximity=100", "postcode", "required with proximity")]
    [InlineData("service_at_locations?postcode=33130&proximity=-1", "proximity", "between 1 and 1000000")]
    [InlineData("service_at_locations?postcode=00000", "postcode", "not a ZIP code")]
    [InlineData("taxonomy_terms?parent_id=x", "parent_id", "UUID")]
    [InlineData("services/x?full_service=true", "full_service", "Unknown parameter")]
    public async Task Errors_name_the_correct_value(string address, string parameter, string message)
    {
        var node = await hsds.OpenAsync();
        Assert.Contains(message, await node.ErrorAsync($"/hsds/{address}", parameter), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_or_strange_input_is_handled()
    {
        var node = await hsds.OpenAsync();
        Assert.Contains("200", await node.ErrorAsync($"/hsds/services?search={new string('x', 5_000)}", "search"), StringComparison.Ordinal);
        await node.ProblemAsync($"/hsds/services/{new string('x', 2_000)}", HttpStatusCode.NotFound);
        await node.ProblemAsync("/hsds/profile/secrets.json", HttpStatusCode.NotFound);
        Assert.Equal(Services, (int)(await node.GetAsync("/hsds/services?modified_after=2020-01-31T00:00:00+00:00"))["total_items"]!);
    }

    [Fact]
    public async Task Minimal_is_one_page_with_only_ids_and_times()
    {
        var page = await (await hsds.OpenAsync()).GetAsync("/hsds/services?minimal=true");
        Assert.Equal((Services, 1, Services, true, true, false), ((int)page["total_items"]!, (int)page["total_pages"]!, (int)page["size"]!, (bool)page["first_page"]!, (bool)page["last_page"]!, (bool)page["empty"]!));
        Assert.All(page["contents"]!.AsArray(), s => Assert.Equal(["id", "last_modified", "modified_date"], s!.AsObject().Select(m => m.Key)));
        var none = await (await hsds.OpenAsync()).GetAsync("/hsds/services?minimal=true&search=zzzzqqqqxx");
        Assert.Equal((0, true), ((int)none["total_items"]!, (bool)none["empty"]!));
    }

    [Fact]
    public async Task Repeated_values_match_any_and_different_parameters_match_all()
    {
        var node = await hsds.OpenAsync();
        var terms = await HsdsAnswerTests.LinesAsync(node, "taxonomy_terms?format=ndjson");
        var (asylum, trauma) = (Term("Practice area", "asylum"), Term("Specialty", "trauma"));
        var (one, other) = (await CountAsync($"taxonomy_term_id={asylum["id"]}"), await CountAsync($"taxonomy_term_id={trauma["id"]}"));
        Assert.True(one > 0 && other > 0);
        Assert.Equal(one + other, await CountAsync($"taxonomy_term_id={asylum["id"]}&taxonomy_term_id={trauma["id"]}"));
        Assert.Equal(0, await CountAsync($"taxonomy_term_id={asylum["id"]}&taxonomy_id={trauma["taxonomy_id"]}"));
        Assert.Equal(one, await CountAsync($"taxonomy_term_id={asylum["id"]}&taxonomy_id={asylum["taxonomy_id"]}"));

        var inTaxonomy = await node.GetAsync($"/hsds/taxonomy_terms?taxonomy_id={asylum["taxonomy_id"]}&top_only=true&per_page=100");
        Assert.Equal(terms.Count(t => (string?)t["taxonomy_id"] == (string?)asylum["taxonomy_id"]), (int)inTaxonomy["total_items"]!);
        Assert.Equal(0, (int)(await node.GetAsync($"/hsds/taxonomy_terms?parent_id={asylum["id"]}"))["total_items"]!);

        JsonObject Term(string taxonomy, string code) => terms.Single(t => (string?)t["taxonomy"] == taxonomy && (string?)t["code"] == code);
        async Task<int> CountAsync(string query) => (int)(await node.GetAsync($"/hsds/services?{query}"))["total_items"]!;
    }

    [Fact]
    public async Task Only_locations_that_are_near_match()
    {
        var node = await api.OpenAsync(n => n.PublishAsync(
            new Organization { Name = "Two Doors", Locations = [Place("33130", 25.7685, -80.2034), Place("10004", 40.7037, -74.0121)] }, "two-doors"));
        Assert.Equal(2, (int)(await node.GetAsync("/hsds/service_at_locations"))["total_items"]!);
        var near = (await node.GetAsync("/hsds/service_at_locations?postcode=33130&proximity=20000&full=true"))["contents"]!.AsArray();
        var point = Assert.Single(near)!["location"]!;
        Assert.True(ZipCodes.TryGet("33130", out var middle));
        Assert.InRange(GeoDistance.Miles(middle.Latitude, middle.Longitude, (double)point["latitude"]!, (double)point["longitude"]!) * 1609.344, 0, 20_000);
        Assert.Equal(0, (int)(await node.GetAsync("/hsds/service_at_locations?postcode=33130&proximity=1"))["total_items"]!);

        static Location Place(string zip, double latitude, double longitude) => new()
        {
            Visibility = Visibility.Public,
            Address1 = "1 Door Street",
            City = "Town",
            StateProvince = zip == "33130" ? "FL" : "NY",
            PostalCode = zip,
            Latitude = latitude,
            Longitude = longitude,
        };
    }

    [Fact]
    public async Task Last_modified_changes_with_an_edit_a_verification_and_the_label_of_a_term()
    {
        var entry = new Organization { Name = "First", Cost = new() { Options = ["free"] } };
        Guid id = default;
        var node = await api.OpenAsync(async n =>
        {
            await n.EditAsync(s => new VocabularyStore(n.Clock).AddShippedAsync(s, Cancellation));
            id = await n.PublishAsync(entry, "first");
        });
        var before = await ModifiedAsync();
        Assert.Null((await ServiceAsync())["assured_date"]);

        node.Clock.Now += TimeSpan.FromHours(1);
        await node.EditAsync(s => node.Stores.Entries.SaveAsync(s, id, 1, entry with { Phones = [new() { Number = "+13055550142" }] }, Actor.System("test"), null, Cancellation));
        await node.PublishAgainAsync(id, 2);
        await Node.UntilAsync(async () => await ModifiedAsync() != before);
        var edited = await ServiceAsync();
        Assert.Equal("2026-03-02T16:00:00.000Z", (string?)edited["last_modified"]);
        Assert.Null(edited["assured_date"]);

        node.Clock.Now += TimeSpan.FromHours(1);
        var check = new VerificationRecord { EntryId = id, Revision = 2, Method = "phoneCall", Outcome = VerificationRecord.Confirmed, CheckedOn = new DateOnly(2026, 3, 2) };
        await node.Database.TransactAsync(s => node.Stores.Verifications.RecordAsync(s, check, Actor.System("test"), Cancellation), Cancellation);
        await Node.UntilAsync(async () => await ModifiedAsync() == "2026-03-02T17:00:00.000Z");
        Assert.Equal("2026-03-02", (string?)(await ServiceAsync())["assured_date"]);

        node.Clock.Now += TimeSpan.FromHours(1);
        var term = VocabularySet.Shipped.Find("cost", "free")! with { Label = "No charge at all" };
        await node.EditAsync(async s =>
        {
            await new VocabularyEditor(node.Clock, new AuditLog(node.Clock)).RelabelAsync(s, "cost", term, Actor.System("test"), Cancellation);
            return 0;
        });
        await Node.UntilAsync(async () => await ModifiedAsync() == "2026-03-02T18:00:00.000Z");
        Assert.Equal("No charge at all", (string?)(await ServiceAsync())["fees_description"]);
        Assert.Equal(1, (int)(await node.GetAsync("/hsds/services?modified_after=2026-03-02T18:00:00Z"))["total_items"]!);
        Assert.Equal(0, (int)(await node.GetAsync("/hsds/services?modified_after=2026-03-02T18:00:00.001Z"))["total_items"]!);

        async Task<JsonObject> ServiceAsync() => (await HsdsAnswerTests.LinesAsync(node, "services?format=ndjson&full=true")).Single();
        async Task<string?> ModifiedAsync() => (string?)(await ServiceAsync())["last_modified"];
    }

    [Fact]
    public async Task No_answer_contains_a_private_location()
    {
        var node = await api.OpenAsync(n => n.PublishAsync(
            new Organization
            {
                Name = "Refuge",
                InternalNotes = "Whispered",
                Locations =
                [
                    new() { Visibility = Visibility.Private, Name = "Hidden house", Address1 = "1 Hidden Street", City = "Hialeah", County = "Broward County", StateProvince = "FL", PostalCode = "33010", Latitude = 25.111, Longitude = -80.111, Transit = "Hidden bus", Phones = [new() { Number = "+13055550111" }] },
                    new() { Visibility = Visibility.Area, Name = "Hidden office", Address1 = "2 Hidden Street", City = "Hialeah", County = "Miami-Dade County", StateProvince = "FL", PostalCode = "33012", Latitude = 25.222, Longitude = -80.222, Transit = "Hidden train", Phones = [new() { Number = "+13055550122" }] },
                ],
            },
            "refuge"));
        var texts = new List<string>();
        foreach (var list in new[] { "services", "organizations", "service_at_locations" })
        {
            texts.Add(await node.Client.GetStringAsync($"/hsds/{list}?full=true", Cancellation));
            texts.Add(await node.Client.GetStringAsync($"/hsds/{list}?format=ndjson", Cancellation));
        }

        using var zip = new ZipArchive(await node.Client.GetStreamAsync("/hsds/datapackage.zip", Cancellation), ZipArchiveMode.Read);
        foreach (var file in zip.Entries)
        {
            using var reader = new StreamReader(file.Open());
            texts.Add(await reader.ReadToEndAsync(Cancellation));
        }

        var all = string.Join('\n', texts);
        Assert.Contains("In Miami-Dade County; ask for the address", all, StringComparison.Ordinal);
        Assert.All(new[] { "Hidden", "Hialeah", "Broward", "25.111", "25.222", "33010", "33012", "5550111", "5550122", "Whispered" }, word => Assert.DoesNotContain(word, all, StringComparison.Ordinal));
        Assert.Equal(0, (int)(await node.GetAsync("/hsds/service_at_locations?postcode=33012&proximity=1000000"))["total_items"]!);
    }

    [Theory]
    [InlineData("services?format=ndjson&full=true", "application/x-ndjson")]
    [InlineData("taxonomy_terms?format=ndjson", "application/x-ndjson")]
    [InlineData("services?minimal=true", "application/json")]
    [InlineData("datapackage.zip", "application/zip")]
    [InlineData("services?per_page=3", "application/json")]
    [InlineData("openapi.json", "application/json")]
    [InlineData("profile/service.json", "application/merge-patch+json")]
    public async Task A_current_copy_is_not_sent_again(string address, string mediaType)
    {
        var node = await hsds.OpenAsync();
        var first = await node.Client.GetAsync($"/hsds/{address}", Cancellation);
        Assert.Equal((HttpStatusCode.OK, mediaType), (first.StatusCode, first.Content.Headers.ContentType?.MediaType));
        var tag = first.Headers.ETag!;
        Assert.False(tag.IsWeak);
        var head = await node.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/hsds/{address}"), Cancellation);
        Assert.Equal((HttpStatusCode.OK, tag), (head.StatusCode, head.Headers.ETag));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(HttpStatusCode.NotModified, (await node.Client.SendAsync(Conditional(address, tag), Cancellation)).StatusCode);
    }

    [Fact]
    public async Task The_tag_of_a_stream_changes_with_its_contents_and_it_is_compressed_if_accepted()
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync);
        var tags = new Dictionary<string, EntityTagHeaderValue>();
        foreach (var address in new[] { "services?format=ndjson", "datapackage.zip" })
        {
            tags[address] = (await node.Client.GetAsync($"/hsds/{address}", Cancellation)).Headers.ETag!;
        }

        Assert.Equal(HttpStatusCode.OK, (await node.Client.SendAsync(Conditional("services?format=ndjson&full=true", tags["services?format=ndjson"]), Cancellation)).StatusCode);
        await node.PublishAsync(new Organization { Name = "New House" }, "new-house");
        await Node.UntilAsync(async () => (await node.Client.GetAsync("/v1/organizations/new-house", Cancellation)).IsSuccessStatusCode);
        foreach (var (address, tag) in tags)
        {
            Assert.Equal(HttpStatusCode.OK, (await node.Client.SendAsync(Conditional(address, tag), Cancellation)).StatusCode);
        }

        var request = new HttpRequestMessage(HttpMethod.Get, "/hsds/services?format=ndjson");
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        var response = await node.Client.SendAsync(request, Cancellation);
        Assert.Equal("gzip", response.Content.Headers.ContentEncoding.Single());
        await using var plain = new GZipStream(await response.Content.ReadAsStreamAsync(Cancellation), CompressionMode.Decompress);
        using var reader = new StreamReader(plain, Encoding.UTF8);
        Assert.Equal(await node.Client.GetStringAsync("/hsds/services?format=ndjson", Cancellation), await reader.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task A_whole_list_counts_as_many_requests()
    {
        foreach (var address in new[] { "datapackage.zip", "services?format=ndjson" })
        {
            var node = await api.OpenAsync(SampleDirectory.FillAsync, settings: ("RequestLimits:PerMinute", "50"));
            var tag = (await node.Client.GetAsync($"/hsds/{address}", Cancellation)).Headers.ETag!;
            Assert.Equal(HttpStatusCode.NotModified, (await node.Client.SendAsync(Conditional(address, tag), Cancellation)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await node.Client.GetAsync($"/hsds/{address}", Cancellation)).StatusCode);
            for (var i = 0; i < 12; i++)
            {
                await node.Client.GetAsync($"/hsds/services?page={i + 1}", Cancellation);
            }

            await node.ProblemAsync("/hsds/services?search=one-more", HttpStatusCode.TooManyRequests);
        }
    }

    [Fact]
    public async Task The_served_package_is_valid_and_matches_the_lists()
    {
        var node = await hsds.OpenAsync();
        var response = await node.Client.GetAsync("/hsds/datapackage.zip", Cancellation);
        Assert.Equal("attachment; filename=\"hsds-2026-03-02.zip\"", response.Content.Headers.ContentDisposition!.ToString());
        var package = await TableSchemaCheck.ReadAsync(await response.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Empty(package.Faults(package.Descriptor));
        foreach (var (list, table) in new[] { ("services", "service"), ("organizations", "organization"), ("service_at_locations", "service_at_location"), ("taxonomies", "taxonomy"), ("taxonomy_terms", "taxonomy_term") })
        {
            var listed = (await HsdsAnswerTests.LinesAsync(node, $"{list}?format=ndjson")).Select(d => (string)d["id"]!);
            Assert.Equal(listed.Order(), package.Tables[table].Select(r => r["id"]).Order());
        }

        Assert.Equal("/hsds/datapackage.zip", new Uri((string)(await node.GetAsync("/hsds"))["datapackage_url"]!).AbsolutePath);
    }

    private static HttpRequestMessage Conditional(string address, EntityTagHeaderValue tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/hsds/{address}");
        request.Headers.IfNoneMatch.Add(tag);
        return request;
    }
}
