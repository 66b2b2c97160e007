using System.Data.Common;
using System.Security.Claims;
using HealthEquity.Admin.Access;
using HealthEquity.Store.Comments;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;

namespace HealthEquity.Admin.Comments;

/// <summary>The comments on an entry as one curator sees them.</summary>
/// <param name="Comments">The comments shown, oldest first.</param>
/// <param name="Count">The number of all comments.</param>
/// <param name="Curators">All curators.</param>
/// <param name="EntryNames">The names of the entries that comments link to.</param>
public sealed record CommentThread(
    IReadOnlyList<EntryComment> Comments, int Count, IReadOnlyList<Curator> Curators, IReadOnlyDictionary<Guid, string> EntryNames)
{
    /// <summary>The author's name.</summary>
    public string NameOf(EntryComment comment) => Curators.FirstOrDefault(c => c.CuratorId == comment.CuratorId)?.DisplayName ?? "a former curator";

    /// <summary>The pieces of a comment's text.</summary>
    public IEnumerable<CommentPiece> Pieces(EntryComment comment) => CommentText.Pieces(comment.Text, Curators, EntryNames);
}

/// <summary>Reads comments for a page, after which the reader's mentions in them count as read.</summary>
public sealed class CommentReader(Database database, CommentStore store, ILogger<CommentReader> log)
{
    /// <summary>Reads an entry's comments.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="latest">How many of the latest to show. Those that mention the reader, who has not read them, are shown in any case.</param>
    /// <param name="user">The reader.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task<CommentThread> ReadAsync(Guid entry, int latest, ClaimsPrincipal user, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        var all = await CommentStore.ListAsync(session, entry, user.CuratorId(), cancellation);
        var unread = all.Index().Where(c => c.Item.IsUnread).Select(c => c.Index).DefaultIfEmpty(all.Count).First();
        var shown = all.Skip(Math.Min(unread, Math.Max(0, all.Count - latest))).ToList();
        await MarkReadAsync(session, user.CuratorId(), shown, cancellation);
        return new CommentThread(
            shown,
            all.Count,
            await CuratorStore.ListAsync(session, cancellation),
            await CommentStore.EntryNamesAsync(session, shown.SelectMany(c => CommentText.Ids(c.Text)), cancellation));
    }

    private async Task MarkReadAsync(DbSession session, Guid reader, List<EntryComment> shown, CancellationToken cancellation)
    {
        WritePatience.ForPassingNote();
        try
        {
            await store.MarkReadAsync(session, reader, shown.Where(c => c.IsUnread).Select(c => c.CommentId), cancellation);
        }
        catch (DbException fault)
        {
            // The database is busy or full. They count as read the next time.
            log.LogDebug(fault, "Could not record that comments were read.");
        }
    }
}
