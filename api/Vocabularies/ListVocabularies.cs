using System.Text.Json;
using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;

namespace HealthEquity.Api.Vocabularies;

/// <summary>A request for the vocabularies.</summary>
public sealed record ListVocabulariesRequest;

/// <summary>Documents <see cref="ListVocabularies"/>.</summary>
public sealed class ListVocabulariesSummary : Summary<ListVocabularies>
{
    /// <summary>Sets the texts.</summary>
    public ListVocabulariesSummary()
    {
        Summary = "List the vocabularies";
        Description = "The codes in entries and parameters are terms of these vocabularies.";
    }
}

/// <summary>The vocabularies.</summary>
public sealed record VocabularyList
{
    /// <summary>Vocabularies by name.</summary>
    public required IReadOnlyList<VocabularyReference> Items { get; init; }
}

/// <summary>A summary of a vocabulary.</summary>
public sealed record VocabularyReference
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its title.</summary>
    public required string Label { get; init; }

    /// <summary>What its terms describe.</summary>
    public required string Definition { get; init; }

    /// <summary>The number of terms.</summary>
    public required int Terms { get; init; }

    /// <summary>The address of its terms.</summary>
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
        return HttpContext.SendAsync(new Answer(JsonSerializer.SerializeToUtf8Bytes(list, ApiJson.Options), directory.Current.Mark) { Generation = generation, CacheControl = Answer.StaleAllowed });
    }
}
