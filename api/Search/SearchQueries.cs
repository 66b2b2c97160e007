using System.Globalization;
using FluentValidation.Results;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Problems;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Search;

/// <summary>Makes the search of a request.</summary>
public sealed class SearchQueries(TimeProvider clock)
{
    /// <summary>The search that the request asks for.</summary>
    /// <param name="request">A request whose bounds were checked.</param>
    /// <param name="choice">The reader's languages.</param>
    /// <param name="failure">What the request asks that can't be answered, or null.</param>
    public SearchQuery? Of(ListRequest request, LanguageChoice choice, out ValidationFailure? failure)
    {
        failure = null;
        var set = ParameterSet.Of(request.GetType());
        var now = clock.GetUtcNow();
        var query = new SearchQuery
        {
            Text = request.Q,
            Language = choice.First,
            Kinds = KindsOf(request, set),
            Terms = [.. TermsOf(request)],
            AssuredSince = request.VerifiedWithin is { } days ? DateOnly.FromDateTime(now.UtcDateTime).AddDays(-days) : null,
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
            query = query with { ServesZip = service.Zip, Age = service.Age, OpenAt = service.OpenNow == true ? now : null };
        }

        if (request is not PlacedListRequest { Near: { } near } placed)
        {
            return query;
        }

        failure = ReadPlace(near, out var point) is { } fault ? new ValidationFailure("near", fault) : null;
        return query with
        {
            Near = point,
            RadiusMiles = placed.Unit == DistanceUnit.Km ? placed.Radius / GeoDistance.KilometersPerMile : placed.Radius,
        };
    }

    /// <summary>The kinds asked for, or those that the list is of; empty for all.</summary>
    private static IReadOnlyList<EntryKind> KindsOf(ListRequest request, ParameterSet set) =>
        request.Filters.TryGetValue(SearchFields.Kind, out var kinds) ? [.. kinds.Select(EntryKinds.Parse)]
        : set.Kinds.Count < EntryKinds.All.Count ? set.Kinds
        : [];

    private static IEnumerable<TermFilter> TermsOf(ListRequest request) =>
        from filter in request.Filters
        where filter.Key != SearchFields.Kind
        select new TermFilter(filter.Key, filter.Key.Codes == FieldCodes.County ? [.. filter.Value.SelectMany(CountyCodes)] : filter.Value);

    /// <summary>A name alone stands for the counties of that name in all states.</summary>
    private static IEnumerable<string> CountyCodes(string county) =>
        county.Contains(':') ? [county] : Counties.All.Where(c => c.Name == county).Select(c => c.Code);

    private static string? ReadPlace(string near, out GeoPoint point)
    {
        point = default;
        if (near.Split(',') is [var latitude, var longitude])
        {
            if (!TryRead(latitude, 90, out var north) || !TryRead(longitude, 180, out var east))
            {
                return $"{Quoted.Of(near)} is not a place; write latitude and longitude in degrees, such as 25.77,-80.19.";
            }

            point = new GeoPoint(north, east);
            return null;
        }

        if (near.Length != 5 || near.Any(c => !char.IsAsciiDigit(c)))
        {
            return $"{Quoted.Of(near)} is not a place; write a ZIP code of five digits, or latitude,longitude.";
        }

        if (!ZipCodes.TryGet(near, out var zip))
        {
            return $"{Quoted.Of(near)} is not a ZIP code in use; check it, or write latitude,longitude.";
        }

        point = new GeoPoint(zip.Latitude, zip.Longitude);
        return null;
    }

    private static bool TryRead(string text, double most, out double degrees) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out degrees) && Math.Abs(degrees) <= most;
}
