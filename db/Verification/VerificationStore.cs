using HealthEquity.Db.Auditing;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Publishing;
using HealthEquity.Db.Settings;
using HealthEquity.Db.Storage;

namespace HealthEquity.Db.Verification;

/// <summary>One check of an entry against the world.</summary>
public sealed record Verification
{
    /// <summary>The outcome that moves an entry's assured date.</summary>
    public const string Confirmed = "confirmed";

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

    /// <summary>Outcome by field, JSON: <c>{"phones[0].number":"confirmed"}</c>.</summary>
    public string? FieldOutcomes { get; init; }

    /// <summary>When it was recorded, UTC.</summary>
    public DateTimeOffset RecordedAt { get; init; }
}

/// <summary>Keeps checks, and moves what depends on them: the assured date, the date of the next check, the overdue entries.</summary>
public sealed class VerificationStore(TimeProvider clock, Publisher publisher, AuditLog audit)
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
    public static Task<IReadOnlyList<Verification>> ListAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        session.QueryAsync<Verification>(SelectByEntry, new { id }, cancellation);

    /// <summary>
    /// Records a check of the latest revision. A confirming one moves the assured date, if it is later than the one that stands, and
    /// the public sees it at once.
    /// </summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="check">The check; its id, revision and moment of recording are set here.</param>
    /// <param name="actor">Who checked.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="RefusedException">The day of the check lies in the future.</exception>
    public async Task RecordAsync(DbSession session, Verification check, Actor actor, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        // A day's grace: it may be tomorrow already where the curator is.
        if (check.CheckedOn > DateOnly.FromDateTime(now.UtcDateTime).AddDays(1))
        {
            throw new RefusedException("The day of the check lies in the future: give the day on which it was done.");
        }

        var entry = await EntryStore.ReadAsync(session, check.EntryId, cancellation);
        var row = check with
        {
            VerificationId = Guid.CreateVersion7(now),
            Revision = entry.LatestRevision,
            CheckedBy = actor.Code,
            RecordedAt = now,
        };
        await session.ExecuteAsync(Insert, row, cancellation);
        if (check.Outcome == Verification.Confirmed && (entry.AssuredOn is null || check.CheckedOn >= entry.AssuredOn))
        {
            var settings = await SettingStore.ReadAsync(session, cancellation);
            var checkDueOn = settings.DueOn(entry.Kind, check.CheckedOn);
            await CheckRequests.WithdrawAsync(session, check.EntryId, cancellation);
            await session.ExecuteAsync(UpdateAssured, new { id = check.EntryId, assuredOn = check.CheckedOn, checkDueOn }, cancellation);
            await publisher.RefreshAsync(session, check.EntryId, cancellation);
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
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var suspended = 0;
        foreach (var kind in EntryKinds.All)
        {
            if (!settings.GraceDays.TryGetValue(kind.Code(), out var grace))
            {
                continue;
            }

            foreach (var id in await ListOverdueAsync(session, kind, today.AddDays(-grace), cancellation))
            {
                await database.TransactAsync(
                    work => publisher.WithdrawAsync(
                        work, id, Listing.Suspended, Actor.System("overdue"), $"Not checked within {grace} days of its due date.", mergedInto: null, cancellation),
                    cancellation);
                suspended++;
            }
        }

        return suspended;
    }
}
