using HealthEquity.Api.Feed;
using HealthEquity.Db.Hsds;
using HealthEquity.Db.Vocabularies;

namespace HealthEquity.Api.Hsds;

/// <summary>Answers the standard's lists; GET and POST ask the same.</summary>
public sealed class HsdsLists(HsdsDirectory directory)
{
    /// <summary>Services.</summary>
    public Task ServicesAsync(HttpContext context, HsdsServicesRequest request)
    {
        if (directory.Current is not { } snapshot)
        {
            return NotReady.SendAsync(context);
        }

        var organizations = HsdsAnswers.Ids(request.OrganizationId);
        var found = directory.Find(
            snapshot,
            HsdsAnswers.QueryOf(request),
            HsdsAnswers.Ids(request.TaxonomyTermId, request.TaxonomyId),
            l => ModifiedSince(l, request.ModifiedAfter) && (organizations.Count == 0 || organizations.Contains(l.OrganizationId)));
        var mapping = directory.Mapping;
        return request.Minimal
            ? HsdsAnswers.SendListAsync(context, request, snapshot.Sequence, found, l => new HsdsMinimalService { Id = l.ServiceId, LastModified = l.LastModified })
            : HsdsAnswers.SendListAsync(context, request, snapshot.Sequence, found, l => mapping.Service(l.Entry, request.Full));
    }

    /// <summary>Organizations.</summary>
    public Task OrganizationsAsync(HttpContext context, HsdsOrganizationsRequest request)
    {
        if (directory.Current is not { } snapshot)
        {
            return NotReady.SendAsync(context);
        }

        var found = directory.Find(snapshot, HsdsAnswers.QueryOf(request), HsdsAnswers.Ids(request.TaxonomyTermId, request.TaxonomyId), static _ => true);
        var mapping = directory.Mapping;
        return HsdsAnswers.SendListAsync(
            context, request, snapshot.Sequence, found, l => mapping.Organization(l.Entry, request.Full || request.FullService, request.FullService));
    }

    /// <summary>Places at which services are given.</summary>
    public Task ServiceAtLocationsAsync(HttpContext context, HsdsServiceAtLocationsRequest request)
    {
        if (directory.Current is not { } snapshot)
        {
            return NotReady.SendAsync(context);
        }

        var organizations = HsdsAnswers.Ids(request.OrganizationId);
        var found = directory.Find(
            snapshot,
            HsdsAnswers.QueryOf(request, request.Postcode, request.Proximity),
            HsdsAnswers.Ids(request.TaxonomyTermId, request.TaxonomyId),
            l => ModifiedSince(l, request.ModifiedAfter) && (organizations.Count == 0 || organizations.Contains(l.OrganizationId)));
        var mapping = directory.Mapping;
        var places = found.SelectMany(l => l.Places.Select(place => (Listing: l, Place: place)));
        return HsdsAnswers.SendListAsync(
            context, request, snapshot.Sequence, places, p => mapping.ServiceAtLocations(p.Listing.Entry, request.Full).First(s => s.Id == p.Place));
    }

    /// <summary>Taxonomies: our vocabularies.</summary>
    public Task TaxonomiesAsync(HttpContext context, HsdsTaxonomiesRequest request)
    {
        if (directory.Current is not { } snapshot)
        {
            return NotReady.SendAsync(context);
        }

        var found = directory.Vocabularies.All.Where(v => Says(request.Search, v.Label, v.Definition));
        return HsdsAnswers.SendListAsync(context, request, snapshot.Sequence, found, HsdsMapping.Taxonomy);
    }

    /// <summary>Terms of our vocabularies.</summary>
    public Task TaxonomyTermsAsync(HttpContext context, HsdsTaxonomyTermsRequest request)
    {
        if (directory.Current is not { } snapshot)
        {
            return NotReady.SendAsync(context);
        }

        var taxonomies = HsdsAnswers.Ids(request.TaxonomyId);
        var found = request.ParentId.Count > 0 ? [] : Terms()
            .Where(t => taxonomies.Count == 0 || taxonomies.Contains(HsdsIds.Taxonomy(t.Vocabulary.Name)))
            .Where(t => Says(request.Search, t.Term.Label, t.Term.Definition));
        return HsdsAnswers.SendListAsync(context, request, snapshot.Sequence, found, t => HsdsMapping.Term(t.Vocabulary, t.Term));
    }

    /// <summary>Every term with its vocabulary.</summary>
    public IEnumerable<(Vocabulary Vocabulary, Term Term)> Terms() => directory.Vocabularies.All.SelectMany(v => v.Terms.Select(t => (v, t)));

    private static bool ModifiedSince(HsdsListing listing, string? moment) =>
        moment is null || (HsdsMoment.TryRead(moment, out var since) && listing.LastModified >= since);

    private static bool Says(string? words, params string[] texts) =>
        string.IsNullOrWhiteSpace(words) || texts.Any(t => t.Contains(words.Trim(), StringComparison.CurrentCultureIgnoreCase));
}

/// <summary>A service as <c>minimal</c> wants it.</summary>
public sealed record HsdsMinimalService
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset LastModified { get; init; }
}
