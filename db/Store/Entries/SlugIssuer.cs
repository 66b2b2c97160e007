using System.Text.Json;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Entries;

/// <summary>Assigns unused slugs to entries created in one batch.</summary>
internal sealed class SlugIssuer(DbSession session)
{
    private static readonly Sql SelectTaken = new(
        "SlugIssuer.Preload",
        sqlServer:
        """
        SELECT e.Slug FROM OPENJSON(@slugs) AS w INNER JOIN Entry AS e ON e.Slug = w.[value]
        UNION
        SELECT f.Slug FROM OPENJSON(@slugs) AS w INNER JOIN FormerSlug AS f ON f.Slug = w.[value]
        """,
        sqlite:
        """
        SELECT e.Slug FROM json_each(@slugs) AS w CROSS JOIN Entry AS e ON e.Slug = w.value
        UNION
        SELECT f.Slug FROM json_each(@slugs) AS w CROSS JOIN FormerSlug AS f ON f.Slug = w.value
        """);

    private static readonly Sql CountSlug = new(
        "SlugIssuer.IsTaken",
        "SELECT (SELECT COUNT(*) FROM Entry WHERE Slug = @slug) + (SELECT COUNT(*) FROM FormerSlug WHERE Slug = @slug)");

    private readonly HashSet<string> _issued = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, bool> _isTaken = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _next = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks all requested slugs in one query.</summary>
    public async Task PreloadAsync(IEnumerable<string> requested, CancellationToken cancellation)
    {
        var slugs = requested.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var taken = (await session.QueryAsync<string>(SelectTaken, new { slugs = JsonSerializer.Serialize(slugs) }, cancellation)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var slug in slugs)
        {
            _isTaken[slug] = taken.Contains(slug);
        }
    }

    /// <summary>The requested slug, or the slug with a number if it is taken.</summary>
    public async Task<string> IssueAsync(string requested, CancellationToken cancellation)
    {
        var n = _next.GetValueOrDefault(requested, 1);
        var slug = Numbered(requested, n);
        while (_issued.Contains(slug) || await IsTakenAsync(slug, cancellation))
        {
            slug = Numbered(requested, ++n);
        }

        _next[requested] = n + 1;
        _issued.Add(slug);
        return slug;
    }

    /// <summary>True if any entry has or had the slug.</summary>
    public static async Task<bool> IsTakenAsync(DbSession session, string slug, CancellationToken cancellation) =>
        await session.ScalarAsync<int>(CountSlug, new { slug }, cancellation) > 0;

    private async Task<bool> IsTakenAsync(string slug, CancellationToken cancellation) =>
        _isTaken.TryGetValue(slug, out var taken) ? taken : await IsTakenAsync(session, slug, cancellation);

    private static string Numbered(string stem, int n) => n == 1 ? stem : $"{stem}-{n}";
}
