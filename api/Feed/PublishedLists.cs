using System.Collections.Frozen;
using HealthEquity.Store.Lists;

namespace HealthEquity.Api.Feed;

/// <summary>The curated lists that this node serves.</summary>
public sealed class PublishedLists
{
    private volatile FrozenDictionary<string, PublishedList> _bySlug = FrozenDictionary<string, PublishedList>.Empty;

    /// <summary>The public lists, by address.</summary>
    public IEnumerable<PublishedList> All => _bySlug.Values.Where(l => l.Body is not null).OrderBy(l => l.Slug, StringComparer.Ordinal);

    /// <summary>The list with an address, also one that was taken down; null if there never was one.</summary>
    public PublishedList? Find(string slug) => _bySlug.GetValueOrDefault(slug);

    /// <summary>Replaces the lists after a change.</summary>
    public void Replace(IEnumerable<PublishedList> lists) => _bySlug = lists.ToFrozenDictionary(l => l.Slug, StringComparer.OrdinalIgnoreCase);
}
