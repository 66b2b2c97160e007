using FluentValidation.Results;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Problems;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Search;

/// <summary>Converts requests to searches.</summary>
public sealed class SearchQueries(PublishedDirectory directory, DirectoryQuestions questions, DirectorySite site, TimeProvider clock)
{
    /// <summary>Converts a request to a search.</summary>
    /// <param name="request">The validated request.</param>
    /// <param name="choice">The reader's languages.</param>
    /// <param name="failure">Why the request was refused; null if it was not.</param>
    public SearchQuery? Of(ListRequest request, LanguageChoice choice, out ValidationFailure? failure)
    {
        failure = null;
        var set = ParameterSet.Of(request.GetType());
        var now = clock.GetUtcNow();
        var question = string.IsNullOrWhiteSpace(request.Q) ? null : questions.Reader.Read(request.Q, choice.First, request.Not, directory.Current.Knows);
        var query = new SearchQuery
        {
            Text = request.Q,
            Question = question,
            Places = question?.Place is { } named ? [SearchPlace.Of(named)] : [],
            Language = choice.First,
            PreferOpenAt = question?.Meanings.Any(m => m.Axis == "openNow") == true ? now : null,
            Kinds = KindsOf(request, set),
            Terms = [.. TermsOf(request)],
            PreferredLanguages = Preferred(request, SearchFields.Language),
            PreferredStatus = Preferred(request, SearchFields.ImmigrationStatus),
            AssuredSince = request.VerifiedWithin is { } days ? site.DayOf(now).AddDays(-days) : null,
            Sort = request.Sort,
            Skip = (request.Page - 1) * request.PageSize,
            Take = request.PageSize,
            Facets = [.. request.Facets.Select(f => set.Find(f)!.Field!)],
        };
        if (request is Events.ListEventsRequest @event)
        {
            query = query with { From = @event.From, To = @event.To };
        }

        if (request is ServiceListRequest service)
        {
            query = query with { Age = service.Age, OpenAt = service.OpenNow == true ? now : null };
        }

        if (request is PlacedListRequest placed)
        {
            var places = PlacesOf(placed, out failure);
            query = query with
            {
                // A place in its own parameter takes precedence over one in the question.
                Places = places.Count > 0 ? places : query.Places,
                RadiusMiles = placed.Unit == DistanceUnit.Km ? placed.Radius / GeoDistance.KilometersPerMile : placed.Radius,
            };
        }

        return query;
    }

    /// <summary>Values that rank entries but exclude none.</summary>
    private static IReadOnlyList<string> Preferred(ListRequest request, SearchField field) =>
        request.Strict != true && request.Filters.TryGetValue(field, out var values) ? values : [];

    private static List<SearchPlace> PlacesOf(PlacedListRequest request, out ValidationFailure? failure)
    {
        failure = null;
        var places = new List<SearchPlace>();
        if (request.Near is { } near)
        {
            if (PlaceText.Read(near, out var fault) is { } place)
            {
                places.Add(SearchPlace.Of(place));
            }
            else
            {
                failure = new ValidationFailure("near", fault);
            }
        }

        foreach (var zip in request is ServiceListRequest service ? service.Zip : [])
        {
            if (Gazetteer.Shipped.Zip(zip) is { } place)
            {
                places.Add(SearchPlace.Of(place));
            }
            else
            {
                failure = new ValidationFailure("zip", $"{Quoted.Of(zip)} is not a known ZIP code. Enter a neighboring one.");
            }
        }

        return places;
    }

    /// <summary>The requested kinds, or the kinds of the list; empty for all.</summary>
    private static IReadOnlyList<EntryKind> KindsOf(ListRequest request, ParameterSet set) =>
        request.Filters.TryGetValue(SearchFields.Kind, out var kinds) ? [.. kinds.Select(EntryKinds.Parse)]
        : set.Kinds.Count < EntryKinds.All.Count ? set.Kinds
        : [];

    private static IEnumerable<TermFilter> TermsOf(ListRequest request) =>
        from filter in request.Filters
        where filter.Key != SearchFields.Kind && (request.Strict == true || (filter.Key != SearchFields.Language && filter.Key != SearchFields.ImmigrationStatus))
        select new TermFilter(filter.Key, filter.Key.Codes == FieldCodes.County ? [.. filter.Value.SelectMany(CountyCodes)] : filter.Value);

    /// <summary>A name without a state means the counties of that name in all states.</summary>
    private static IEnumerable<string> CountyCodes(string county) =>
        county.Contains(':') ? [county] : Counties.All.Where(c => c.Name == county).Select(c => c.Code);
}
