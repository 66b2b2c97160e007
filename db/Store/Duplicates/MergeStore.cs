using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Reviews;

namespace HealthEquity.Store.Duplicates;

/// <summary>A request to merge two entries.</summary>
/// <param name="SurvivorId">The entry that remains.</param>
/// <param name="SurvivorRevision">The revision that the curator saw.</param>
/// <param name="LoserId">The entry that is merged into it.</param>
/// <param name="LoserRevision">The revision that the curator saw.</param>
/// <param name="Text">The merged content, to be saved as the survivor.</param>
/// <param name="Note">The curator's note; may be null.</param>
/// <param name="Author">Who proposed exactly this text and so is its author; null for the person who merges.</param>
public sealed record MergeRequest(Guid SurvivorId, int SurvivorRevision, Guid LoserId, int LoserRevision, Entry Text, string? Note = null, Actor? Author = null);

/// <summary>The result of a merge.</summary>
/// <param name="Revision">The survivor's latest revision.</param>
/// <param name="InReview">True if it is waiting for review.</param>
public sealed record MergeResult(int Revision, bool InReview);

/// <summary>An entry that was merged into another.</summary>
public sealed record MergedEntry
{
    /// <summary>The entry that was merged.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The entry that remains.</summary>
    public Guid SurvivorId { get; init; }

    /// <summary>Who merged it: an actor's code.</summary>
    public string MergedBy { get; init; } = "";

    /// <summary>When it was merged, UTC.</summary>
    public DateTimeOffset MergedAt { get; init; }

    /// <summary>The name of the merged entry.</summary>
    public string Name { get; init; } = "";

    internal string Sources { get; init; } = "[]";
}

/// <summary>
/// Merges one entry (the loser) into another (the survivor). Both ids stay valid: the loser is withdrawn with a tombstone that names the
/// survivor, and all its slugs redirect there. The survivor's new content goes through review like any edit.
/// </summary>
public sealed class MergeStore(TimeProvider clock, AuditLog audit, EntryStore entries, Publisher publisher, ReviewStore reviews, DuplicateStore duplicates,
    MergeProposals proposals)
{
    private const string Merged =
        "SELECT m.EntryId, m.SurvivorId, m.MergedBy, m.MergedAt, e.Name, m.Sources FROM MergedEntry AS m INNER JOIN Entry AS e ON e.EntryId = m.EntryId";

    private static readonly Sql SelectMerged = new("MergeStore.Find", $"{Merged} WHERE m.EntryId = @id");

    private static readonly Sql SelectMergedInto = new("MergeStore.List", $"{Merged} WHERE m.SurvivorId = @survivor ORDER BY m.MergedAt DESC, m.EntryId");

    private static readonly Sql InsertMerged = new(
        "MergeStore.Merge",
        "INSERT INTO MergedEntry (EntryId, SurvivorId, MergedBy, MergedAt, Sources) VALUES (@loser, @survivor, @by, @at, @sources)");

    private static readonly Sql DeleteMerged = new("MergeStore.Undo", "DELETE FROM MergedEntry WHERE EntryId = @id");

    private static readonly Sql SelectSources = new(
        "MergeStore.Merge", "SELECT Source, SourceId, Revision FROM ImportRecord WHERE EntryId = @id ORDER BY Source, SourceId");

    // The source's last text is in the loser's revisions. Copy it to the import item, where the source's next text is compared with it.
    private static readonly Sql KeepSourceText = new(
        "MergeStore.Merge",
        """
        UPDATE ImportItem
        SET Body = (SELECT v.Body FROM Revision AS v WHERE v.EntryId = ImportItem.EntryId AND v.Number = ImportItem.Revision)
        WHERE EntryId = @loser AND Body IS NULL AND Revision IS NOT NULL
          AND EXISTS (SELECT 1 FROM ImportRecord AS r WHERE r.EntryId = @loser AND r.ImportId = ImportItem.ImportId AND r.Item = ImportItem.Number)
        """);

    // Revision 0: no revision of the survivor came from this source, so its next text never overwrites the survivor.
    private static readonly Sql MoveSources = new(
        "MergeStore.Merge", "UPDATE ImportRecord SET EntryId = @survivor, Revision = 0 WHERE EntryId = @loser");

    private static readonly Sql ReturnSource = new(
        "MergeStore.Undo",
        "UPDATE ImportRecord SET EntryId = @id, Revision = @Revision WHERE Source = @Source AND SourceId = @SourceId AND EntryId = @survivor");

    private static readonly Sql MoveSuggestions = new(
        "MergeStore.Merge", "UPDATE Suggestion SET EntryId = @survivor WHERE EntryId = @loser AND State = 'open'");

    // The curator has already seen the loser's conflicts with its sources, field by field.
    private static readonly Sql EndConflicts = new(
        "MergeStore.Merge", "UPDATE ImportConflict SET State = 'superseded', SettledAt = @at WHERE EntryId = @loser AND State = 'open'");

    private static readonly Sql EndDraft = new(
        "MergeStore.Merge", "UPDATE Entry SET DraftState = 'none' WHERE EntryId = @loser AND LatestRevision = @revision");

    private static readonly Sql SetDraftState = new("MergeStore.Undo", "UPDATE Entry SET DraftState = @state WHERE EntryId = @id");

    private static readonly Sql DeletePairs = new(
        "MergeStore.Merge", "DELETE FROM DuplicatePair WHERE State = 'open' AND (FirstId = @loser OR SecondId = @loser)");

    /// <summary>The merge of this entry into another, or null.</summary>
    public static Task<MergedEntry?> FindAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        session.FindAsync<MergedEntry>(SelectMerged, new { id }, cancellation);

    /// <summary>The entries merged into this one, latest first.</summary>
    public static Task<IReadOnlyList<MergedEntry>> ListAsync(DbSession session, Guid survivor, CancellationToken cancellation) =>
        session.QueryAsync<MergedEntry>(SelectMergedInto, new { survivor }, cancellation);

    /// <summary>
    /// Merges one entry into another. The loser redirects to the survivor immediately; content the survivor takes over becomes public after
    /// review.
    /// </summary>
    /// <exception cref="RefusedException">
    /// The entries have different kinds, one is already merged or not to be listed, someone saved in the meantime, or a public entry would
    /// be merged into one that is not public.
    /// </exception>
    /// <exception cref="NotFoundException">The entry does not exist.</exception>
    public async Task<MergeResult> MergeAsync(DbSession session, MergeRequest request, Actor actor, CancellationToken cancellation)
    {
        await Publisher.AcquirePublishLockAsync(session, cancellation);
        var (survivor, loser) = await ReadAsync(session, request, cancellation);
        var sources = await session.QueryAsync<MovedSource>(SelectSources, new { id = loser.EntryId }, cancellation);
        var row = new
        {
            loser = loser.EntryId,
            survivor = survivor.EntryId,
            revision = loser.LatestRevision,
            by = actor.Code,
            at = clock.GetUtcNow(),
            sources = JsonSerializer.Serialize(sources, JsonSerializerOptions.Web),
        };
        if (await session.ExecuteAsync(EndDraft, row, cancellation) == 0)
        {
            throw ChangedMeanwhile();
        }

        await publisher.WithdrawAsync(
            session, loser.EntryId, Listing.Retired, actor, WithNote($"Merged into “{survivor.Name}”.", request.Note), survivor.EntryId, cancellation);
        var result = await SaveAsync(session, survivor, request.Text, WithNote($"Merged with “{loser.Name}”.", request.Note), request.Author ?? actor, cancellation);
        await duplicates.DecideAsync(session, survivor.EntryId, loser.EntryId, PairState.Merged, actor, cancellation);
        await proposals.CloseAsync(session, survivor.EntryId, loser.EntryId, actor, cancellation);
        await session.ExecuteAsync(InsertMerged, row, cancellation);
        await session.ExecuteAsync(KeepSourceText, row, cancellation);
        await session.ExecuteAsync(MoveSources, row, cancellation);
        await session.ExecuteAsync(MoveSuggestions, row, cancellation);
        await session.ExecuteAsync(EndConflicts, row, cancellation);
        await session.ExecuteAsync(DeletePairs, row, cancellation);
        await audit.AppendAsync(session, actor, "merge", $"entry:{loser.EntryId}", $"into entry:{survivor.EntryId}", cancellation);
        // The survivor's public document lists the slugs that now redirect to it.
        await publisher.RefreshAsync(session, survivor.EntryId, cancellation);
        await duplicates.DetectAsync(session, [survivor.EntryId], cancellation);
        return result;
    }

    /// <summary>
    /// Undoes a merge. The entry stays withdrawn until someone publishes it. Content that the survivor took over stays in its history and can
    /// be reverted there; suggestions that moved to the survivor stay with it.
    /// </summary>
    /// <exception cref="RefusedException">The entry was not merged, or its survivor was merged as well.</exception>
    public async Task UndoAsync(DbSession session, Guid id, Actor actor, CancellationToken cancellation)
    {
        await Publisher.AcquirePublishLockAsync(session, cancellation);
        var merged = await FindAsync(session, id, cancellation) ?? throw new RefusedException("This entry was not merged into another entry.");
        var survivor = await EntryStore.ReadAsync(session, merged.SurvivorId, cancellation);
        if (survivor.MergedInto is not null)
        {
            throw new RefusedException($"“{survivor.Name}” was itself merged into another entry. Undo that merge first.");
        }

        await session.ExecuteAsync(DeleteMerged, new { id }, cancellation);
        foreach (var source in JsonSerializer.Deserialize<MovedSource[]>(merged.Sources, JsonSerializerOptions.Web) ?? [])
        {
            await session.ExecuteAsync(ReturnSource, new { id, survivor = merged.SurvivorId, source.Source, source.SourceId, source.Revision }, cancellation);
        }

        await publisher.SeparateAsync(session, id, $"The merge into “{survivor.Name}” was undone.", cancellation);
        var entry = await EntryStore.ReadAsync(session, id, cancellation);
        var state = entry.LatestRevision == entry.PublishedRevision ? DraftState.None : DraftState.Draft;
        await session.ExecuteAsync(SetDraftState, new { id, state = state.Code() }, cancellation);
        await duplicates.DecideAsync(session, id, merged.SurvivorId, PairState.Open, actor, cancellation);
        await audit.AppendAsync(session, actor, "undoMerge", $"entry:{id}", $"from entry:{merged.SurvivorId}", cancellation);
        await publisher.RefreshAsync(session, merged.SurvivorId, cancellation);
        await duplicates.DetectAsync(session, [id, merged.SurvivorId], cancellation);
    }

    private static RefusedException ChangedMeanwhile() => new("Someone else saved one of these entries in the meantime. Review both again.");

    private static string WithNote(string text, string? note) => string.IsNullOrWhiteSpace(note) ? text : $"{text} {note.Trim()}";

    /// <summary>Reads two entries that are to be merged.</summary>
    /// <exception cref="RefusedException">They can't be merged in this direction.</exception>
    internal static async Task<(EntryRow Survivor, EntryRow Loser)> ReadBothAsync(DbSession session, Guid survivorId, Guid loserId, CancellationToken cancellation)
    {
        var survivor = await EntryStore.ReadAsync(session, survivorId, cancellation);
        var loser = await EntryStore.ReadAsync(session, loserId, cancellation);
        if (survivor.EntryId == loser.EntryId || survivor.Kind != loser.Kind)
        {
            throw new RefusedException("Only two different entries of the same kind can be merged.");
        }

        foreach (var entry in new[] { survivor, loser })
        {
            if (entry.MergedInto is not null)
            {
                throw new RefusedException($"“{entry.Name}” was already merged into another entry.");
            }

            if (entry.Listing == Listing.DoNotList)
            {
                throw new RefusedException($"“{entry.Name}” asked not to be listed and can't be merged.");
            }
        }

        return loser.Listing == Listing.Published && survivor.Listing != Listing.Published
            ? throw new RefusedException($"“{loser.Name}” is public and “{survivor.Name}” is not. Keep the public entry so that it stays available.")
            : (survivor, loser);
    }

    private static async Task<(EntryRow Survivor, EntryRow Loser)> ReadAsync(DbSession session, MergeRequest request, CancellationToken cancellation)
    {
        var (survivor, loser) = await ReadBothAsync(session, request.SurvivorId, request.LoserId, cancellation);
        if (request.Text.Kind != survivor.Kind)
        {
            throw new RefusedException("Only two different entries of the same kind can be merged.");
        }

        return survivor.LatestRevision == request.SurvivorRevision && loser.LatestRevision == request.LoserRevision
            ? (survivor, loser)
            : throw ChangedMeanwhile();
    }

    /// <summary>Saves the survivor if its content changed. Submits it for review unless it was already a draft or has errors.</summary>
    private async Task<MergeResult> SaveAsync(
        DbSession session, EntryRow survivor, Entry text, string note, Actor actor, CancellationToken cancellation)
    {
        var latest = await EntryStore.ReadRevisionAsync(session, survivor.EntryId, survivor.LatestRevision, cancellation);
        if (EntryJson.Write(EntryJson.Read(latest.Body)) == EntryJson.Write(text))
        {
            return new MergeResult(survivor.LatestRevision, survivor.DraftState == DraftState.InReview);
        }

        var number = await entries.SaveAsync(session, survivor.EntryId, survivor.LatestRevision, text, actor, note, cancellation);
        if (survivor.DraftState == DraftState.Draft)
        {
            return new MergeResult(number, InReview: false);
        }

        try
        {
            await reviews.SubmitAsync(session, survivor.EntryId, number, actor, note, cancellation);
            return new MergeResult(number, InReview: true);
        }
        catch (InvalidEntryException)
        {
            // The submission wrote nothing. The content stays a draft, and its page lists the errors.
            return new MergeResult(number, InReview: false);
        }
    }

    private sealed record MovedSource
    {
        public string Source { get; init; } = "";

        public string SourceId { get; init; } = "";

        public int Revision { get; init; }
    }
}
