using System.Globalization;
using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Settings;

namespace HealthEquity.Store.Verification;

/// <summary>One verification of an entry.</summary>
public sealed record VerificationRecord
{
    /// <summary>The outcome that updates the assured date.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>The maximum length of the evidence and of the note, in characters.</summary>
    public const int MaxTextLength = 2000;

    /// <summary>The verification's id.</summary>
    public Guid VerificationId { get; init; }

    /// <summary>The entry's id.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The revision that was checked.</summary>
    public int Revision { get; init; }

    /// <summary>The method: a term of the vocabulary verificationMethod.</summary>
    public string Method { get; init; } = "";

    /// <summary>The outcome: a term of the vocabulary verificationOutcome.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>The date of the check.</summary>
    public DateOnly CheckedOn { get; init; }

    /// <summary>Who checked: an actor's code.</summary>
    public string CheckedBy { get; init; } = "";

    /// <summary>The evidence: a web address, a file name.</summary>
    public string? Evidence { get; init; }

    /// <summary>A note.</summary>
    public string? Note { get; init; }

    /// <summary>Outcome by field, JSON: <c>{"phones[0].number":"confirmed"}</c>; confirmed, changed or wrong.</summary>
    public string? FieldOutcomes { get; init; }

    /// <summary>When it was recorded, UTC.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>The outcomes by field.</summary>
    public IReadOnlyDictionary<string, string> ByField() =>
        FieldOutcomes is null ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(FieldOutcomes)!;

    /// <summary>The fields that were changed or wrong.</summary>
    public IReadOnlyList<string> FieldsNotConfirmed() => [.. ByField().Where(f => f.Value is CallQuestions.Changed or CallQuestions.Wrong).Select(f => f.Key)];
}

/// <summary>Stores verifications and updates what depends on them: the assured date, the due date, overdue entries.</summary>
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
        FROM Verification v WHERE EntryId = @id
          AND NOT EXISTS (SELECT 1 FROM VerificationUndo u WHERE u.VerificationId = v.VerificationId AND u.UndoneAt IS NOT NULL)
        ORDER BY CheckedOn DESC, RecordedAt DESC, VerificationId DESC
        """);

    private static readonly Sql UpdateAssured = new(
        "VerificationStore.Record",
        "UPDATE Entry SET AssuredOn = @assuredOn, CheckDueOn = @checkDueOn WHERE EntryId = @id");

    /// <summary>All verifications of an entry, latest first.</summary>
    public static Task<IReadOnlyList<VerificationRecord>> ListAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        session.QueryAsync<VerificationRecord>(SelectByEntry, new { id }, cancellation);

    /// <summary>
    /// Records a verification. Confirming the public version updates the assured date, unless a later one exists, and the public sees it
    /// immediately.
    /// </summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="check">
    /// The verification. Its revision is the one that the curator saw (<see cref="EntryRow.CheckedRevision"/>). Its id, actor and timestamp are
    /// set here.
    /// </param>
    /// <param name="actor">Who checked.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <param name="nextOn">
    /// The date of the next check, if it should be sooner: before the department's interval for a confirmed entry, or before the current due
    /// date if it was not confirmed, such as when no one answered.
    /// </param>
    /// <exception cref="RefusedException">
    /// The date is in the future; the next check is not between that date and the due date; another revision is current; the outcome is
    /// "confirmed" although a field is wrong or changed or a required question has no answer; the entry was merged into another; or a text is too long.
    /// </exception>
    /// <returns>The id of the verification.</returns>
    public async Task<Guid> RecordAsync(DbSession session, VerificationRecord check, Actor actor, CancellationToken cancellation, DateOnly? nextOn = null)
    {
        RefusedException.IfLonger(check.Evidence, VerificationRecord.MaxTextLength, "The evidence");
        RefusedException.IfLonger(check.Note, VerificationRecord.MaxTextLength, "The note");
        // The lock keeps others from publishing a different revision before the assured date is set.
        await Publisher.AcquirePublishLockAsync(session, cancellation);
        var settings = await SettingStore.ReadAsync(session, cancellation);
        var now = clock.GetUtcNow();
        if (check.CheckedOn > settings.DayOf(now))
        {
            throw new RefusedException("The date of the check is in the future. Enter the date it was done.") { Field = nameof(check.CheckedOn) };
        }

        var entry = await EntryStore.ReadAsync(session, check.EntryId, cancellation);
        ValidateOutcome(entry, check);
        ValidateAnswers(entry, check, settings, actor);
        var latest = settings.DueOn(entry.Kind, check.CheckedOn);
        ValidateNextCheck(check, nextOn, check.Outcome == VerificationRecord.Confirmed ? latest : entry.CheckDueOn);
        var row = check with { VerificationId = Guid.CreateVersion7(now), CheckedBy = actor.Code, RecordedAt = now };
        await session.ExecuteAsync(Insert, row, cancellation);
        if (check.Outcome == VerificationRecord.Confirmed && (entry.AssuredOn is null || check.CheckedOn >= entry.AssuredOn))
        {
            var checkDueOn = nextOn ?? latest;
            await CheckRequests.CancelAsync(session, check.EntryId, cancellation);
            await session.ExecuteAsync(UpdateAssured, new { id = check.EntryId, assuredOn = check.CheckedOn, checkDueOn }, cancellation);
            await publisher.RefreshAsync(session, check.EntryId, cancellation);
        }
        else if (nextOn is { } sooner && check.Outcome != VerificationRecord.Confirmed)
        {
            await checks.SetDueDateAsync(session, check.EntryId, sooner, cancellation);
        }

        await audit.AppendAsync(session, actor, "verify", $"entry:{check.EntryId}", $"{check.Method}: {check.Outcome}", cancellation);
        return row.VerificationId;
    }

    private static void ValidateNextCheck(VerificationRecord check, DateOnly? nextOn, DateOnly? due)
    {
        if (nextOn is null || (nextOn > check.CheckedOn && nextOn <= due))
        {
            return;
        }

        var dueOn = due?.ToString("MMM d, yyyy", CultureInfo.InvariantCulture);
        throw new RefusedException(
            due is null ? "An entry that was never public has no due date. Leave the next check empty."
            : due <= check.CheckedOn ? $"The check has been due since {dueOn} and stays due until the entry is confirmed. Leave the next check empty."
            : $"The next check must be after this one and no later than {dueOn}.")
        { Field = nameof(nextOn) };
    }

    /// <summary>A person confirms an entry only after asking what its kind requires. Programs are exempt: they record what was checked elsewhere.</summary>
    private static void ValidateAnswers(EntryRow entry, VerificationRecord check, DirectorySettings settings, Actor actor)
    {
        if (check.Outcome == VerificationRecord.Confirmed && actor.CuratorId is not null
            && CallQuestions.Missing(settings, entry.Kind, check.ByField()) is { Count: > 0 } missing)
        {
            throw new RefusedException(
                $"Ask about these first: {string.Join(", ", missing.Select(CallQuestions.Label))}. Without an answer, the entry can't be confirmed.")
            { Field = missing[0] };
        }
    }

    private static void ValidateOutcome(EntryRow entry, VerificationRecord check)
    {
        if (entry.MergedInto is not null)
        {
            throw new RefusedException("This entry was merged into another. Verify that entry instead.");
        }

        if (check.Revision != entry.CheckedRevision)
        {
            throw new RefusedException(
                $"You checked revision {check.Revision}, but revision {entry.CheckedRevision} is now current. Review the changes and record the check again.");
        }

        if (check.Outcome == VerificationRecord.Confirmed && check.FieldsNotConfirmed().Count > 0)
        {
            throw new RefusedException(
                "Some fields are wrong or have changed, so the entry can't be confirmed. Choose another outcome, correct the entry, and confirm it after the new version is published.")
            { Field = nameof(check.Outcome) };
        }
    }
}
