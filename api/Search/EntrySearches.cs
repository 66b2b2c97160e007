using System.Text.Json;
using FluentValidation.Results;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Parameters;
using HealthEquity.Directory.Geography;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Search;

/// <summary>Runs lists and searches. What it finds is written as JSON by <see cref="EntryLists"/> and shown by the pages.</summary>
public sealed class EntrySearches(
    PublishedDirectory directory,
    SearchQueries queries,
    Messages messages,
    UnderstoodQuestions understood,
    Hotlines hotlines)
{
    private const int WiderItems = 5;

    /// <summary>Runs a list or a search.</summary>
    /// <param name="request">The validated request.</param>
    /// <param name="choice">The reader's languages.</param>
    /// <param name="failures">Why the request was refused.</param>
    /// <returns>What was found; null if there are failures.</returns>
    public FoundEntries? TryFind(ListRequest request, LanguageChoice choice, out List<ValidationFailure> failures)
    {
        var query = queries.Of(request, choice, out var failure);
        if (query is null || failure is not null)
        {
            failures = [failure ?? new ValidationFailure("", "The request can't be answered.")];
            return null;
        }

        failures = [];
        var snapshot = directory.Current;
        var result = snapshot.Search(query);
        var crises = query.Question?.Crisis is { Count: > 0 } danger ? danger : null;
        return new FoundEntries
        {
            Snapshot = snapshot,
            Query = query,
            Result = result,
            Page = Page.Of(request.Page, request.PageSize, result.Total),
            Understood = query.Question is { } question ? understood.Of(question, ParameterSet.Of(request.GetType()), choice) : null,
            Radius = result.Radius is { } radius ? RadiusOf(radius, request) : null,
            Dropped = result.Dropped.Count > 0 ? [.. result.Dropped.Select(d => JsonNamingPolicy.CamelCase.ConvertName(d.ToString()))] : null,
            DroppedWords = result.Dropped.Contains(DroppedPart.Words) ? [.. query.Question!.Words.Select(w => w.Text)] : null,
            Notice = crises is not null ? messages.Notice("crisis." + crises[0], choice) with { Code = "crisis", Kind = crises[0] }
                : result.Total == 0 ? messages.Notice("nothingFound", choice)
                : result.Fuzzy ? messages.Notice("similarSpelling", choice)
                : null,
            Wider = result.Total == 0 ? WiderOf(snapshot, query, request) : null,
            Hotlines = crises is not null ? hotlines.For(crises, snapshot, query, choice) : result.Total == 0 ? hotlines.For(snapshot, query, choice) : null,
        };
    }

    private static SearchedRadius RadiusOf(SearchRadius radius, ListRequest request)
    {
        var isKm = request is PlacedListRequest { Unit: DistanceUnit.Km };
        return new SearchedRadius
        {
            Distance = radius.Miles is { } miles ? Math.Round(isKm ? miles * GeoDistance.KilometersPerMile : miles, 1) : null,
            Unit = isKm ? "km" : "mi",
            Widened = radius.IsWidened,
        };
    }

    private static WiderEntries? WiderOf(DirectorySnapshot snapshot, SearchQuery query, ListRequest request) =>
        WiderSearch.Nearest(snapshot, query with { Skip = 0, Take = WiderItems, Facets = [] }) is { } wider
            ? new WiderEntries([.. ParametersOf(wider.Dropped, request).Select(d => d == "near" && request is ServiceListRequest { Near: null, Zip.Count: > 0 } ? "zip" : d)], wider.Result)
            : null;

    /// <summary>The request's parameters for these fields. Names that are not fields are parameters already.</summary>
    private static IEnumerable<string> ParametersOf(IReadOnlyList<string> fields, ListRequest request)
    {
        var set = ParameterSet.Of(request.GetType());
        return fields.Select(field => set.Filters.FirstOrDefault(p => p.Field!.Name == field)?.Name ?? field);
    }
}

/// <summary>What a list or a search found.</summary>
public sealed record FoundEntries
{
    /// <summary>The directory that was searched.</summary>
    public required DirectorySnapshot Snapshot { get; init; }

    /// <summary>The search, as the index runs it.</summary>
    public required SearchQuery Query { get; init; }

    /// <summary>The entries.</summary>
    public required SearchResult Result { get; init; }

    /// <summary>The page number, page size and totals.</summary>
    public required Page Page { get; init; }

    /// <summary>How the question was understood; null if there was none.</summary>
    public Understood? Understood { get; init; }

    /// <summary>The distance from the place that was searched; null if there was none.</summary>
    public SearchedRadius? Radius { get; init; }

    /// <summary>Parts of the question that were ignored in order to find something; null for none.</summary>
    public IReadOnlyList<string>? Dropped { get; init; }

    /// <summary>The words that results need not contain; null for none.</summary>
    public IReadOnlyList<string>? DroppedWords { get; init; }

    /// <summary>A message for the reader; null for none.</summary>
    public Notice? Notice { get; init; }

    /// <summary>The nearest broader search with results; null if this one has results, or if there is none.</summary>
    public WiderEntries? Wider { get; init; }

    /// <summary>Hotlines to call now; null if nobody is in danger and something was found.</summary>
    public IReadOnlyList<Hotline>? Hotlines { get; init; }

    /// <summary>True if what was found depends on the time of day.</summary>
    public bool IsOfTheHour => (Query.OpenAt ?? Query.PreferOpenAt) is not null;
}

/// <summary>The nearest broader search with results.</summary>
/// <param name="Dropped">The parameters that were dropped.</param>
/// <param name="Result">Its results.</param>
public sealed record WiderEntries(IReadOnlyList<string> Dropped, SearchResult Result);
