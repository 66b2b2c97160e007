using System.Text;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Text;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;

namespace HealthEquity.Store.Comments;

/// <summary>Stores comments on entries and who was mentioned in them.</summary>
public sealed class CommentStore(TimeProvider clock, AuditLog audit)
{
    /// <summary>The maximum length of a comment, in characters.</summary>
    public const int MaxTextLength = 2000;

    /// <summary>The field that a refusal names.</summary>
    public const string TextField = "text";

    /// <summary>How long the author can change a comment.</summary>
    public static readonly TimeSpan ChangeTime = TimeSpan.FromMinutes(15);

    // A page links no more entries than this.
    private const int MaxLinks = 200;

    private const string Columns = "c.CommentId, c.EntryId, e.Name AS EntryName, c.CuratorId, c.Text, c.CreatedAt, c.ChangedAt";

    // The entry, and all that were merged into it.
    private const string Merged =
        """
        WITH Merged (EntryId) AS (
          SELECT e.EntryId FROM Entry e WHERE e.EntryId = @entry
          UNION ALL
          SELECT m.EntryId FROM MergedEntry m INNER JOIN Merged s ON s.EntryId = m.SurvivorId)
        """;

    private static readonly Sql SelectThread = new(
        "CommentStore.List",
        $"""
        {Merged}
        SELECT {Columns}, CASE WHEN n.CuratorId IS NOT NULL AND n.ReadAt IS NULL THEN 1 ELSE 0 END AS IsUnread
        FROM Merged x INNER JOIN EntryComment c ON c.EntryId = x.EntryId INNER JOIN Entry e ON e.EntryId = c.EntryId
        LEFT JOIN CommentMention n ON n.CommentId = c.CommentId AND n.CuratorId = @reader
        ORDER BY c.CreatedAt, c.CommentId
        """);

    private static readonly Sql SelectOne = new(
        "CommentStore.Find", $"SELECT {Columns} FROM EntryComment c INNER JOIN Entry e ON e.EntryId = c.EntryId WHERE c.CommentId = @id");

    // A mention in a comment on an entry that was merged leads to the entry that shows it now.
    private static readonly Sql SelectUnread = new(
        "CommentStore.Unread",
        """
        SELECT c.CommentId, e.EntryId, e.Name AS EntryName, c.CuratorId, c.Text, c.CreatedAt, c.ChangedAt, 1 AS IsUnread
        FROM CommentMention n INNER JOIN EntryComment c ON c.CommentId = n.CommentId LEFT JOIN MergedEntry m ON m.EntryId = c.EntryId
        INNER JOIN Entry e ON e.EntryId = COALESCE(m.SurvivorId, c.EntryId)
        WHERE n.CuratorId = @curator AND n.ReadAt IS NULL
        ORDER BY c.CreatedAt DESC, c.CommentId
        """);

    private static readonly Sql Insert = new(
        "CommentStore.Add",
        "INSERT INTO EntryComment (CommentId, EntryId, CuratorId, Text, CreatedAt) VALUES (@id, @entry, @curator, @text, @now)");

    private static readonly Sql Update = new(
        "CommentStore.Change", "UPDATE EntryComment SET Text = @text, ChangedAt = @now WHERE CommentId = @id");

    private static readonly Sql SelectMentioned = new("CommentStore.Change", "SELECT CuratorId FROM CommentMention WHERE CommentId = @id");

    private static readonly Sql InsertMention = new RowList("CommentId uniqueidentifier", "CuratorId uniqueidentifier").Statement(
        "CommentStore.Add", "INSERT INTO CommentMention (CommentId, CuratorId) SELECT r.CommentId, r.CuratorId FROM @rows AS r");

    private static readonly Sql DeleteMention = new("CommentStore.Change", "DELETE FROM CommentMention WHERE CommentId = @id AND CuratorId IN @gone");

    private static readonly Sql DeleteMentions = new("CommentStore.Delete", "DELETE FROM CommentMention WHERE CommentId = @id");

    private static readonly Sql DeleteOne = new("CommentStore.Delete", "DELETE FROM EntryComment WHERE CommentId = @id");

    private static readonly Sql UpdateRead = new(
        "CommentStore.MarkRead", "UPDATE CommentMention SET ReadAt = @now WHERE CuratorId = @reader AND ReadAt IS NULL AND CommentId IN @ids");

    private static readonly Sql SelectNames = new("CommentStore.EntryNames", "SELECT EntryId, Name FROM Entry WHERE EntryId IN @ids");

    /// <summary>The names of the entries among some ids.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> EntryNamesAsync(DbSession session, IEnumerable<Guid> ids, CancellationToken cancellation)
    {
        var some = DbSession.Ids(ids.Distinct().Take(MaxLinks));
        return some.Count == 0
            ? new Dictionary<Guid, string>()
            : (await session.QueryAsync<(Guid Id, string Name)>(SelectNames, new { ids = some }, cancellation)).ToDictionary(e => e.Id, e => e.Name);
    }

    /// <summary>The comments on an entry and on those merged into it, oldest first.</summary>
    /// <param name="session">A session.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="reader">Who reads them.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static Task<IReadOnlyList<EntryComment>> ListAsync(DbSession session, Guid entry, Guid reader, CancellationToken cancellation) =>
        session.QueryAsync<EntryComment>(SelectThread, new { entry, reader }, cancellation);

    /// <summary>One comment.</summary>
    /// <exception cref="NotFoundException">There is no such comment.</exception>
    public static async Task<EntryComment> ReadAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        await session.FindAsync<EntryComment>(SelectOne, new { id }, cancellation) ?? throw new NotFoundException("such comment");

    /// <summary>The comments that mention a curator who has not read them yet, latest first.</summary>
    public static Task<IReadOnlyList<EntryComment>> UnreadAsync(DbSession session, Guid curator, CancellationToken cancellation) =>
        session.QueryAsync<EntryComment>(SelectUnread, new { curator }, cancellation);

    /// <summary>Records that a curator has read comments that mention them.</summary>
    public async Task MarkReadAsync(DbSession session, Guid reader, IEnumerable<Guid> comments, CancellationToken cancellation)
    {
        var ids = DbSession.Ids(comments);
        if (ids.Count > 0)
        {
            await session.ExecuteAsync(UpdateRead, new { reader, ids, now = clock.GetUtcNow() }, cancellation);
        }
    }

    /// <summary>Whether the author can still change a comment.</summary>
    public bool IsChangeable(EntryComment comment) => (clock.GetUtcNow() - comment.CreatedAt).Duration() < ChangeTime;

    /// <summary>Adds a comment.</summary>
    /// <exception cref="RefusedException">The text is empty or too long, a name is ambiguous, or the entry was merged.</exception>
    /// <exception cref="NotFoundException">The entry does not exist.</exception>
    public async Task<SavedComment> AddAsync(DbSession session, Guid entry, string? text, Actor actor, CancellationToken cancellation)
    {
        if ((await EntryStore.ReadAsync(session, entry, cancellation)).MergedInto is not null)
        {
            throw new RefusedException("This entry was merged into another one. Comment there.") { Field = TextField };
        }

        var (clean, told, unknown) = await CheckAsync(session, text, actor, cancellation);
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await session.ExecuteAsync(Insert, new { id, entry, curator = actor.CuratorId, text = clean, now }, cancellation);
        await session.ExecuteRowsAsync(InsertMention, [.. told.Select(t => new { CommentId = id, CuratorId = t })], cancellation);
        await audit.AppendAsync(session, actor, "addComment", $"entry:{entry}", null, cancellation);
        return new SavedComment(id, told, unknown);
    }

    /// <summary>Changes the author's own comment. Who was mentioned before and has read it is not told again.</summary>
    /// <exception cref="RefusedException">It is somebody else's, too old, empty or too long, or a name is ambiguous.</exception>
    /// <exception cref="NotFoundException">The comment does not exist.</exception>
    public async Task<SavedComment> ChangeAsync(DbSession session, Guid id, string? text, Actor actor, CancellationToken cancellation)
    {
        var comment = await ReadAsync(session, id, cancellation);
        if (comment.CuratorId != actor.CuratorId)
        {
            throw new RefusedException("Only its author can change a comment.") { Field = TextField };
        }

        if (!IsChangeable(comment))
        {
            throw new RefusedException($"A comment can be changed for {ChangeTime.TotalMinutes} minutes. Add another one.") { Field = TextField };
        }

        var (clean, told, unknown) = await CheckAsync(session, text, actor, cancellation);
        var before = await session.QueryAsync<Guid>(SelectMentioned, new { id }, cancellation);
        var gone = DbSession.Ids(before.Except(told));
        await session.ExecuteAsync(Update, new { id, text = clean, now = clock.GetUtcNow() }, cancellation);
        if (gone.Count > 0)
        {
            await session.ExecuteAsync(DeleteMention, new { id, gone }, cancellation);
        }

        await session.ExecuteRowsAsync(InsertMention, [.. told.Except(before).Select(t => new { CommentId = id, CuratorId = t })], cancellation);
        await audit.AppendAsync(session, actor, "changeComment", $"entry:{comment.EntryId}", null, cancellation);
        return new SavedComment(id, told, unknown);
    }

    /// <summary>Deletes a comment: the author's own, or any for an administrator.</summary>
    /// <exception cref="RefusedException">It is somebody else's.</exception>
    /// <exception cref="NotFoundException">The comment does not exist.</exception>
    public async Task DeleteAsync(DbSession session, Guid id, Actor actor, bool isAdministrator, CancellationToken cancellation)
    {
        var comment = await ReadAsync(session, id, cancellation);
        var isOwn = comment.CuratorId == actor.CuratorId;
        if (!isOwn && !isAdministrator)
        {
            throw new RefusedException("Only its author or an administrator can delete a comment.");
        }

        await session.ExecuteAsync(DeleteMentions, new { id }, cancellation);
        await session.ExecuteAsync(DeleteOne, new { id }, cancellation);
        await audit.AppendAsync(session, actor, "deleteComment", $"entry:{comment.EntryId}", isOwn ? null : $"of curator:{comment.CuratorId}", cancellation);
    }

    private static async Task<(string Text, IReadOnlyList<Guid> Told, IReadOnlyList<string> Unknown)> CheckAsync(
        DbSession session, string? text, Actor actor, CancellationToken cancellation)
    {
        var clean = UnicodeText.Normalized(text ?? "", NormalizationForm.FormC).ReplaceLineEndings("\n").Trim();
        if (clean.Length == 0)
        {
            throw new RefusedException("Enter a comment.") { Field = TextField };
        }

        if (clean.Length > MaxTextLength)
        {
            throw new RefusedException($"The comment is {clean.Length} characters long. The limit is {MaxTextLength}.") { Field = TextField };
        }

        var mentions = Mentions.Find(clean, await CuratorStore.ListAsync(session, cancellation));
        return (
            clean,
            [.. mentions.Select(m => m.CuratorId).OfType<Guid>().Where(c => c != actor.CuratorId).Distinct()],
            [.. mentions.Where(m => m.CuratorId is null).Select(m => clean.Substring(m.Start, m.Length)).Distinct(StringComparer.OrdinalIgnoreCase)]);
    }
}
