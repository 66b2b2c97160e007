using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HealthEquity.Search.Text;

namespace HealthEquity.Tests.Api.Search;

/// <summary>What an answer says of the question.</summary>
public sealed class QuestionTests(DirectoryApi api)
{
    [Theory]
    [InlineData("/v1/search?q=me%20quiero%20morir", "selfHarm", "988")]
    [InlineData("/v1/attorneys?q=quiero%20suicidarme", "selfHarm", "988")]
    [InlineData("/v1/policy-actions?q=suicidal", "selfHarm", "988")]
    [InlineData("/v1/suggest?q=I%20want%20to%20die", "selfHarm", "988")]
    public async Task Danger_puts_a_hotline_first_whatever_was_found(string address, string kind, string number)
    {
        var answer = await (await api.SharedAsync()).GetAsync(address);
        Assert.Equal("crisis", (string)answer["notice"]!["code"]!);
        Assert.Equal(kind, (string)answer["notice"]!["kind"]!);
        Assert.Equal(number, (string)answer["hotlines"]![0]!["number"]!);
        Assert.Equal("call", (string)answer["hotlines"]![0]!["numbers"]![0]!["type"]!);
    }

    [Theory]
    [InlineData("es", "Clínica El Sol")]
    [InlineData("en", "Clínica del Sol")]
    public async Task A_suggested_entry_has_its_name_in_the_readers_language(string language, string name)
    {
        var answer = await (await api.SharedAsync()).GetAsync($"/v1/suggest?q=clinica&lang={language}");
        Assert.Equal(name, (string)Assert.Single(answer["items"]!.AsArray(), i => (string)i!["type"]! == "entry")!["text"]!);
    }

    [Fact]
    public async Task A_search_by_post_says_the_same_of_danger()
    {
        var node = await api.SharedAsync();
        var post = await node.Client.PostAsJsonAsync("/v1/search", new { q = "suicidal", lang = "es" });
        var answer = (await post.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal("es", (string)answer["notice"]!["language"]!);
        Assert.Equal("988", (string)answer["hotlines"]![0]!["number"]!);
    }

    [Fact]
    public async Task What_was_understood_is_said_in_the_readers_language_and_can_be_taken_back()
    {
        var node = await api.SharedAsync();
        var answer = await node.GetAsync("/v1/search?q=terapeuta%20para%20trauma%20en%20Miami&lang=es");
        var understood = answer["understood"]!;
        Assert.Equal("kind", (string)understood["kinds"]![0]!["parameter"]!);
        var need = understood["needs"]![0]!;
        Assert.Equal("specialty", (string)need["parameter"]!);
        Assert.Equal("trauma", (string)need["value"]!);
        Assert.StartsWith("Trauma y", (string)need["label"]!, StringComparison.Ordinal);
        Assert.Equal("Miami, FL", (string)understood["place"]!["value"]!);
        Assert.NotNull(answer["radius"]);

        var without = await node.GetAsync($"/v1/search?q=terapeuta%20para%20trauma%20en%20Miami&lang=es&not={(string)need["code"]!}&not=place");
        Assert.DoesNotContain(without["understood"]!["needs"]!.AsArray(), n => (string)n!["code"]! == "specialty:trauma");
        Assert.Null(without["understood"]!["place"]);
    }

    [Theory]
    [InlineData("clinic open now", "en")]
    [InlineData("clinic open on weekends", "en")]
    [InlineData("clínica abierta ahora", "es")]
    [InlineData("terapeuta abierto los sábados", "es")]
    [InlineData("现在开门的诊所", "zh")]
    [InlineData("clinique ouverte maintenant", "fr")]
    [InlineData("clínica aberta agora", "pt")]
    public async Task A_question_about_hours_prefers_who_is_open_and_can_be_taken_back(string question, string language)
    {
        var node = await api.SharedAsync();
        var address = $"/v1/search?lang={language}&q={Uri.EscapeDataString(question)}";
        var need = Assert.Single((await node.GetAsync(address))["understood"]!["needs"]!.AsArray(), n => (string?)n!["parameter"] == "openNow")!;
        Assert.Equal("true", (string)need["value"]!);
        var without = await node.GetAsync($"{address}&not={need["code"]}");
        Assert.DoesNotContain(without["understood"]!["needs"]!.AsArray(), n => (string?)n!["parameter"] == "openNow");
    }

    [Fact]
    public async Task The_answer_names_each_word_that_it_dropped()
    {
        var node = await api.SharedAsync();
        var answer = await node.GetAsync("/v1/search?q=therapist%20zzzzqqqq%20Miami");
        Assert.Equal(["zzzzqqqq"], answer["droppedWords"]!.AsArray().Select(w => (string?)w));
        Assert.NotEmpty(answer["items"]!.AsArray());
        Assert.Null((await node.GetAsync("/v1/search?q=therapist%20Miami"))["droppedWords"]);
    }

    [Fact]
    public async Task No_reader_is_shown_the_code_of_a_language()
    {
        var node = await api.SharedAsync();
        var codes = new List<string>();
        var tags = LanguageNames.All.Select(l => l.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var (_, names) in LanguageNames.All)
        {
            var answer = await node.GetAsync($"/v1/search?pageSize=1&q={Uri.EscapeDataString($"interpreter who speaks {names[0]}")}");
            codes.AddRange(answer["understood"]!["languages"]!.AsArray().Select(l => (string)l!["label"]!).Where(tags.Contains));
        }

        Assert.Empty(codes);
        var facet = Assert.Single((await node.GetAsync("/v1/search?facets=language"))["facets"]!.AsArray(), f => (string)f!["field"]! == "language")!;
        Assert.All(facet["values"]!.AsArray(), f => Assert.NotEqual((string)f!["value"]!, (string)f["label"]!));
    }

    [Fact]
    public async Task Near_and_zip_and_a_place_in_the_question_find_the_same()
    {
        var node = await api.SharedAsync();
        var near = await node.SlugsAsync("/v1/providers?near=Miami,%20FL");
        Assert.Equal(["clinica-del-sol"], near);
        Assert.Equal(near, await node.SlugsAsync("/v1/providers?near=33101"));
        Assert.Equal(near, await node.SlugsAsync("/v1/providers?zip=33101"));
        Assert.Equal(near, await node.SlugsAsync("/v1/providers?q=therapist%20in%20Miami"));
    }

    [Fact]
    public async Task A_language_ranks_and_hides_nobody_unless_asked_to()
    {
        var node = await api.SharedAsync();
        Assert.Equal(["clinica-del-sol", "harbor-counseling"], await node.SlugsAsync("/v1/providers?language=ht"));
        Assert.Equal(["clinica-del-sol"], await node.SlugsAsync("/v1/providers?language=ht&strict=true"));
    }

    [Theory]
    [InlineData("/v1/search?q=a%00b", "control character")]
    [InlineData("/v1/search?q=a%07b", "control character")]
    [InlineData("/v1/suggest?q=a%1Bb", "control character")]
    public async Task Text_that_is_none_is_refused_with_the_reason(string address, string reason)
    {
        var response = await (await api.SharedAsync()).Client.GetAsync(address);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(reason, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_may_have_500_characters_and_no_more()
    {
        var node = await api.SharedAsync();
        Assert.Equal(HttpStatusCode.OK, (await node.Client.GetAsync("/v1/search?q=" + new string('a', 500))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await node.Client.GetAsync("/v1/search?q=" + new string('a', 501))).StatusCode);
    }

    [Fact]
    public async Task A_parameter_that_finds_nobody_of_the_kind_still_finds_somebody()
    {
        var node = await api.SharedAsync();
        Assert.NotEmpty(await node.SlugsAsync("/v1/providers?q=therapist%20zzzzqqqq"));
    }
}
