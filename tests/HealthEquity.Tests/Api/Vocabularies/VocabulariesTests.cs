using System.Net;

namespace HealthEquity.Tests.Api.Vocabularies;

public sealed class VocabulariesTests(DirectoryApi api)
{
    [Fact]
    public async Task Each_vocabulary_in_the_list_is_at_its_link()
    {
        var node = await api.SharedAsync();
        var list = await node.GetAsync("/v1/vocabularies");
        Assert.True(list["items"]!.AsArray().Count > 30);
        foreach (var item in list["items"]!.AsArray())
        {
            Assert.Equal((int)item!["terms"]!, (await node.GetAsync((string)item["link"]!))["terms"]!.AsArray().Count);
        }
    }

    [Fact]
    public async Task Labels_are_in_the_requested_language_and_name_it()
    {
        var node = await api.SharedAsync();
        var english = (await node.GetAsync("/v1/vocabularies/capacity"))["terms"]![0]!;
        var spanish = (await node.GetAsync("/v1/vocabularies/capacity?lang=es"))["terms"]![0]!;
        var swahili = (await node.GetAsync("/v1/vocabularies/capacity?lang=sw"))["terms"]![0]!;
        Assert.Equal("es", (string)spanish["language"]!);
        Assert.NotEqual((string)english["label"]!, (string)spanish["label"]!);
        Assert.Equal("en", (string)swahili["language"]!);
        Assert.Equal((string)english["label"]!, (string)swahili["label"]!);
    }

    [Fact]
    public async Task An_unknown_vocabulary_suggests_the_closest_match()
    {
        var node = await api.SharedAsync();
        var problem = await node.ProblemAsync("/v1/vocabularies/specialities", HttpStatusCode.NotFound);
        Assert.Contains("'specialty'", (string)problem["detail"]!, StringComparison.Ordinal);
    }
}
