using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Publication;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Hsds;
using HealthEquity.Formats.Hsds.Writing;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Hsds;

/// <summary>The HSDS properties of an entry that lists filter by. Computed once and cached as long as the entry.</summary>
/// <param name="Indexed">The entry.</param>
/// <param name="ServiceId">The id of its service.</param>
/// <param name="OrganizationId">The id of its organization.</param>
/// <param name="LastModified">When it last changed.</param>
/// <param name="Terms">The ids of its terms and taxonomies.</param>
/// <param name="Places">Its service_at_locations.</param>
public sealed record HsdsListing(
    IndexedEntry Indexed, Guid ServiceId, Guid OrganizationId, DateTimeOffset LastModified, IReadOnlySet<Guid> Terms, IReadOnlyList<HsdsPlace> Places)
{
    /// <summary>The public document of the entry.</summary>
    public ServiceEntry Entry => Read(Indexed);

    internal static ServiceEntry Read(IndexedEntry entry) => (ServiceEntry)ApiJson.Read<Entry>(entry.Body.Span);
}

/// <summary>A service at a location.</summary>
/// <param name="Id">The id of the service_at_location.</param>
/// <param name="Point">The coordinates; null if not public or unknown.</param>
public readonly record struct HsdsPlace(Guid Id, GeoPoint? Point);

/// <summary>Data that depends on the vocabularies.</summary>
public sealed class HsdsEdition
{
    private readonly Lazy<string> _fingerprint;

    internal HsdsEdition(VocabularySet vocabularies, string? assurerEmail)
    {
        Vocabularies = vocabularies;
        Mapping = new HsdsMapping(vocabularies, assurerEmail);
        _fingerprint = new(() => Convert.ToHexString(SHA256.HashData(
            [.. JsonSerializer.SerializeToUtf8Bytes(vocabularies.All), .. Encoding.UTF8.GetBytes(assurerEmail ?? "")])));
    }

    /// <summary>The vocabularies.</summary>
    public VocabularySet Vocabularies { get; }

    /// <summary>Maps entries to HSDS.</summary>
    public HsdsMapping Mapping { get; }

    /// <summary>The fingerprint of the edition, the same on every node.</summary>
    public string Fingerprint => _fingerprint.Value;

    /// <summary>Every term with its vocabulary.</summary>
    public IEnumerable<(Vocabulary Vocabulary, Term Term)> Terms => Vocabularies.All.SelectMany(v => v.Terms.Select(t => (v, t)));

    internal ConditionalWeakTable<IndexedEntry, HsdsListing> Listings { get; } = [];
}

/// <summary>The published directory as HSDS.</summary>
public sealed class HsdsDirectory(PublishedDirectory directory, DirectoryVocabularies vocabularies, HsdsOptions options)
{
    private static readonly EntryKind[] Kinds = [EntryKind.Provider, EntryKind.Attorney, EntryKind.Organization];

    private volatile HsdsEdition? _edition;
    private volatile Book? _book;

    /// <summary>The current snapshot; null while loading. Read it before <see cref="Edition"/>.</summary>
    public DirectorySnapshot? Current => directory.IsReady ? directory.Current : null;

    /// <summary>The current vocabularies and data that depends on them.</summary>
    public HsdsEdition Edition
    {
        get
        {
            var current = vocabularies.Current;
            var edition = _edition;
            if (edition?.Vocabularies != current)
            {
                _edition = edition = new HsdsEdition(current, options.AssurerEmail);
            }

            return edition;
        }
    }

    /// <summary>Matching entries: by relevance for a text search, by distance near a point, else by id.</summary>
    public IEnumerable<HsdsListing> Find(DirectorySnapshot snapshot, SearchQuery query)
    {
        var edition = Edition;
        var hits = snapshot.Search(query with { Kinds = Kinds, Take = int.MaxValue }).Hits.Select(h => h.Entry);
        var ordered = query.Text is null && query.Sort != SearchSort.Distance ? hits.OrderBy(e => e.Id) : hits;
        return ordered.Select(e => Listing(edition, e));
    }

    /// <summary>The entry of a service, organization or service_at_location id.</summary>
    public HsdsListing? Find(DirectorySnapshot snapshot, Guid id)
    {
        if (snapshot.Find(id) is { } entry)
        {
            return Kinds.Contains(entry.Kind) ? Listing(Edition, entry) : null;
        }

        var book = _book;
        if (book?.Mark != snapshot.Mark)
        {
            var byId = new Dictionary<Guid, IndexedEntry>();
            foreach (var listing in Find(snapshot, new SearchQuery()))
            {
                foreach (var key in listing.Places.Select(p => p.Id).Append(listing.ServiceId).Append(listing.OrganizationId))
                {
                    byId[key] = listing.Indexed;
                }
            }

            _book = book = new Book(snapshot.Mark, byId);
        }

        return book.ById.TryGetValue(id, out var owner) ? Listing(Edition, owner) : null;
    }

    private static HsdsListing Listing(HsdsEdition edition, IndexedEntry indexed) => edition.Listings.GetValue(indexed, key =>
    {
        var entry = HsdsListing.Read(key);
        var terms = HsdsMapping.Terms(entry).SelectMany(t => edition.Vocabularies.EquivalentCodes(t.Vocabulary, t.Code)
            .Select(code => HsdsIds.Term(t.Vocabulary, code)).Append(HsdsIds.Taxonomy(t.Vocabulary)));
        return new HsdsListing(
            key,
            HsdsMapping.ServiceId(entry),
            HsdsMapping.OrganizationId(entry),
            edition.Mapping.LastModified(entry) ?? default,
            terms.ToHashSet(),
            [.. edition.Mapping.Places(entry).Zip(entry.Locations, (s, place) => new HsdsPlace(s.Id, PointOf(place)))]);
    });

    private static GeoPoint? PointOf(Location place) =>
        place is { Latitude: { } latitude, Longitude: { } longitude } ? new GeoPoint(latitude, longitude)
        : place.Country == "US" && ZipCodes.TryGet(place.PostalCode, out var zip) ? new GeoPoint(zip.Latitude, zip.Longitude)
        : null;

    private sealed record Book(ChangeMark Mark, IReadOnlyDictionary<Guid, IndexedEntry> ById);
}

/// <summary>Information about the department for HSDS clients.</summary>
public sealed class HsdsOptions
{
    /// <summary>The name of the publisher.</summary>
    public string? PublisherName { get; set; }

    /// <summary>The website of the publisher.</summary>
    public string? PublisherUrl { get; set; }

    /// <summary>The email address for questions about verification (HSDS <c>assurer_email</c>).</summary>
    public string? AssurerEmail { get; set; }
}
