using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Entries;

/// <summary>A search of the list of entries that a curator saved under a name, for themselves or for the team.</summary>
public sealed record SavedView
{
    /// <summary>The view's id.</summary>
    public Guid ViewId { get; init; }

    /// <summary>Its readable address, unique in the console.</summary>
    public string Slug { get; init; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The search as it stands in the address, with the question mark.</summary>
    public string Query { get; init; } = "";

    /// <summary>Who saved it.</summary>
    public Guid CuratorId { get; init; }

    /// <summary>Whether the whole team sees it.</summary>
    public bool IsShared { get; init; }

    /// <summary>When it was saved, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Keeps saved views. A view that is not shared is seen only by the curator who saved it.</summary>
public sealed class SavedViews(TimeProvider clock)
{
    /// <summary>The maximum length of a name, in characters.</summary>
    public const int MaxNameLength = 60;

    /// <summary>The maximum length of a search, in characters.</summary>
    public const int MaxQueryLength = 2000;

    /// <summary>The maximum number of views that one curator saves.</summary>
    public const int MaxViews = 30;

    private const string Columns = "ViewId, Slug, Name, Query, CuratorId, IsShared, CreatedAt";

    private static readonly Sql SelectVisible = new(
        "SavedViews.List", $"SELECT {Columns} FROM SavedView WHERE CuratorId = @curator OR IsShared = 1 ORDER BY IsShared, Name, ViewId");

    private static readonly Sql SelectBySlug = new(
        "SavedViews.Find", $"SELECT {Columns} FROM SavedView WHERE Slug = @slug AND (CuratorId = @curator OR IsShared = 1)");

    private static readonly Sql SelectSlugs = new("SavedViews.Save", "SELECT Slug FROM SavedView");

    private static readonly Sql CountOwn = new("SavedViews.Save", "SELECT COUNT(*) FROM SavedView WHERE CuratorId = @curator");

    private static readonly Sql Insert = new(
        "SavedViews.Save",
        "INSERT INTO SavedView (ViewId, Slug, Name, Query, CuratorId, IsShared, CreatedAt) VALUES (@ViewId, @Slug, @Name, @Query, @CuratorId, @IsShared, @CreatedAt)");

    private static readonly Sql DeleteOwn = new("SavedViews.Delete", "DELETE FROM SavedView WHERE Slug = @slug AND (CuratorId = @curator OR (@any = 1 AND IsShared = 1))");

    /// <summary>The views that a curator sees: their own, then the team's, by name.</summary>
    public static Task<IReadOnlyList<SavedView>> ListAsync(DbSession session, Guid curator, CancellationToken cancellation) =>
        session.QueryAsync<SavedView>(SelectVisible, new { curator }, cancellation);

    /// <summary>The view with that slug; null if there is none that the curator sees.</summary>
    public static Task<SavedView?> FindAsync(DbSession session, string slug, Guid curator, CancellationToken cancellation) =>
        session.FindAsync<SavedView>(SelectBySlug, new { slug, curator }, cancellation);

    /// <summary>Saves a search under a name.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="name">The name.</param>
    /// <param name="query">The search as it stands in the address.</param>
    /// <param name="curator">Who saves it.</param>
    /// <param name="isShared">Whether the whole team sees it.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>The new view's slug.</returns>
    /// <exception cref="RefusedException">The name is missing, something is too long, or there are too many views.</exception>
    public async Task<string> SaveAsync(DbSession session, string? name, string query, Guid curator, bool isShared, CancellationToken cancellation)
    {
        name = name?.Trim() ?? "";
        if (name.Length is 0 or > MaxNameLength)
        {
            throw new RefusedException($"Enter a name for the view, at most {MaxNameLength} characters.") { Field = "view-name" };
        }

        if (query.Length > MaxQueryLength)
        {
            throw new RefusedException("This search is too long to save. Remove some filters.") { Field = "view-name" };
        }

        if (await session.ScalarAsync<int>(CountOwn, new { curator }, cancellation) >= MaxViews)
        {
            throw new RefusedException($"You have {MaxViews} views. Delete one first.") { Field = "view-name" };
        }

        var taken = (await session.QueryAsync<string>(SelectSlugs, null, cancellation)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var wished = Slug.From(name) is { Length: > 0 } made ? made[..Math.Min(made.Length, 50)].Trim('-') : "view";
        var slug = Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? wished : $"{wished}-{n}").First(s => !taken.Contains(s));
        var view = new SavedView
        {
            ViewId = Guid.CreateVersion7(clock.GetUtcNow()),
            Slug = slug,
            Name = name,
            Query = query,
            CuratorId = curator,
            IsShared = isShared,
            CreatedAt = clock.GetUtcNow(),
        };
        await session.ExecuteAsync(Insert, view, cancellation);
        return slug;
    }

    /// <summary>Deletes a view: a curator their own, and with <paramref name="any"/> also the team's.</summary>
    /// <exception cref="NotFoundException">There is no such view that the curator may delete.</exception>
    public static async Task DeleteAsync(DbSession session, string slug, Guid curator, bool any, CancellationToken cancellation)
    {
        if (await session.ExecuteAsync(DeleteOwn, new { slug, curator, any = any ? 1 : 0 }, cancellation) == 0)
        {
            throw new NotFoundException($"view {slug}");
        }
    }
}
