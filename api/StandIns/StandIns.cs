#pragma warning disable
using System.Text.Json.Nodes;
using System.Text;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Publishing;
using HealthEquity.Db.Search;

namespace HealthEquity.Db.Search
{
    public sealed class DirectoryIndex
    {
        private volatile DirectorySnapshot _current = new(0, []);
        public DirectorySnapshot Current => _current;
        public void Apply(IReadOnlyList<PublishedEntry> changes)
        {
            var rows = _current.Rows.ToDictionary(r => r.EntryId);
            foreach (var c in changes) rows[c.EntryId] = c;
            _current = new(changes[^1].Sequence, [.. rows.Values]);
        }
    }

    public sealed record SuggestedEntry(string Text, IndexedEntry Entry);

    public sealed class DirectorySnapshot(long sequence, IReadOnlyList<PublishedEntry> rows)
    {
        private readonly List<IndexedEntry> _entries = [.. rows.Where(r => r.Body is not null).Select(r => new IndexedEntry { Id = r.EntryId, Kind = r.Kind, Slug = r.Slug, Sequence = r.Sequence, Body = Encoding.UTF8.GetBytes(r.Body!) })];
        internal IReadOnlyList<PublishedEntry> Rows => rows;
        public long Sequence => sequence;
        public int Count => _entries.Count;
        public IndexedEntry? Find(EntryKind kind, Guid id) => _entries.FirstOrDefault(e => e.Kind == kind && e.Id == id);
        public IndexedEntry? FindBySlug(EntryKind kind, string slug) =>
            _entries.FirstOrDefault(e => e.Kind == kind && e.Slug == slug) ?? _entries.FirstOrDefault(e => e.Kind == kind && JsonNode.Parse(e.Body.Span)!["formerSlugs"] is JsonArray a && a.Any(s => (string?)s == slug));
        public PublishedEntry? FindWithdrawn(EntryKind kind, string idOrSlug) => rows.FirstOrDefault(r => r.Body is null && r.Kind == kind && (r.Slug == idOrSlug || r.EntryId.ToString() == idOrSlug));
        public IReadOnlyList<SuggestedEntry> Suggest(string text, string? language, IReadOnlyList<EntryKind> kinds, int take) =>
            [.. _entries.Select(e => new SuggestedEntry((string)JsonNode.Parse(e.Body.Span)!["name"]!, e)).Where(s => s.Text.Contains(text, StringComparison.OrdinalIgnoreCase)).Take(take)];
        public SearchResult Search(SearchQuery q)
        {
            var hits = _entries.Where(e => q.Kinds.Count == 0 || q.Kinds.Contains(e.Kind))
                .Where(e => q.Text is null || Encoding.UTF8.GetString(e.Body.Span).Contains(q.Text, StringComparison.OrdinalIgnoreCase))
                .Where(e => q.Terms.All(t => t.Values.Any(v => Encoding.UTF8.GetString(e.Body.Span).Contains($"\"{v}\"", StringComparison.Ordinal)))).ToList();
            return new SearchResult { Total = hits.Count, Facets = [.. q.Facets.Select(f => new FacetCounts(f, [new("x", 1)]))], Hits = [.. hits.Skip(q.Skip).Take(q.Take).Select(e => new SearchHit(e, q.Near is null ? null : 1.25))] };
        }
    }

    public sealed record Wider(IReadOnlyList<string> Dropped, SearchQuery Query, SearchResult Result);
    public static class NearestWider
    {
        public static Wider? Find(DirectorySnapshot s, SearchQuery q)
        {
            var w = q with { Text = null, Terms = [] };
            var r = s.Search(w);
            return r.Total == 0 ? null : new([.. q.Terms.Select(t => t.Field), .. q.Text is null ? Array.Empty<string>() : ["q"]], w, r);
        }
    }
}
