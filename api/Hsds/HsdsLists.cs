using FluentValidation.Results;
using HealthEquity.Api.Exports;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Limits;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Problems;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Hsds;
using HealthEquity.Formats.Hsds.Writing;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Hsds;

/// <summary>Answers the standard's lists, for GET and POST.</summary>
public sealed class HsdsLists(HsdsDirectory directory, RequestLimits limits)
{
    private const double MetersPerMile = GeoDistance.KilometersPerMile * 1000;

    /// <summary>Services.</summary>
    public Task ServicesAsync(HttpContext context, HsdsServicesRequest request) => AnswerAsync(context, (snapshot, edition, failures) =>
    {
        var organizations = Ids("organization_id", request.OrganizationId, failures);
        var found = Find(snapshot, edition, request, Words(request), failures)
            .Where(l => ModifiedSince(l, request.ModifiedAfter) && (organizations.Count == 0 || organizations.Contains(l.OrganizationId)))
            .ToList();
        return request.Minimal
            ? SendAsync(context, request, snapshot, new HsdsList<HsdsListing, HsdsMinimalService>(found, HsdsMinimalService.Of, ServiceMark, edition.Fingerprint) { OnOnePage = true })
            : SendAsync(context, request, snapshot, new HsdsList<HsdsListing, HsdsService>(found, l => edition.Mapping.Service(l.Entry, request.Full), ServiceMark, $"{edition.Fingerprint} {request.Full}"));

        static HsdsMark ServiceMark(HsdsListing listing) => HsdsMark.Of(listing.ServiceId, listing.Indexed);
    });

    /// <summary>Organizations.</summary>
    public Task OrganizationsAsync(HttpContext context, HsdsOrganizationsRequest request) => AnswerAsync(context, (snapshot, edition, failures) => SendAsync(
        context,
        request,
        snapshot,
        new HsdsList<HsdsListing, HsdsOrganization>(
            [.. Find(snapshot, edition, request, Words(request), failures)],
            l => edition.Mapping.Organization(l.Entry, request.Full || request.FullService, request.FullService),
            l => HsdsMark.Of(l.OrganizationId, l.Indexed),
            $"{edition.Fingerprint} {request.Full} {request.FullService}")));

    /// <summary>Services at locations.</summary>
    public Task ServiceAtLocationsAsync(HttpContext context, HsdsServiceAtLocationsRequest request) => AnswerAsync(context, (snapshot, edition, failures) =>
    {
        var (query, isNear) = Around(request, failures);
        var organizations = Ids("organization_id", request.OrganizationId, failures);
        var found = Find(snapshot, edition, request, query, failures)
            .Where(l => ModifiedSince(l, request.ModifiedAfter) && (organizations.Count == 0 || organizations.Contains(l.OrganizationId)))
            .SelectMany(l => l.Places.Where(isNear).Select(p => (Listing: l, p.Id)))
            .ToList();
        return SendAsync(context, request, snapshot, new HsdsList<(HsdsListing Listing, Guid Id), HsdsServiceAtLocation>(
            found,
            p => edition.Mapping.ServiceAtLocations(p.Listing.Entry, request.Full).First(s => s.Id == p.Id),
            p => HsdsMark.Of(p.Id, p.Listing.Indexed),
            $"{edition.Fingerprint} {request.Full}"));
    });

    /// <summary>Taxonomies: our vocabularies.</summary>
    public Task TaxonomiesAsync(HttpContext context, HsdsTaxonomiesRequest request) => AnswerAsync(context, (snapshot, edition, _) => SendAsync(
        context,
        request,
        snapshot,
        new HsdsList<Vocabulary, HsdsTaxonomy>(
            [.. edition.Vocabularies.All.Where(v => ContainsWords(request.Search, v.Label, v.Definition))],
            HsdsMapping.Taxonomy,
            v => new HsdsMark(HsdsIds.Taxonomy(v.Name), 0, 0),
            edition.Fingerprint)));

    /// <summary>Terms of our vocabularies.</summary>
    public Task TaxonomyTermsAsync(HttpContext context, HsdsTaxonomyTermsRequest request) => AnswerAsync(context, (snapshot, edition, failures) =>
    {
        var taxonomies = TaxonomyIds(edition, request.TaxonomyId, failures);
        // None of our terms has a parent.
        var found = Ids("parent_id", request.ParentId, failures).Count > 0 ? [] : edition.Terms
            .Where(t => taxonomies.Count == 0 || taxonomies.Contains(HsdsIds.Taxonomy(t.Vocabulary.Name)))
            .Where(t => ContainsWords(request.Search, t.Term.Label, t.Term.Definition, t.Term.Code))
            .ToList();
        return SendAsync(context, request, snapshot, new HsdsList<(Vocabulary Vocabulary, Term Term), HsdsTaxonomyTerm>(
            found, t => HsdsMapping.Term(t.Vocabulary, t.Term), t => new HsdsMark(HsdsIds.Term(t.Vocabulary.Name, t.Term.Code), 0, 0), edition.Fingerprint));
    });

    /// <summary>Answers once the directory is loaded: with the errors if there are any, otherwise with the results.</summary>
    private async Task AnswerAsync(HttpContext context, Func<DirectorySnapshot, HsdsEdition, List<ValidationFailure>, Func<Task>> find)
    {
        if (directory.Current is not { } snapshot)
        {
            await NotReady.SendAsync(context);
            return;
        }

        var failures = new List<ValidationFailure>();
        var send = find(snapshot, directory.Edition, failures);
        await (failures.Count > 0 ? Problem.Of(failures).SendAsync(context) : send());
    }

    /// <summary>Streaming a whole list costs as much as an export.</summary>
    private Func<Task> SendAsync<TItem, T>(HttpContext context, HsdsListRequest request, DirectorySnapshot snapshot, HsdsList<TItem, T> list) =>
        () => HsdsAnswers.SendListAsync(context, request, snapshot, list, beforeStream: () => limits.ChargeMore(context, ExportEndpoint.Cost - 1));

    /// <summary>A repeated parameter matches any of its values; different parameters must all match.</summary>
    private IEnumerable<HsdsListing> Find(
        DirectorySnapshot snapshot, HsdsEdition edition, HsdsServiceListRequest request, SearchQuery query, List<ValidationFailure> failures)
    {
        var terms = Ids("taxonomy_term_id", request.TaxonomyTermId, failures, edition.Terms.SelectMany(t =>
            new[] { (t.Term.Label, HsdsIds.Term(t.Vocabulary.Name, t.Term.Code)), (t.Term.Code, HsdsIds.Term(t.Vocabulary.Name, t.Term.Code)) }));
        var taxonomies = TaxonomyIds(edition, request.TaxonomyId, failures);
        return failures.Count > 0 ? [] : directory.Find(snapshot, query)
            .Where(l => (terms.Count == 0 || terms.Any(l.Terms.Contains)) && (taxonomies.Count == 0 || taxonomies.Any(l.Terms.Contains)));
    }

    private static SearchQuery Words(HsdsListRequest request) => new() { Text = string.IsNullOrWhiteSpace(request.Search) ? null : request.Search };

    /// <summary>Applies the postcode: services for this ZIP code or, with a distance, locations near its center.</summary>
    private static (SearchQuery Query, Func<HsdsPlace, bool> IsNear) Around(HsdsServiceAtLocationsRequest request, List<ValidationFailure> failures)
    {
        var query = Words(request);
        if (request.Postcode is not { } postcode)
        {
            return (query, static _ => true);
        }

        if (!ZipCodes.TryGet(postcode, out var area))
        {
            failures.Add(new("postcode", $"{Quoted.Of(postcode)} is not a ZIP code with a location. Use a nearby one."));
            return (query, static _ => false);
        }

        if (request.Proximity is not { } meters)
        {
            return (query with { ServesZip = [postcode] }, static _ => true);
        }

        var middle = new GeoPoint(area.Latitude, area.Longitude);
        return (
            query with { Near = middle, RadiusMiles = meters / MetersPerMile, Sort = SearchSort.Distance },
            place => place.Point is { } point && GeoDistance.Miles(middle.Latitude, middle.Longitude, point.Latitude, point.Longitude) * MetersPerMile <= meters);
    }

    private static IReadOnlyList<Guid> TaxonomyIds(HsdsEdition edition, IReadOnlyList<string> given, List<ValidationFailure> failures) =>
        Ids("taxonomy_id", given, failures, edition.Vocabularies.All.SelectMany(v => new[] { (v.Label, HsdsIds.Taxonomy(v.Name)), (v.Name, HsdsIds.Taxonomy(v.Name)) }));

    /// <summary>Reads ids. If a name is given instead, the error contains the id of the closest match.</summary>
    private static List<Guid> Ids(string parameter, IReadOnlyList<string> given, List<ValidationFailure> failures, IEnumerable<(string Name, Guid Id)>? known = null)
    {
        var ids = new List<Guid>(given.Count);
        foreach (var text in given)
        {
            if (Guid.TryParse(text, out var id))
            {
                ids.Add(id);
                continue;
            }

            var nearest = known is null ? null : Nearest.Of(text, known.Select(k => k.Name));
            failures.Add(new(parameter, nearest is null
                ? $"{Quoted.Of(text)} is not an id. Use a UUID from the lists of this API."
                : $"{Quoted.Of(text)} is not an id. Did you mean '{nearest}'? Its id is {known!.First(k => k.Name == nearest).Id}."));
        }

        return ids;
    }

    private static bool ModifiedSince(HsdsListing listing, string? moment) =>
        moment is null || (HsdsMoment.TryRead(moment, out var since) && listing.LastModified >= since);

    private static bool ContainsWords(string? words, params string[] texts) =>
        string.IsNullOrWhiteSpace(words) || texts.Any(t => t.Contains(words.Trim(), StringComparison.OrdinalIgnoreCase));
}

/// <summary>A service in a <c>minimal</c> list.</summary>
public sealed record HsdsMinimalService
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it last changed, by the name in the service schema.</summary>
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>The same, by the name in the standard's API reference.</summary>
    public DateTimeOffset ModifiedDate => LastModified;

    internal static HsdsMinimalService Of(HsdsListing listing) => new() { Id = listing.ServiceId, LastModified = listing.LastModified };
}
