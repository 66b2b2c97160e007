using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HealthEquity.Api.Languages;

namespace HealthEquity.Tests.Api.Languages;

public sealed class LanguageTests(DirectoryApi api)
{
    private const string Sol = "/v1/providers/clinica-del-sol";

    [Fact]
    public async Task Without_a_language_an_entry_is_in_its_own()
    {
        var node = await api.SharedAsync();
        var entry = await node.GetAsync(Sol);
        Assert.Equal("Trauma care for children and families.", (string)entry["summary"]!);
        Assert.Null(entry["fallbacks"]);
    }

    [Fact]
    public async Task A_language_is_chosen_per_field_and_fallbacks_are_named()
    {
        var node = await api.SharedAsync();
        var entry = await node.GetAsync($"{Sol}?lang=es");
        Assert.Equal("Clínica El Sol", (string)entry["name"]!);
        Assert.Equal(["Clínica del Sol"], entry["alternateNames"]!.AsArray().Select(n => (string)n!));
        Assert.Equal("Atención del trauma para niños y familias.", (string)entry["summary"]!);
        Assert.Equal("Sliding scale.", (string)entry["description"]!);
        Assert.Equal("""{"description":"en","eligibility.immigrationStatusEvidence":"en"}""", entry["fallbacks"]!.ToJsonString());
    }

    [Fact]
    public async Task Machine_translation_is_never_used_for_names()
    {
        var node = await api.SharedAsync();
        var entry = await node.GetAsync($"{Sol}?lang=ht");
        Assert.Equal("Clínica del Sol", (string)entry["name"]!);
        Assert.Equal("Swen pou timoun.", (string)entry["summary"]!);
        Assert.Equal("""{"name":"en","description":"en","eligibility.immigrationStatusEvidence":"en"}""", entry["fallbacks"]!.ToJsonString());
    }

    [Fact]
    public async Task Every_text_in_another_language_is_named()
    {
        var node = await api.SharedAsync();
        var entry = await node.GetAsync("/v1/policy-actions/welcome-resolution?lang=es");
        var fallbacks = entry["fallbacks"]!.AsObject().Select(f => f.Key).ToList();
        Assert.Contains("name", fallbacks);
        Assert.All(fallbacks.Where(f => !f.Contains('.')), f => Assert.NotNull(entry[f]));
        foreach (var (member, inside) in new[] { ("steps", ""), ("provisions", ".text"), ("modelText", ".text"), ("evidence", ".finding") })
        {
            Assert.Equal(entry[member] is JsonObject or JsonArray { Count: > 0 }, fallbacks.Contains(member + inside));
        }

        Assert.Null((await node.GetAsync("/v1/policy-actions/welcome-resolution?lang=en"))["fallbacks"]);
    }

    [Theory]
    [InlineData("en", "Attorney")]
    [InlineData("es", "Abogado")]
    [InlineData("zh-Hant", "律師")]
    public async Task Kinds_are_labeled_in_the_readers_language(string language, string label)
    {
        var node = await api.SharedAsync();
        var list = await node.GetAsync($"/v1/search?facets=kind&lang={language}");
        var kinds = list["facets"]![0]!["values"]!.AsArray();
        Assert.Equal(6, kinds.Count);
        Assert.Equal(label, (string)kinds.Single(k => (string)k!["value"]! == "attorney")!["label"]!);
    }

    [Fact]
    public async Task Regions_are_ignored()
    {
        var node = await api.SharedAsync();
        Assert.Equal("Clínica El Sol", (string)(await node.GetAsync($"{Sol}?lang=es-MX"))["name"]!);
        Assert.Null((await node.GetAsync($"{Sol}?lang=en-US"))["fallbacks"]);
    }

    [Fact]
    public async Task Lang_takes_precedence_over_Accept_Language()
    {
        var node = await api.SharedAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, Sol);
        request.Headers.AcceptLanguage.ParseAdd("vi, es;q=0.8, en;q=0.5");
        var response = await node.Client.SendAsync(request);
        var entry = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal("Clínica El Sol", (string)entry["name"]!);
        Assert.Equal("es", (string)entry["fallbacks"]!["name"]!);
        Assert.Equal("en", (string)entry["fallbacks"]!["description"]!);
        Assert.Contains("Accept-Language", response.Headers.Vary);

        var both = new HttpRequestMessage(HttpMethod.Get, $"{Sol}?lang=en");
        both.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue("es"));
        Assert.Contains("\"name\":\"Clínica del Sol\"", await (await node.Client.SendAsync(both)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_are_in_the_language_too()
    {
        var node = await api.SharedAsync();
        var list = await node.GetAsync("/v1/providers?specialty=trauma&lang=es");
        Assert.Equal("Clínica El Sol", (string)list["items"]![0]!["name"]!);
    }

    [Theory]
    [InlineData("es-419", "es", true)]
    [InlineData("es", "es-US", true)]
    [InlineData("zh-Hans", "zh-CN", true)]
    [InlineData("zh-Hans", "zh-TW", false)]
    [InlineData("zh-Hant", "zh-HK", true)]
    [InlineData("zh", "zh-TW", true)]
    [InlineData("es", "pt", false)]
    public void A_text_fits_readers_of_its_language_and_script(string available, string wanted, bool serves) =>
        Assert.Equal(serves, LanguageMatch.Serves(available, wanted));
}
