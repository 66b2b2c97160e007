using System.Text.Json;
using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Parameters;

namespace HealthEquity.Api.Lists;

/// <summary>A request for the curated lists.</summary>
public sealed record ListCuratedListsRequest
{
    /// <summary>The language of the titles, BCP-47. Defaults to Accept-Language.</summary>
    [Parameter(Codes = CodeSet.Language, Example = "es")]
    public string? Lang { get; init; }
}

/// <summary>Documents <see cref="ListCuratedLists"/>.</summary>
public sealed class ListCuratedListsSummary : Summary<ListCuratedLists>
{
    /// <summary>Sets the texts.</summary>
    public ListCuratedListsSummary()
    {
        Summary = "List the curated lists";
        Description = "Lists of places that the department put together, for example for the families of one school.";
    }
}

/// <summary>The curated lists.</summary>
public sealed record CuratedListIndex
{
    /// <summary>Lists by address.</summary>
    public required IReadOnlyList<CuratedListReference> Items { get; init; }
}

/// <summary>A summary of a curated list.</summary>
public sealed record CuratedListReference
{
    /// <summary>The list's slug, its permanent address.</summary>
    public required string Slug { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The language of the title, BCP-47.</summary>
    public required string Language { get; init; }

    /// <summary>Who it is for.</summary>
    public string? Audience { get; init; }

    /// <summary>The number of entries on it, without those that were taken down.</summary>
    public required int Entries { get; init; }

    /// <summary>When the list was last changed, UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The address of the list.</summary>
    public required string Link { get; init; }
}

/// <summary>GET /v1/lists</summary>
public sealed class ListCuratedLists(PublishedDirectory directory, PublishedLists lists) : DirectoryEndpoint<ListCuratedListsRequest, CuratedListIndex>
{
    /// <inheritdoc/>
    public override void Configure() => Reads("/v1/lists");

    /// <inheritdoc/>
    public override Task HandleAsync(ListCuratedListsRequest req, CancellationToken ct)
    {
        if (!directory.IsReady)
        {
            return NotReady.SendAsync(HttpContext);
        }

        var choice = LanguageChoice.Of(req.Lang, HttpContext.Request);
        var snapshot = directory.Current;
        var index = new CuratedListIndex
        {
            Items =
            [
                .. lists.All.Select(list =>
                {
                    var (title, language) = TextChoice.Of(list.Content!.Titles, choice) ?? (list.Slug, "en");
                    return new CuratedListReference
                    {
                        Slug = list.Slug,
                        Title = title,
                        Language = language,
                        Audience = list.Content.Audience,
                        Entries = ListedEntries.Of(list.Content, snapshot).Count(e => e.Entry is not null),
                        ChangedAt = list.ChangedAt,
                        Link = $"{HttpContext.Request.PathBase}/v1/lists/{list.Slug}",
                    };
                }),
            ],
        };
        return HttpContext.SendAsync(new Answer(JsonSerializer.SerializeToUtf8Bytes(index, ApiJson.Options), snapshot.Mark)
        {
            Generation = snapshot.Generation,
            ContentLanguage = choice.First ?? default,
        });
    }
}
