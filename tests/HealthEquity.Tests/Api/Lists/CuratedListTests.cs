using System.Net;
using System.Net.Http.Headers;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Lists;

namespace HealthEquity.Tests.Api.Lists;

/// <summary>Curated lists over HTTP: as JSON and as a page.</summary>
public sealed class CuratedListTests(DirectoryApi api) : IAsyncLifetime
{
    private static readonly Actor Curator = Actor.System("test");

    private Node _node = null!;

    public async ValueTask InitializeAsync() => _node = await api.SharedAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_index_has_titles_in_the_readers_language_and_counts_what_is_there()
    {
        var list = Assert.Single((await _node.GetAsync("/v1/lists?lang=es"))["items"]!.AsArray())!;
        Assert.Equal(
            ("lincoln-families", "Ayuda para familias de Lincoln", "es", "families", 3, "/v1/lists/lincoln-families"),
            ((string)list["slug"]!, (string)list["title"]!, (string)list["language"]!, (string)list["audience"]!, (int)list["entries"]!, (string)list["link"]!));
        var haitian = Assert.Single((await _node.GetAsync("/v1/lists?lang=ht"))["items"]!.AsArray())!;
        Assert.Equal(("Help for Lincoln families", "en"), ((string)haitian["title"]!, (string)haitian["language"]!));
    }

    [Fact]
    public async Task A_list_follows_merged_entries_leaves_out_those_taken_down_and_counts_both()
    {
        var list = await _node.GetAsync("/v1/lists/lincoln-families?lang=es");
        Assert.Equal((1, 1, 1), ((int)list["takenDown"]!, (int)list["merged"]!, (int)list["overdue"]!));
        var items = list["items"]!.AsArray();
        Assert.Equal(["listed", "takenDown", "merged", "listed"], items.Select(i => (string)i!["status"]!));
        Assert.Equal([1, 2, 3, 4], items.Select(i => (int)i!["position"]!));
        Assert.Equal(["harbor-counseling", null, "clinica-del-sol", "ana-abogada"], items.Select(i => (string?)i!["entry"]?["slug"]));
        Assert.Equal("Atención del trauma para niños y familias.", (string)items[2]!["entry"]!["summary"]!);
        Assert.Equal(("Pida una cita.", "es"), ((string)items[3]!["note"]!, (string)items[3]!["noteLanguage"]!));
        // A note may name what was taken down.
        Assert.Null(items[1]!["note"]);
        Assert.DoesNotContain("Closed Practice", list.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_has_the_list_gets_no_body()
    {
        var first = await _node.Client.GetAsync("/v1/lists/lincoln-families");
        var again = new HttpRequestMessage(HttpMethod.Get, "/v1/lists/lincoln-families");
        again.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(first.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, (await _node.Client.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task An_unknown_list_is_not_found_and_the_nearest_is_named()
    {
        var problem = await _node.ProblemAsync("/v1/lists/lincoln-family", HttpStatusCode.NotFound);
        Assert.Equal("No list has the slug 'lincoln-family'. Did you mean 'lincoln-families'? See /v1/lists for all lists.", (string)problem["detail"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await _node.Client.GetAsync("/en/lists/lincoln-family")).StatusCode);
        Assert.Equal("Unknown parameter. Did you mean 'lang'?", await _node.ErrorAsync("/v1/lists?lan=es", "lan"));
    }

    [Fact]
    public async Task A_change_is_served_soon_and_a_list_taken_down_is_gone()
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync);
        var content = new ListContent
        {
            Titles = new Dictionary<string, string> { ["en"] = "Another" },
            Entries = [new ListEntry { Id = Guid.Parse((string)(await node.GetAsync("/v1/attorneys/ana-abogada"))["id"]!) }],
        };
        var id = await node.EditAsync(s => node.Stores.Lists.CreateAsync(s, "another", content, Curator, default));
        await node.Database.TransactAsync(s => node.Stores.Lists.PublishAsync(s, id, Curator, default), default);
        await Node.UntilAsync(async () => (await node.Client.GetAsync("/v1/lists/another")).StatusCode == HttpStatusCode.OK);

        await node.EditAsync(async s => { await node.Stores.Lists.SaveAsync(s, id, 1, "another", content with { Titles = new Dictionary<string, string> { ["en"] = "Renamed" } }, Curator, default); return 0; });
        await node.Database.TransactAsync(s => node.Stores.Lists.PublishAsync(s, id, Curator, default), default);
        await Node.UntilAsync(async () => (string)(await node.GetAsync("/v1/lists/another"))["title"]! == "Renamed");

        await node.Database.TransactAsync(s => node.Stores.Lists.WithdrawAsync(s, id, Curator, default), default);
        await Node.UntilAsync(async () => (await node.Client.GetAsync("/v1/lists/another")).StatusCode == HttpStatusCode.Gone);
        Assert.Equal("This list was taken down.", (string)(await node.ProblemAsync("/v1/lists/another", HttpStatusCode.Gone))["detail"]!);
        Assert.Equal(HttpStatusCode.Gone, (await node.Client.GetAsync("/en/lists/another")).StatusCode);
        Assert.Equal(["lincoln-families"], (await node.GetAsync("/v1/lists"))["items"]!.AsArray().Select(i => (string)i!["slug"]!));
    }

    [Fact]
    public async Task The_page_says_what_changed_and_shows_the_rest_in_order()
    {
        var page = await _node.Client.GetStringAsync("/es/lists/lincoln-families");
        Assert.Contains("<h1>Ayuda para familias de Lincoln</h1>", page, StringComparison.Ordinal);
        Assert.Contains("1 lugar de esta lista ya no está en el directorio.", page, StringComparison.Ordinal);
        Assert.Contains("1 lugar ahora es parte de otra ficha, que se muestra en su lugar.", page, StringComparison.Ordinal);
        Assert.Contains("1 lugar no se ha comprobado desde hace tiempo. Llame primero.", page, StringComparison.Ordinal);
        Assert.Contains("Pida una cita.", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/es/print?list=lincoln-families\"", page, StringComparison.Ordinal);
        var places = new[] { "Harbor Counseling", "Clínica El Sol", "Ana Abogada" }.Select(n => page.IndexOf($">{n}</a>", StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain("Closed Practice", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Nota del cerrado", page, StringComparison.Ordinal);
    }
}
