using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Entries;

/// <summary>A curator's unsaved input.</summary>
public sealed record AutosavedDraft
{
    /// <summary>The key: "entry:{id}", or "new:{key}" for an entry that does not exist yet.</summary>
    public string DraftKey { get; init; } = "";

    /// <summary>The kind's code.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The input as JSON: field names and their text.</summary>
    public string Body { get; init; } = "";

    /// <summary>The revision it is based on.</summary>
    public int? BasedOn { get; init; }

    /// <summary>When it was saved, UTC.</summary>
    public DateTimeOffset SavedAt { get; init; }

    /// <summary>Distinguishes this draft from any other saved under the same key.</summary>
    public long Stamp => SavedAt.ToUnixTimeMilliseconds();
}

/// <summary>Stores curators' unsaved input: one draft per curator and entry, visible to that curator only. It is not a revision.</summary>
public static class AutosavedDrafts
{
    private static readonly Sql Update = new(
        "AutosavedDrafts.Save",
        """
        UPDATE AutosavedDraft SET Kind = @Kind, Body = @Body, BasedOn = @BasedOn, SavedAt = @SavedAt
        WHERE CuratorId = @curator AND DraftKey = @DraftKey
        """);

    private static readonly Sql Insert = new(
        "AutosavedDrafts.Save",
        """
        INSERT INTO AutosavedDraft (CuratorId, DraftKey, Kind, Body, BasedOn, SavedAt)
        VALUES (@curator, @DraftKey, @Kind, @Body, @BasedOn, @SavedAt)
        """);

    private static readonly Sql Select = new(
        "AutosavedDrafts.Find",
        "SELECT DraftKey, Kind, Body, BasedOn, SavedAt FROM AutosavedDraft WHERE CuratorId = @curator AND DraftKey = @key");

    private static readonly Sql SelectAll = new(
        "AutosavedDrafts.List",
        "SELECT DraftKey, Kind, Body, BasedOn, SavedAt FROM AutosavedDraft WHERE CuratorId = @curator ORDER BY SavedAt DESC");

    private static readonly Sql Delete = new(
        "AutosavedDrafts.Delete", "DELETE FROM AutosavedDraft WHERE CuratorId = @curator AND DraftKey = @key");

    private static readonly Sql DeleteOld = new("AutosavedDrafts.DeleteOld", "DELETE FROM AutosavedDraft WHERE SavedAt < @before");

    /// <summary>The key of an entry's draft.</summary>
    public static string KeyOf(Guid id) => $"entry:{id:D}";

    /// <summary>Saves a draft, replacing the previous one. Requires a session in a transaction.</summary>
    public static async Task SaveAsync(DbSession session, Guid curator, AutosavedDraft draft, CancellationToken cancellation)
    {
        var row = new { curator, draft.DraftKey, draft.Kind, draft.Body, draft.BasedOn, draft.SavedAt };
        if (await session.ExecuteAsync(Update, row, cancellation) == 0)
        {
            await session.ExecuteAsync(Insert, row, cancellation);
        }
    }

    /// <summary>
    /// Saves a draft on top of the one that the form was opened with. A draft saved by another window in the meantime is not overwritten.
    /// Requires a session in a transaction.
    /// </summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="curator">The curator's id.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="over">The stamp of the draft that the form was opened with or last saved; 0 for none.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>False if there is another draft; this one was not saved.</returns>
    public static async Task<bool> TrySaveAsync(DbSession session, Guid curator, AutosavedDraft draft, long over, CancellationToken cancellation)
    {
        if (await FindAsync(session, curator, draft.DraftKey, cancellation) is { } other && other.Stamp != over)
        {
            return false;
        }

        await SaveAsync(session, curator, draft, cancellation);
        return true;
    }

    /// <summary>Deletes a draft after it was saved as a revision. A draft saved by another window stays.</summary>
    public static async Task DeleteAsync(DbSession session, Guid curator, string key, long stamp, CancellationToken cancellation)
    {
        if (await FindAsync(session, curator, key, cancellation) is { } kept && kept.Stamp == stamp)
        {
            await DeleteAsync(session, curator, key, cancellation);
        }
    }

    /// <summary>The draft, or null.</summary>
    public static Task<AutosavedDraft?> FindAsync(DbSession session, Guid curator, string key, CancellationToken cancellation) =>
        session.FindAsync<AutosavedDraft>(Select, new { curator, key }, cancellation);

    /// <summary>All drafts of a curator, latest first.</summary>
    public static Task<IReadOnlyList<AutosavedDraft>> ListAsync(DbSession session, Guid curator, CancellationToken cancellation) =>
        session.QueryAsync<AutosavedDraft>(SelectAll, new { curator }, cancellation);

    /// <summary>Deletes a draft.</summary>
    public static Task DeleteAsync(DbSession session, Guid curator, string key, CancellationToken cancellation) =>
        session.ExecuteAsync(Delete, new { curator, key }, cancellation);

    /// <summary>Deletes the drafts of all curators last saved before a time.</summary>
    public static Task DeleteOldAsync(DbSession session, DateTimeOffset before, CancellationToken cancellation) =>
        session.ExecuteAsync(DeleteOld, new { before }, cancellation);
}
