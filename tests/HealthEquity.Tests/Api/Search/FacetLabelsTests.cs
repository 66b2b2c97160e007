using System.Buffers;
using System.Text;
using System.Text.Json;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Columns;
using HealthEquity.Search.Index;
using Microsoft.AspNetCore.Http;

namespace HealthEquity.Tests.Api.Search;

public sealed class FacetLabelsTests
{
    private static readonly ParameterSet Parameters = ParameterSet.Of(typeof(SearchEntriesRequest));

    private readonly DirectoryVocabularies _vocabularies = new();
    private readonly FacetLabels _labels;

    public FacetLabelsTests() => _labels = new FacetLabels(_vocabularies, new Messages());

    [Theory]
    [InlineData("")]
    [InlineData("es")]
    [InlineData("fr-CA ht en")]
    [InlineData("zh-Hant")]
    public void Counts_are_written_like_any_other_JSON(string tags)
    {
        var choice = ChoiceOf(tags.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        FacetCounts[] counts =
        [
            new(SearchFields.Specialty, [new("trauma", 1_234_567), new("notAnyTerm", 2), new("war", 1)]),
            new(SearchFields.Kind, [new("provider", 3), new("attorney", 2)]),
            new(SearchFields.Language, [new("es", 9), new("zh-Hans", 8), new("quc", 7), new("ht", 6)]),
            new(SearchFields.County, [new("FL:Miami-Dade County", 5), new("NM:Doña Ana \"County\" <&>", 4)]),
            new(SearchFields.Cost, []),
        ];
        var expected = counts.Select(c => new Facet { Field = c.Field.Name, Values = [.. _labels.Of(c, choice)] }).ToList();
        // The second time, the labels are known.
        Assert.Equal(JsonSerializer.Serialize(expected, ApiJson.Options), Written(counts, choice));
        Assert.Equal(JsonSerializer.Serialize(expected, ApiJson.Options), Written(counts, choice));
        Assert.Equal("[]", Written([], choice));
    }

    [Fact]
    public void Labels_follow_the_vocabularies_and_the_reader()
    {
        FacetCounts[] counts = [new(SearchFields.Specialty, [new("trauma", 1)])];
        var english = Written(counts, LanguageChoice.None);
        Assert.NotEqual(english, Written(counts, LanguageChoice.OfTag("es")));
        Assert.Equal(english, Written(counts, LanguageChoice.None));

        _vocabularies.Replace(new VocabularySet(VocabularySet.Shipped.All.Select(v =>
            v with { Terms = [.. v.Terms.Select(t => t.Code == "trauma" ? t with { Label = "Deep wounds" } : t)] })));
        Assert.Contains("Deep wounds", Written(counts, LanguageChoice.None), StringComparison.Ordinal);
    }

    [Fact]
    public void Known_labels_are_written_without_an_object_for_each_value()
    {
        FacetCounts[] counts = [new(SearchFields.County, [.. Enumerable.Range(0, 2_000).Select(i => new FacetCount($"FL:County {i}", i))])];
        var output = new ArrayBufferWriter<byte>(1024 * 1024);
        _labels.Write(output, counts, Parameters, LanguageChoice.None);
        output.ResetWrittenCount();
        var before = GC.GetAllocatedBytesForCurrentThread();
        _labels.Write(output, counts, Parameters, LanguageChoice.None);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000);
    }

    [Fact]
    public void Many_choices_of_languages_do_not_fill_the_memory()
    {
        FacetCounts[] counts = [new(SearchFields.Specialty, [new("trauma", 1)])];
        for (var i = 0; i < 5_000; i++)
        {
            Written(counts, LanguageChoice.OfTag($"es-{i}"));
        }

        Assert.InRange(_labels.Choices, 1, 2_000);
    }

    private static LanguageChoice ChoiceOf(string[] tags)
    {
        if (tags.Length == 0)
        {
            return LanguageChoice.None;
        }

        var context = new DefaultHttpContext();
        context.Request.Headers.AcceptLanguage = string.Join(',', tags.Select((t, i) => $"{t};q=0.{9 - i}"));
        return tags.Length == 1 ? LanguageChoice.OfTag(tags[0]) : LanguageChoice.Of(null, context.Request);
    }

    private string Written(IReadOnlyList<FacetCounts> counts, LanguageChoice choice)
    {
        var output = new ArrayBufferWriter<byte>();
        _labels.Write(output, counts, Parameters, choice);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
