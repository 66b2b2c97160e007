using System.Runtime.CompilerServices;
using System.Text.Json;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Vocabularies;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Hsds;
using HealthEquity.Db.Search;
using HealthEquity.Db.Vocabularies;

namespace HealthEquity.Api.Hsds;

/// <summary>What HSDS asks about an entry before it is shown: read once from the entry, and kept as long as the entry is.</summary>
/// <param name="Indexed">The entry.</param>
/// <param name="ServiceId">Its service's id.</param>
/// <param name="OrganizationId">Its organization's id.</param>
/// <param name="LastModified">When it last changed.</param>
/// <param name="Terms">Ids of the terms and taxonomies that it holds.</param>
/// <param name="Places">Ids of its service_at_locations.</param>
public sealed record HsdsListing(
    IndexedEntry Indexed, Guid ServiceId, Guid OrganizationId, DateTimeOffset LastModified, IReadOnlySet<Guid> Terms, IReadOnlyList<Guid> Places)
{
    /// <summary>The entry's public document.</summary>
    public ServiceEntry Entry => Read(Indexed);

    internal static ServiceEntry Read(IndexedEntry entry) => (ServiceEntry)JsonSerializer.Deserialize<Entry>(entry.Body.Span, EntryJson.Public)!;
}

/// <summary>The published directory as HSDS sees it.</summary>
public sealed class HsdsDirectory(PublishedDirectory directory, DirectoryVocabularies vocabularies, HsdsOptions options)
{
    private static readonly EntryKind[] Kinds = [EntryKind.Provider, EntryKind.Attorney, EntryKind.Organization];

    private readonly ConditionalWeakTable<IndexedEntry, HsdsListing> _listings = [];

    private volatile Book? _book;

    /// <summary>Makes HSDS documents of entries.</summary>
    public HsdsMapping Mapping => new(vocabularies.Current, options.AssurerEmail);

    /// <summary>The vocabularies.</summary>
    public VocabularySet Vocabularies => vocabularies.Current;

    /// <summary>Entries that match, best first when words are searched for, else by id.</summary>
    public IEnumerable<HsdsListing> Find(DirectorySnapshot snapshot, SearchQuery query, IReadOnlyList<Guid> anyTerm, Func<HsdsListing, bool> also)
    {
        var hits = snapshot.Search(query with { Kinds = Kinds, Take = int.MaxValue }).Hits.Select(h => h.Entry);
        var ordered = query.Text is null && query.Sort != SearchSort.Distance ? hits.OrderBy(e => e.Id) : hits;
        return ordered.Select(Listing).Where(l => (anyTerm.Count == 0 || anyTerm.Any(l.Terms.Contains)) && also(l));
    }

    /// <summary>The entry that the id of a service, an organization or a service_at_location belongs to.</summary>
    public HsdsListing? Find(DirectorySnapshot snapshot, Guid id)
    {
        var book = _book;
        if (book?.Sequence != snapshot.Sequence)
        {
            var byId = new Dictionary<Guid, HsdsListing>();
            foreach (var listing in Find(snapshot, new SearchQuery(), [], static _ => true))
            {
                foreach (var key in listing.Places.Append(listing.ServiceId).Append(listing.OrganizationId))
                {
                    byId[key] = listing;
                }
            }

            _book = book = new Book(snapshot.Sequence, byId);
        }

        return book.ById.GetValueOrDefault(id);
    }

    /// <summary>The directory as it is now; null while the first load is under way.</summary>
    public DirectorySnapshot? Current => directory.IsReady ? directory.Current : null;

    private HsdsListing Listing(IndexedEntry indexed) => _listings.GetValue(indexed, key =>
    {
        var entry = HsdsListing.Read(key);
        var terms = EntryTerms.Of(entry).SelectMany(t => new[] { HsdsIds.Term(t.Vocabulary, t.Code), HsdsIds.Taxonomy(t.Vocabulary) });
        return new HsdsListing(
            key,
            HsdsMapping.ServiceId(entry),
            HsdsMapping.OrganizationId(entry),
            entry.PublishedAt ?? default,
            terms.ToHashSet(),
            [.. Mapping.ServiceAtLocations(entry, full: false).Select(s => s.Id)]);
    });

    private sealed record Book(long Sequence, IReadOnlyDictionary<Guid, HsdsListing> ById);
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
