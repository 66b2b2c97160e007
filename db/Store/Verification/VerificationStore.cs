using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Settings;

namespace HealthEquity.Store.Verification;

/// <summary>One check of an entry against the world.</summary>
public sealed record VerificationRecord
{
    /// <summary>The outcome that moves an entry's assured date.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>How many characters the evidence and the note may have each.</summary>
    public const int MaxTextLength = 2000;

    /// <summary>The check's id.</summary>
    public Guid VerificationId { get; init; }

    /// <summary>The entry's id.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The revision that was checked.</summary>
    public int Revision { get; init; }

    /// <summary>How: a term of the vocabulary verificationMethod.</summary>
    public string Method { get; init; } = "";

    /// <summary>With what result: a term of the vocabulary verificationOutcome.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>The day of the check.</summary>
    public DateOnly CheckedOn { get; init; }

    /// <summary>Who checked: an actor's code.</summary>
    public string CheckedBy { get; init; } = "";

    /// <summary>What shows it: an address, a file's name.</summary>
    public string? Evidence { get; init; }

    /// <summary>What else is to be known.</summary>
    public string? Note { get; init; }

    /// <summary>Outcome by field, JSON: <c>{"phones[0].number":"confirmed"}</c>; confirmed, changed or wrong.</summary>
    public string? FieldOutcomes { get; init; }

    /// <summary>When it was recorded, UTC.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>The outcomes by field.</summary>
    public IReadOnlyDictionary<string, string> ByField() =>
        FieldOutcomes is null ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(FieldOutcomes)!;

    /// <summary>The fields that were found to be other than the text says.</summary>
    public IReadOnlyList<string> Differing() => [.. ByField().Where(f => f.Value != Confirmed).Select(f => f.Key)];
}

/// <summary>Keeps checks, and moves what depends on them: the assured date, the date of the next check, the overdue entries.</summary>
public sealed class VerificationStore(TimeProvider clock, Publisher publisher, CheckRequests checks, AuditLog audit)
{
    private static readonly Sql Insert = new(
        "VerificationStore.Record",
        """
        INSERT INTO Verification (VerificationId, EntryId, Revision, Method, Outcome, CheckedOn, CheckedBy, Evidence, Note, FieldOutcomes, RecordedAt)
        VALUES (@VerificationId, @EntryId, @Revision, @Method, @Outcome, @CheckedOn, @CheckedBy, @Evidence, @Note, @FieldOutcomes, @RecordedAt)
        """);

    private static readonly Sql SelectByEntry = new(
        "VerificationStore.List",
        """
        SELECT VerificationId, EntryId, Revision, Method, Outcome, CheckedOn, CheckedBy, Evidence, Note, FieldOutcomes, RecordedAt
        FROM Verification WHERE EntryId = @id ORDER BY CheckedOn DESC, RecordedAt DESC, VerificationId DESC
        """);

    private static readonly Sql UpdateAssured = new(
        "VerificationStore.Record",
        "UPDATE Entry SET AssuredOn = @assuredOn, CheckDueOn = @checkDueOn WHERE EntryId = @id");

    private static readonly Sql SelectOverdue = new(
        "VerificationStore.SuspendOverdue",
        "SELECT EntryId FROM Entry WHERE Listing = 'published' AND Kind = @kind AND CheckDueOn < @before ORDER BY CheckDueOn, EntryId");

    /// <summary>All checks of an entry, latest first.</summary>
    public static Task<IReadOnlyList<VerificationRecord>> ListAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        session.QueryAsync<VerificationRecord>(SelectByEntry, new { id }, cancellation);

    /// <summary>
    /// Records a check. A confirming one of the public text moves the assured date, if it is later than the one that stands, and the
    /// public sees it at once.
    /// </summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="check">
    /// The check. Its revision is the one that the checker had in front of them (<see cref="EntryRow.CheckedRevision"/>); its id, who
    /// checked and the moment of recording are set here.
    /// </param>
    /// <param name="actor">Who checked.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <param name="nextOn">
    /// The day of the next check, where it is to be sooner: than the department's interval has it of a confirmed entry, or than the day by
    /// which it is due of one that is not confirmed, such as when nobody answered.
    /// </param>
    /// <exception cref="RefusedException">
    /// The day of the check lies in the future, or the next one does not lie between it and the day by which it is due then; another text is
    /// public than the one that was checked; it is called confirmed though something is wrong or has changed; the entry was merged into
    /// another; or a text is too long.
    /// </exception>
    public async Task RecordAsync(DbSession session, VerificationRecord check, Actor actor, CancellationToken cancellation, DateOnly? nextOn = null)
    {
        RefusedException.IfLonger(check.Evidence, VerificationRecord.MaxTextLength, "What shows it");
        RefusedException.IfLonger(check.Note, VerificationRecord.MaxTextLength, "The note");
        // Nobody publishes another text between the look at which one is public and the date that vouches for it.
        await Publisher.AcquirePublishLockAsync(session, cancellation);
        var settings = await SettingStore.ReadAsync(session, cancellation);
        var now = clock.GetUtcNow();
        if (check.CheckedOn > settings.DayOf(now))
        {
            throw new RefusedException("The day of the check lies in the future: give the day on which it was done.") { Field = nameof(check.CheckedOn) };
        }

        var entry = await EntryStore.ReadAsync(session, check.EntryId, cancellation);
        RefuseWhatVouchesForNothing(entry, check);
        var latest = settings.DueOn(entry.Kind, check.CheckedOn);
        RefuseNextCheck(check, nextOn, check.Outcome == VerificationRecord.Confirmed ? latest : entry.CheckDueOn);
        var row = check with { VerificationId = Guid.CreateVersion7(now), CheckedBy = actor.Code, RecordedAt = now };
        await session.ExecuteAsync(Insert, row, cancellation);
        if (check.Outcome == VerificationRecord.Confirmed && (entry.AssuredOn is null || check.CheckedOn >= entry.AssuredOn))
        {
            var checkDueOn = nextOn ?? latest;
            await CheckRequests.WithdrawAsync(session, check.EntryId, cancellation);
            await session.ExecuteAsync(UpdateAssured, new { id = check.EntryId, assuredOn = check.CheckedOn, checkDueOn }, cancellation);
            await publisher.RefreshAsync(session, check.EntryId, cancellation);
        }
        else if (nextOn is { } sooner && check.Outcome != VerificationRecord.Confirmed)
        {
            await checks.MoveAsync(session, check.EntryId, sooner, cancellation);
        }

        await audit.AppendAsync(session, actor, "verify", $"entry:{check.EntryId}", $"{check.Method}: {check.Outcome}", cancellation);
    }

    /// <summary>Entries of a kind that are overdue for longer than the department's grace.</summary>
    public static Task<IReadOnlyList<Guid>> ListOverdueAsync(DbSession session, EntryKind kind, DateOnly before, CancellationToken cancellation) =>
        session.QueryAsync<Guid>(SelectOverdue, new { kind = kind.Code(), before }, cancellation);

    /// <summary>Suspends every entry that is overdue for longer than the department's grace, each in a transaction of its own.</summary>
    /// <returns>How many were suspended.</returns>
    public async Task<int> SuspendOverdueAsync(Database database, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        var settings = await SettingStore.ReadAsync(session, cancellation);
        var today = settings.DayOf(clock.GetUtcNow());
        var suspended = 0;
        foreach (var kind in EntryKinds.All)
        {
            if (!settings.GraceDays.TryGetValue(kind.Code(), out var grace))
            {
                continue;
            }

            var before = today.AddDays(-grace);
            foreach (var id in await ListOverdueAsync(session, kind, before, cancellation))
            {
                var reason = $"Not checked within {grace} days of its due date.";
                suspended += await database.TransactAsync(work => SuspendIfOverdueAsync(work, id, before, reason, cancellation), cancellation) ? 1 : 0;
            }
        }

        return suspended;
    }

    /// <summary>
    /// Suspends an entry if it is public and overdue still: since the overdue ones were listed, somebody may have confirmed it, taken it
    /// down, or noted that it asked not to be listed.
    /// </summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="id">The entry.</param>
    /// <param name="before">It is overdue when its check was due before that day.</param>
    /// <param name="reason">What to say of it.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>Whether it was suspended.</returns>
    public async Task<bool> SuspendIfOverdueAsync(DbSession session, Guid id, DateOnly before, string reason, CancellationToken cancellation)
    {
        await Publisher.AcquirePublishLockAsync(session, cancellation);
        var entry = await EntryStore.ReadAsync(session, id, cancellation);
        if (entry.Listing != Listing.Published || entry.CheckDueOn is null || entry.CheckDueOn >= before)
        {
            return false;
        }

        await publisher.WithdrawAsync(session, id, Listing.Suspended, Actor.System("overdue"), reason, mergedInto: null, cancellation);
        return true;
    }

    private static void RefuseNextCheck(VerificationRecord check, DateOnly? nextOn, DateOnly? due)
    {
        if (nextOn is null || (nextOn > check.CheckedOn && nextOn <= due))
        {
            return;
        }

        throw new RefusedException(
            due is null ? "What was never public is not due for a check. Leave the next check empty."
            : due <= check.CheckedOn ? $"It is due since {due:yyyy-MM-dd}, and stays so until it is confirmed. Leave the next check empty."
            : $"The next check must lie after this one and on {due:yyyy-MM-dd} at the latest.")
        { Field = nameof(nextOn) };
    }

    private static void RefuseWhatVouchesForNothing(EntryRow entry, VerificationRecord check)
    {
        if (entry.MergedInto is not null)
        {
            throw new RefusedException("This entry was merged into another. Check that one.");
        }

        if (check.Revision != entry.CheckedRevision)
        {
            throw new RefusedException(
                $"Revision {check.Revision} was checked, and meanwhile revision {entry.CheckedRevision} is the one that counts. Look at what is different, and record the check again.");
        }

        if (check.Outcome == VerificationRecord.Confirmed && check.Differing().Count > 0)
        {
            throw new RefusedException(
                "Something is wrong or has changed, so the public text is not confirmed. Choose another outcome, put it right, and confirm it when the new text is public.")
            { Field = nameof(check.Outcome) };
        }
    }
}
