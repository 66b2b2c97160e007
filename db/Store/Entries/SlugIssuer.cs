using System.Text.Json;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Entries;

/// <summary>Gives out slugs that nobody has, to several entries that are made at once.</summary>
internal sealed class SlugIssuer(DbSession session)
{
    private static readonly Sql SelectTaken = new(
        "SlugIssuer.Look",
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

    private readonly HashSet<string> _given = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, bool> _isTaken = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _next = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Asks about all wishes at once.</summary>
    public async Task LookAsync(IEnumerable<string> wishes, CancellationToken cancellation)
    {
        var asked = wishes.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var taken = (await session.QueryAsync<string>(SelectTaken, new { slugs = JsonSerializer.Serialize(asked) }, cancellation)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var wish in asked)
        {
            _isTaken[wish] = taken.Contains(wish);
        }
    }

    /// <summary>The slug wished for, or one with a number behind it; nobody else is given it.</summary>
    public async Task<string> FreeAsync(string wish, CancellationToken cancellation)
    {
        var n = _next.GetValueOrDefault(wish, 1);
        var slug = Numbered(wish, n);
        while (_given.Contains(slug) || await IsTakenAsync(slug, cancellation))
        {
            slug = Numbered(wish, ++n);
        }

        _next[wish] = n + 1;
        _given.Add(slug);
        return slug;
    }

    /// <summary>True when an entry has the slug, or had it.</summary>
    public static async Task<bool> IsTakenAsync(DbSession session, string slug, CancellationToken cancellation) =>
        await session.ScalarAsync<int>(CountSlug, new { slug }, cancellation) > 0;

    private async Task<bool> IsTakenAsync(string slug, CancellationToken cancellation) =>
        _isTaken.TryGetValue(slug, out var taken) ? taken : await IsTakenAsync(session, slug, cancellation);

    private static string Numbered(string stem, int n) => n == 1 ? stem : $"{stem}-{n}";
}
