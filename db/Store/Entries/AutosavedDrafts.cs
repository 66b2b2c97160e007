using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Entries;

/// <summary>What a curator has typed and not saved.</summary>
public sealed record AutosavedDraft
{
    /// <summary>Of what: "entry:{id}", or "new:{key}" of an entry that does not exist yet.</summary>
    public string DraftKey { get; init; } = "";

    /// <summary>The kind's code.</summary>
    public string Kind { get; init; } = "";

    /// <summary>What was typed, as JSON: names, and the texts under each.</summary>
    public string Body { get; init; } = "";

    /// <summary>The revision on which it was written.</summary>
    public int? BasedOn { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset SavedAt { get; init; }

    /// <summary>Tells this text from any other that was kept under the same key.</summary>
    public long Stamp => SavedAt.ToUnixTimeMilliseconds();
}

/// <summary>Keeps what curators have typed and not saved: one text for each curator and entry. It is no revision and is nobody else's.</summary>
public static class AutosavedDrafts
{
    private static readonly Sql Update = new(
        "AutosavedDrafts.Keep",
        """
        UPDATE AutosavedDraft SET Kind = @Kind, Body = @Body, BasedOn = @BasedOn, SavedAt = @SavedAt
        WHERE CuratorId = @curator AND DraftKey = @DraftKey
        """);

    private static readonly Sql Insert = new(
        "AutosavedDrafts.Keep",
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
        "AutosavedDrafts.Drop", "DELETE FROM AutosavedDraft WHERE CuratorId = @curator AND DraftKey = @key");

    private static readonly Sql DeleteOld = new("AutosavedDrafts.DropOld", "DELETE FROM AutosavedDraft WHERE SavedAt < @before");

    /// <summary>The key of an entry's text.</summary>
    public static string KeyOf(Guid id) => $"entry:{id:D}";

    /// <summary>Keeps a text in the place of the one before. Wants a session in a transaction.</summary>
    public static async Task KeepAsync(DbSession session, Guid curator, AutosavedDraft draft, CancellationToken cancellation)
    {
        var row = new { curator, draft.DraftKey, draft.Kind, draft.Body, draft.BasedOn, draft.SavedAt };
        if (await session.ExecuteAsync(Update, row, cancellation) == 0)
        {
            await session.ExecuteAsync(Insert, row, cancellation);
        }
    }

    /// <summary>
    /// Keeps a text on top of the one that its form was opened with. Another one, kept by another window meanwhile, is left as it is.
    /// Wants a session in a transaction.
    /// </summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="curator">Whose text it is.</param>
    /// <param name="draft">The text.</param>
    /// <param name="over">The stamp of the text that the form was opened with, or last kept itself; 0 for none.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>False when there is another text, and this one was not kept.</returns>
    public static async Task<bool> TryKeepAsync(DbSession session, Guid curator, AutosavedDraft draft, long over, CancellationToken cancellation)
    {
        if (await FindAsync(session, curator, draft.DraftKey, cancellation) is { } other && other.Stamp != over)
        {
            return false;
        }

        await KeepAsync(session, curator, draft, cancellation);
        return true;
    }

    /// <summary>Forgets a text that is saved now; another one, kept by another window, stays.</summary>
    public static async Task DropAsync(DbSession session, Guid curator, string key, long stamp, CancellationToken cancellation)
    {
        if (await FindAsync(session, curator, key, cancellation) is { } kept && kept.Stamp == stamp)
        {
            await DropAsync(session, curator, key, cancellation);
        }
    }

    /// <summary>The text, or null.</summary>
    public static Task<AutosavedDraft?> FindAsync(DbSession session, Guid curator, string key, CancellationToken cancellation) =>
        session.FindAsync<AutosavedDraft>(Select, new { curator, key }, cancellation);

    /// <summary>All texts of a curator, the latest first.</summary>
    public static Task<IReadOnlyList<AutosavedDraft>> ListAsync(DbSession session, Guid curator, CancellationToken cancellation) =>
        session.QueryAsync<AutosavedDraft>(SelectAll, new { curator }, cancellation);

    /// <summary>Forgets a text.</summary>
    public static Task DropAsync(DbSession session, Guid curator, string key, CancellationToken cancellation) =>
        session.ExecuteAsync(Delete, new { curator, key }, cancellation);

    /// <summary>Forgets the texts of all curators that were last touched before then.</summary>
    public static Task DropOldAsync(DbSession session, DateTimeOffset before, CancellationToken cancellation) =>
        session.ExecuteAsync(DeleteOld, new { before }, cancellation);
}
