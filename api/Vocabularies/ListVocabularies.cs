using System.Text.Json;
using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;

namespace HealthEquity.Api.Vocabularies;

/// <summary>Asks for the vocabularies.</summary>
public sealed record ListVocabulariesRequest;

/// <summary>The documentation of <see cref="ListVocabularies"/>.</summary>
public sealed class ListVocabulariesSummary : Summary<ListVocabularies>
{
    /// <summary>Sets the texts.</summary>
    public ListVocabulariesSummary()
    {
        Summary = "List the vocabularies";
        Description = "Coded values in entries and parameters are terms of these.";
    }
}

/// <summary>The vocabularies.</summary>
public sealed record VocabularyList
{
    /// <summary>Vocabularies by name.</summary>
    public required IReadOnlyList<VocabularyReference> Items { get; init; }
}

/// <summary>A vocabulary, in short.</summary>
public sealed record VocabularyReference
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its title.</summary>
    public required string Label { get; init; }

    /// <summary>What its terms say of an entry.</summary>
    public required string Definition { get; init; }

    /// <summary>How many terms it has.</summary>
    public required int Terms { get; init; }

    /// <summary>Where its terms are.</summary>
    public required string Link { get; init; }
}

/// <summary>GET /v1/vocabularies</summary>
public sealed class ListVocabularies(PublishedDirectory directory, DirectoryVocabularies vocabularies)
    : DirectoryEndpoint<ListVocabulariesRequest, VocabularyList>
{
    /// <inheritdoc/>
    public override void Configure() => Reads("/v1/vocabularies");

    /// <inheritdoc/>
    public override Task HandleAsync(ListVocabulariesRequest req, CancellationToken ct)
    {
        var generation = directory.Generation;
        var list = new VocabularyList
        {
            Items =
            [
                .. vocabularies.Current.All.Select(v => new VocabularyReference
                {
                    Name = v.Name,
                    Label = v.Label,
                    Definition = v.Definition,
                    Terms = v.Terms.Count,
                    Link = $"{HttpContext.Request.PathBase}/v1/vocabularies/{v.Name}",
                }),
            ],
        };
        return HttpContext.SendAsync(new Answer(JsonSerializer.SerializeToUtf8Bytes(list, ApiJson.Options), directory.Current.Mark) { Generation = generation, CacheControl = Answer.KeptLonger });
    }
}
