using System.Text.Json;
using HealthEquity.Directory.Comparison;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;

namespace HealthEquity.Store.Verification;

/// <summary>A check whose corrections wait for a review.</summary>
public sealed record PendingCheck
{
    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The revision with the corrections.</summary>
    public int Revision { get; init; }

    /// <summary>The method of the check.</summary>
    public string Method { get; init; } = "";

    /// <summary>The date of the check.</summary>
    public DateOnly CheckedOn { get; init; }

    /// <summary>Who checked: an actor's code.</summary>
    public string CheckedBy { get; init; } = "";

    /// <summary>The answers by group, JSON.</summary>
    public string Answers { get; init; } = "{}";
}

/// <summary>Completes checks whose corrections waited for a review: approving the corrections publishes them and confirms the entry.</summary>
public sealed class PendingChecks(VerificationStore verifications, AuditLog audit)
{
    private static readonly Sql Delete = new("PendingChecks.Drop", "DELETE FROM PendingCheck WHERE EntryId = @id");

    private static readonly Sql Insert = new(
        "PendingChecks.Add",
        "INSERT INTO PendingCheck (EntryId, Revision, Method, CheckedOn, CheckedBy, Answers) VALUES (@EntryId, @Revision, @Method, @CheckedOn, @CheckedBy, @Answers)");

    private static readonly Sql Select = new(
        "PendingChecks.Find", "SELECT EntryId, Revision, Method, CheckedOn, CheckedBy, Answers FROM PendingCheck WHERE EntryId = @id");

    /// <summary>The pending check of an entry; null for none.</summary>
    public static Task<PendingCheck?> FindAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        session.FindAsync<PendingCheck>(Select, new { id }, cancellation);

    /// <summary>Adds a pending check. It replaces an earlier one.</summary>
    public static async Task AddAsync(DbSession session, PendingCheck check, CancellationToken cancellation)
    {
        await DropAsync(session, check.EntryId, cancellation);
        await session.ExecuteAsync(Insert, check, cancellation);
    }

    /// <summary>Drops the pending check of an entry: its corrections were discarded or taken back.</summary>
    public static Task DropAsync(DbSession session, Guid id, CancellationToken cancellation) => session.ExecuteAsync(Delete, new { id }, cancellation);

    /// <summary>
    /// Completes the pending check of an entry whose corrections have been published. If the reviewer or another curator changed a field that
    /// the check was about, the entry stays due.
    /// </summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="id">The entry.</param>
    /// <param name="revision">The revision that has been published.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>The id of the check; null if none was completed.</returns>
    public async Task<Guid?> CompleteAsync(DbSession session, Guid id, int revision, CancellationToken cancellation)
    {
        if (await FindAsync(session, id, cancellation) is not { } pending || pending.Revision > revision)
        {
            return null;
        }

        await DropAsync(session, id, cancellation);
        var entry = await EntryStore.ReadAsync(session, id, cancellation);
        var answers = JsonSerializer.Deserialize<Dictionary<string, string>>(pending.Answers)!;
        var missing = CallQuestions.Missing(await SettingStore.ReadAsync(session, cancellation), entry.Kind, answers);
        if (missing.Count > 0 || await DiffersAsync(session, pending, revision, answers, cancellation))
        {
            await audit.AppendAsync(session, new Actor(pending.CheckedBy), "dropCheck", $"entry:{id}", $"revision {pending.Revision}", cancellation);
            return null;
        }

        var check = new VerificationRecord
        {
            EntryId = id,
            Revision = revision,
            Method = pending.Method,
            Outcome = VerificationRecord.Confirmed,
            CheckedOn = pending.CheckedOn,
            Note = "The corrections of the call were approved.",
            FieldOutcomes = JsonSerializer.Serialize(answers.ToDictionary(a => a.Key, a => a.Value == CallQuestions.Unsure ? a.Value : CallQuestions.Right)),
        };
        return await verifications.RecordAsync(session, check, new Actor(pending.CheckedBy), cancellation);
    }

    private static async Task<bool> DiffersAsync(
        DbSession session, PendingCheck pending, int revision, Dictionary<string, string> answers, CancellationToken cancellation)
    {
        if (pending.Revision == revision)
        {
            return false;
        }

        var called = await EntryStore.ReadRevisionAsync(session, pending.EntryId, pending.Revision, cancellation);
        var published = await EntryStore.ReadRevisionAsync(session, pending.EntryId, revision, cancellation);
        var asked = answers.Keys.Select(CallQuestions.GroupOf).ToHashSet();
        return EntryComparison.Compare(called.Body, published.Body).Any(c => CallQuestions.GroupOf(c.Path) is { } group && asked.Contains(group));
    }
}
