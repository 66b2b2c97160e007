#pragma warning disable
namespace HealthEquity.Db.Search
{
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
