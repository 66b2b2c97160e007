using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Settings;

namespace HealthEquity.Store.BulkChanges;

/// <summary>
/// Changes many entries at once: begin, run batch after batch, and undo as a unit. Each entry changes in its own transaction together with its
/// item, so that a process that dies leaves nothing half-done and the next batch goes on from there. A large withdrawal of public entries by
/// one person waits for a second one.
/// </summary>
public sealed partial class BulkChangeStore(TimeProvider clock, AuditLog audit, IEnumerable<IBulkAction> actions)
{
    /// <summary>The number of public entries that one person may take down at once.</summary>
    public const int MaxWithdrawnAlone = 25;

    /// <summary>The shortest reason for a large withdrawal, in characters.</summary>
    public const int MinReasonLength = 10;

    private const int MaxNoteLength = 1000;

    /// <summary>The number of ids per statement: SQL Server takes 2,100 parameters.</summary>
    private const int IdsPerStatement = 2000;

    /// <summary>Withdrawals by one person within this time count as one.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromHours(1);

    private readonly Dictionary<string, IBulkAction> _actions = actions.ToDictionary(a => a.Code);

    /// <summary>One change.</summary>
    /// <exception cref="NotFoundException">There is no change with that id.</exception>
    public static async Task<BulkChange> ReadAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        await session.FindAsync<BulkChange>(SelectOne, new { id }, cancellation) ?? throw new NotFoundException($"bulk change {id}");

    /// <summary>Changes, latest first.</summary>
    public static Task<IReadOnlyList<BulkChange>> ListAsync(DbSession session, int offset, int limit, CancellationToken cancellation) =>
        session.QueryAsync<BulkChange>(SelectPage, new { offset, limit }, cancellation);

    /// <summary>Changes that wait for a second person or for their next batch, oldest first.</summary>
    public static Task<IReadOnlyList<BulkChange>> ListWaitingAsync(DbSession session, CancellationToken cancellation) =>
        session.QueryAsync<BulkChange>(SelectWaiting, null, cancellation);

    /// <summary>Changes by an action since a time, latest first.</summary>
    public static Task<IReadOnlyList<BulkChange>> ListSinceAsync(DbSession session, string action, DateTimeOffset since, CancellationToken cancellation) =>
        session.QueryAsync<BulkChange>(SelectSince, new { action, since }, cancellation);

    /// <summary>The change by an action with a parameter that is proposed or running; null for none.</summary>
    public static async Task<BulkChange?> FindOpenAsync(DbSession session, string action, string parameter, CancellationToken cancellation) =>
        await session.QueryAsync<BulkChange>(SelectOfParameter, new { action, parameter }, cancellation) is [var found, ..] ? found : null;

    /// <summary>The entries of a change with their names.</summary>
    /// <param name="session">A session.</param>
    /// <param name="id">The change.</param>
    /// <param name="state">The state of the items; null for all.</param>
    /// <param name="offset">The number of items to skip.</param>
    /// <param name="limit">The maximum number of items.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static Task<IReadOnlyList<BulkItem>> ListItemsAsync(
        DbSession session, Guid id, BulkItemState? state, int offset, int limit, CancellationToken cancellation) =>
        session.QueryAsync<BulkItem>(SelectItems, new { id, state = state is { } only ? CodeOf(only) : null, offset, limit }, cancellation);

    /// <summary>The number of these entries that are public.</summary>
    public static async Task<int> CountPublicAsync(DbSession session, IEnumerable<Guid> entries, CancellationToken cancellation)
    {
        var count = 0;
        foreach (var ids in entries.Chunk(IdsPerStatement))
        {
            count += await session.ScalarAsync<int>(CountPublic, new { ids = DbSession.Ids(ids) }, cancellation);
        }

        return count;
    }

    /// <summary>Begins a change: plans its entries. A large withdrawal by a person is only proposed until a second person confirms it.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="request">What to do.</param>
    /// <param name="actor">Who asks for it.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>The change, proposed or ready to run.</returns>
    /// <exception cref="RefusedException">
    /// There are no entries; the reason is too short or too long; or two-person review is off and the number of a large withdrawal was not typed.
    /// </exception>
    public async Task<BulkChange> BeginAsync(DbSession session, BulkRequest request, Actor actor, CancellationToken cancellation)
    {
        RefusedException.IfLonger(request.Reason, Publisher.MaxReasonLength, "The reason");
        IReadOnlyList<Guid> ids = [.. request.Entries.Distinct()];
        if (ids.Count == 0)
        {
            throw new RefusedException("Select at least one entry.");
        }

        var now = clock.GetUtcNow();
        var needsSecond = _actions[request.Action].Withdraws && actor.CuratorId is not null
            && await NeedsSecondAsync(session, await CountPublicAsync(session, ids, cancellation), request, actor, cancellation);
        var change = new BulkChange
        {
            BulkChangeId = Guid.CreateVersion7(now),
            Action = request.Action,
            Parameter = request.Parameter,
            Reason = request.Reason,
            State = needsSecond ? BulkState.Proposed : BulkState.Running,
            RequestedBy = actor.Code,
            RequestedAt = now,
        };
        await session.ExecuteAsync(Insert, Row(change), cancellation);
        await session.ExecuteRowsAsync(
            InsertItems,
            ids.Select(id => Row(new BulkItem { BulkChangeId = change.BulkChangeId, EntryId = id, Value = request.Values?.GetValueOrDefault(id) })).ToList(),
            cancellation);
        await AuditAsync(session, actor, needsSecond ? "proposeBulkChange" : "beginBulkChange", change, $"{request.Action}: {ids.Count}", cancellation);
        return await ReadAsync(session, change.BulkChangeId, cancellation);
    }

    /// <summary>Changes the next entries. The change is done when none remains.</summary>
    /// <param name="database">The database.</param>
    /// <param name="id">The change, running.</param>
    /// <param name="limit">The maximum number of entries.</param>
    /// <param name="cancellation">Cancels the operation, between two entries.</param>
    /// <returns>The change with its new counts.</returns>
    /// <exception cref="RefusedException">The change is not running.</exception>
    public Task<BulkChange> RunBatchAsync(Database database, Guid id, int limit, CancellationToken cancellation) =>
        BatchAsync(database, id, BulkState.Running, BulkItemState.Planned, limit, ApplyAsync, cancellation);

    /// <summary>Undoes the change of the next entries. The change is undone when none remains.</summary>
    /// <inheritdoc cref="RunBatchAsync"/>
    public Task<BulkChange> UndoBatchAsync(Database database, Guid id, int limit, CancellationToken cancellation) =>
        BatchAsync(database, id, BulkState.Undoing, BulkItemState.Done, limit, UndoAsync, cancellation);

    /// <summary>Runs a change or its undoing to the end.</summary>
    public async Task<BulkChange> FinishAsync(Database database, Guid id, CancellationToken cancellation)
    {
        const int batch = 250;
        BulkChange change;
        await using (var session = await database.OpenAsync(cancellation))
        {
            change = await ReadAsync(session, id, cancellation);
        }

        while (change.IsUnfinished)
        {
            change = change.State == BulkState.Running
                ? await RunBatchAsync(database, id, batch, cancellation)
                : await UndoBatchAsync(database, id, batch, cancellation);
        }

        return change;
    }

    /// <summary>Asks to undo a change. If that takes many public entries down, it waits for a second person.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="id">The change, done.</param>
    /// <param name="actor">Who asks for it.</param>
    /// <param name="typed">The number of public entries as the person typed it.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="RefusedException">It is not done, or two-person review is off and the number was not typed.</exception>
    public async Task<BulkChange> RequestUndoAsync(DbSession session, Guid id, Actor actor, int? typed, CancellationToken cancellation)
    {
        var change = await ReadAsync(session, id, cancellation);
        var needsSecond = _actions[change.Action].WithdrawsWhenUndone && actor.CuratorId is not null && await NeedsSecondAsync(
            session,
            await CountTakenDownAsync(session, change, cancellation),
            new BulkRequest(change.Action, []) { Reason = "Undo of a bulk change.", Typed = typed },
            actor,
            cancellation);
        await MoveAsync(session, change, BulkState.Done, needsSecond ? BulkState.UndoProposed : BulkState.Undoing, actor, decides: false, cancellation);
        await AuditAsync(session, actor, needsSecond ? "proposeBulkUndo" : "undoBulkChange", change, change.Action, cancellation);
        return await ReadAsync(session, id, cancellation);
    }

    /// <summary>The number of public entries that undoing a change takes down.</summary>
    public async Task<int> CountTakenDownAsync(DbSession session, BulkChange change, CancellationToken cancellation)
    {
        if (!_actions.TryGetValue(change.Action, out var action) || !action.WithdrawsWhenUndone)
        {
            return 0;
        }

        var made = await session.QueryAsync<BulkItem>(SelectPublicItems, new { id = change.BulkChangeId }, cancellation);
        return made.Count(action.TakesDownWhenUndone);
    }

    /// <summary>Confirms a proposed change, or the proposal to undo one, as the second person.</summary>
    /// <exception cref="RefusedException">Nothing is proposed, or the same person proposed it.</exception>
    public async Task<BulkChange> ConfirmAsync(DbSession session, Guid id, Actor actor, CancellationToken cancellation)
    {
        var change = await ReadAsync(session, id, cancellation);
        var proposedBy = change.State == BulkState.UndoProposed ? change.UndoneBy : change.RequestedBy;
        if (proposedBy == actor.Code && (await SettingStore.ReadAsync(session, cancellation)).FourEyes)
        {
            throw new RefusedException("You proposed this, so someone else must confirm it.");
        }

        var (from, to) = change.State == BulkState.UndoProposed ? (BulkState.UndoProposed, BulkState.Undoing) : (BulkState.Proposed, BulkState.Running);
        await MoveAsync(session, change, from, to, actor, decides: true, cancellation);
        await AuditAsync(session, actor, "confirmBulkChange", change, change.Action, cancellation);
        return await ReadAsync(session, id, cancellation);
    }

    /// <summary>Turns a proposal down. Nothing changes. The person who proposed it can take it back this way, too.</summary>
    /// <exception cref="RefusedException">Nothing is proposed.</exception>
    public async Task RejectAsync(DbSession session, Guid id, Actor actor, CancellationToken cancellation)
    {
        var change = await ReadAsync(session, id, cancellation);
        var (from, to) = change.State == BulkState.UndoProposed ? (BulkState.UndoProposed, BulkState.Done) : (BulkState.Proposed, BulkState.Rejected);
        await MoveAsync(session, change, from, to, actor, decides: true, cancellation);
        await AuditAsync(session, actor, "rejectBulkChange", change, change.Action, cancellation);
    }

    /// <summary>
    /// Records entries that work outside this class has changed as part of a running change, such as the undoing of an import. Call it in the
    /// transaction that changes them.
    /// </summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="id">The change.</param>
    /// <param name="before">The entries' rows before the change.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task RecordAsync(DbSession session, Guid id, IReadOnlyList<EntryRow> before, CancellationToken cancellation)
    {
        var (known, added) = (new List<object>(), new List<object>());
        foreach (var entry in before)
        {
            var later = await EntryStore.ReadAsync(session, entry.EntryId, cancellation);
            var found = await session.FindAsync<BulkItem>(SelectItem, new { id, entry = entry.EntryId }, cancellation);
            var item = (found ?? new BulkItem { BulkChangeId = id, EntryId = entry.EntryId }) with
            {
                State = BulkItemState.Done,
                Former = BulkItem.Write(entry),
                Later = BulkItem.Write(later),
            };
            (found is null ? added : known).Add(Row(item));
        }

        await session.ExecuteRowsAsync(InsertItems, added, cancellation);
        await session.ExecuteRowsAsync(UpdateItems, known, cancellation);
    }

    /// <summary>Ends a change whose entries were recorded by work outside this class. Entries that it did not change are refused.</summary>
    public async Task EndAsync(Database database, Guid id, string note, CancellationToken cancellation) =>
        await BatchAsync(
            database, id, BulkState.Running, BulkItemState.Planned, int.MaxValue, (_, _, item, _, _) => throw new RefusedException(note), cancellation);

    /// <summary>Whether a change by this person waits for a second one.</summary>
    private async Task<bool> NeedsSecondAsync(DbSession session, int count, BulkRequest request, Actor actor, CancellationToken cancellation)
    {
        var since = clock.GetUtcNow() - AtOnce;
        var withdrawing = _actions.Values.Where(a => a.Withdraws).Select(a => a.Code).ToList();
        var recent = await session.ScalarAsync<int>(CountRecent, new { by = actor.Code, since, actions = withdrawing }, cancellation);
        if (count == 0 || count + recent <= MaxWithdrawnAlone)
        {
            return false;
        }

        if ((request.Reason ?? "").Trim().Length < MinReasonLength)
        {
            throw new RefusedException($"Write a reason that another person can follow, at least {MinReasonLength} characters.") { Field = "reason" };
        }

        if ((await SettingStore.ReadAsync(session, cancellation)).FourEyes)
        {
            return true;
        }

        return request.Typed == count
            ? false
            : throw new RefusedException($"This takes {count} public entries down. Type the number {count} to confirm.") { Field = "typed" };
    }

    private async Task<BulkChange> BatchAsync(
        Database database,
        Guid id,
        BulkState running,
        BulkItemState from,
        int limit,
        Func<DbSession, BulkChange, BulkItem, EntryRow, CancellationToken, Task<BulkItem>> change,
        CancellationToken cancellation)
    {
        BulkChange begun;
        IReadOnlyList<BulkItem> items;
        await using (var session = await database.OpenAsync(cancellation))
        {
            begun = await ReadAsync(session, id, cancellation);
            items = begun.State == running
                ? await session.QueryAsync<BulkItem>(SelectBatch, new { id, state = CodeOf(from), limit }, cancellation)
                : throw new RefusedException(WhyNot(begun.State));
        }

        foreach (var item in items)
        {
            cancellation.ThrowIfCancellationRequested();
            await ChangeAsync(database, begun, item, from, change, cancellation);
        }

        return await database.TransactAsync(
            async session =>
            {
                var now = await ReadAsync(session, id, cancellation);
                var left = running == BulkState.Running ? now.Planned : now.Changed;
                if (now.State != running || left > 0)
                {
                    return now;
                }

                var to = running == BulkState.Running ? BulkState.Done : BulkState.Undone;
                await MoveAsync(session, now, running, to, new Actor(now.RequestedBy), decides: false, cancellation);
                return now with { State = to };
            },
            cancellation);
    }

    /// <summary>Changes one entry and its item together. A refusal changes only the item.</summary>
    private static async Task ChangeAsync(
        Database database,
        BulkChange begun,
        BulkItem item,
        BulkItemState from,
        Func<DbSession, BulkChange, BulkItem, EntryRow, CancellationToken, Task<BulkItem>> change,
        CancellationToken cancellation)
    {
        try
        {
            await database.TransactAsync(
                async session =>
                {
                    await Publisher.AcquirePublishLockAsync(session, cancellation);
                    // Another request may have run this batch, too.
                    if (await session.FindAsync<BulkItem>(SelectItem, new { id = item.BulkChangeId, entry = item.EntryId }, cancellation) is { } now && now.State == from)
                    {
                        var entry = await EntryStore.ReadAsync(session, item.EntryId, cancellation);
                        var changed = await change(session, begun, item, entry, cancellation);
                        await session.ExecuteRowsAsync(UpdateItems, [Row(changed)], cancellation);
                    }
                },
                cancellation);
        }
        catch (RefusedException refusal)
        {
            var refused = item with
            {
                State = from == BulkItemState.Planned ? BulkItemState.Refused : BulkItemState.Kept,
                Note = refusal.Message.Length <= MaxNoteLength ? refusal.Message : refusal.Message[..MaxNoteLength],
            };
            await database.TransactAsync(session => session.ExecuteRowsAsync(UpdateItems, [Row(refused)], cancellation), cancellation);
        }
    }

    private async Task<BulkItem> ApplyAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, CancellationToken cancellation)
    {
        await _actions[change.Action].ApplyAsync(session, change, item, entry, new Actor(change.RequestedBy), cancellation);
        var later = await EntryStore.ReadAsync(session, item.EntryId, cancellation);
        return item with { State = BulkItemState.Done, Former = BulkItem.Write(entry), Later = BulkItem.Write(later) };
    }

    private async Task<BulkItem> UndoAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, CancellationToken cancellation)
    {
        await _actions[change.Action].UndoAsync(session, change, item, entry, new Actor(change.UndoneBy!), cancellation);
        return item with { State = BulkItemState.Undone };
    }

    private async Task MoveAsync(
        DbSession session, BulkChange change, BulkState from, BulkState to, Actor actor, bool decides, CancellationToken cancellation)
    {
        var asksToUndo = !decides && from == BulkState.Done;
        var row = new
        {
            id = change.BulkChangeId,
            from = CodeOf(from),
            to = CodeOf(to),
            decidedBy = decides ? actor.Code : null,
            decidedAt = decides ? (DateTimeOffset?)clock.GetUtcNow() : null,
            undoneBy = asksToUndo ? actor.Code : null,
            undoneAt = asksToUndo ? (DateTimeOffset?)clock.GetUtcNow() : null,
        };
        if (await session.ExecuteAsync(Move, row, cancellation) == 0)
        {
            throw new RefusedException(WhyNot((await ReadAsync(session, change.BulkChangeId, cancellation)).State));
        }
    }

    private static string WhyNot(BulkState state) => state switch
    {
        BulkState.Proposed => "This change waits for a second person.",
        BulkState.Running => "This change is being made.",
        BulkState.Done => "This change is made.",
        BulkState.Rejected => "This change was rejected.",
        BulkState.UndoProposed => "Undoing this change waits for a second person.",
        BulkState.Undoing => "This change is being undone.",
        _ => "This change is already undone.",
    };

    private Task AuditAsync(DbSession session, Actor actor, string activity, BulkChange change, string detail, CancellationToken cancellation) =>
        audit.AppendAsync(session, actor, activity, $"bulkChange:{change.BulkChangeId}", detail, cancellation);
}
