using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HealthEquity.Api.Feed;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Publication;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Hsds;
using HealthEquity.Formats.Hsds.Writing;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Hsds;

/// <summary>What HSDS asks about an entry before it is shown: read once from the entry, and kept as long as the entry is.</summary>
/// <param name="Indexed">The entry.</param>
/// <param name="ServiceId">Its service's id.</param>
/// <param name="OrganizationId">Its organization's id.</param>
/// <param name="LastModified">When it last changed.</param>
/// <param name="Terms">Ids of the terms and taxonomies that it holds.</param>
/// <param name="Places">Its service_at_locations.</param>
public sealed record HsdsListing(
    IndexedEntry Indexed, Guid ServiceId, Guid OrganizationId, DateTimeOffset LastModified, IReadOnlySet<Guid> Terms, IReadOnlyList<HsdsPlace> Places)
{
    /// <summary>The entry's public document.</summary>
    public ServiceEntry Entry => Read(Indexed);

    internal static ServiceEntry Read(IndexedEntry entry) => (ServiceEntry)JsonSerializer.Deserialize<Entry>(entry.Body.Span, EntryJson.Public)!;
}

/// <summary>A place at which a service is given.</summary>
/// <param name="Id">The id of the service_at_location.</param>
/// <param name="Point">Where it is; null where that is not public or not known.</param>
public readonly record struct HsdsPlace(Guid Id, GeoPoint? Point);

/// <summary>What stays the same while the vocabularies do.</summary>
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

    /// <summary>Makes HSDS documents of entries.</summary>
    public HsdsMapping Mapping { get; }

    /// <summary>Tells apart editions that make documents differ, on every node alike.</summary>
    public string Fingerprint => _fingerprint.Value;

    /// <summary>Every term with its vocabulary.</summary>
    public IEnumerable<(Vocabulary Vocabulary, Term Term)> Terms => Vocabularies.All.SelectMany(v => v.Terms.Select(t => (v, t)));

    internal ConditionalWeakTable<IndexedEntry, HsdsListing> Listings { get; } = [];
}

/// <summary>The published directory as HSDS sees it.</summary>
public sealed class HsdsDirectory(PublishedDirectory directory, DirectoryVocabularies vocabularies, HsdsOptions options)
{
    private static readonly EntryKind[] Kinds = [EntryKind.Provider, EntryKind.Attorney, EntryKind.Organization];

    private volatile HsdsEdition? _edition;
    private volatile Book? _book;

    /// <summary>The directory as it is now; null while the first load is under way. Ask for it before <see cref="Edition"/>.</summary>
    public DirectorySnapshot? Current => directory.IsReady ? directory.Current : null;

    /// <summary>The vocabularies as they are now, and what depends on them.</summary>
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

    /// <summary>Entries that match, best first when words are searched for, nearest first near a place, else by id.</summary>
    public IEnumerable<HsdsListing> Find(DirectorySnapshot snapshot, SearchQuery query)
    {
        var edition = Edition;
        var hits = snapshot.Search(query with { Kinds = Kinds, Take = int.MaxValue }).Hits.Select(h => h.Entry);
        var ordered = query.Text is null && query.Sort != SearchSort.Distance ? hits.OrderBy(e => e.Id) : hits;
        return ordered.Select(e => Listing(edition, e));
    }

    /// <summary>The entry that the id of a service, an organization or a service_at_location belongs to.</summary>
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

/// <summary>What a department says of itself to HSDS's readers.</summary>
public sealed class HsdsOptions
{
    /// <summary>The publisher's name.</summary>
    public string? PublisherName { get; set; }

    /// <summary>The publisher's web site.</summary>
    public string? PublisherUrl { get; set; }

    /// <summary>The address that answers for checks (HSDS <c>assurer_email</c>).</summary>
    public string? AssurerEmail { get; set; }
}
