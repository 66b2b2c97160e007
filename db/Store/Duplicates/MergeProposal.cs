using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Publishing;

namespace HealthEquity.Store.Duplicates;

/// <summary>A merge that a curator proposes and a reviewer decides on. A pair has at most one: the latest.</summary>
public sealed record MergeProposal
{
    /// <summary>The entry with the smaller id.</summary>
    public Guid FirstId { get; init; }

    /// <summary>The other entry.</summary>
    public Guid SecondId { get; init; }

    /// <summary>The entry to keep.</summary>
    public Guid SurvivorId { get; init; }

    /// <summary>The entry to merge into it.</summary>
    public Guid LoserId => SurvivorId == FirstId ? SecondId : FirstId;

    /// <summary>The kind of both entries.</summary>
    public EntryKind Kind { get; init; }

    /// <summary>The name of the entry to keep.</summary>
    public string SurvivorName { get; init; } = "";

    /// <summary>The name of the entry to merge into it.</summary>
    public string LoserName { get; init; } = "";

    /// <summary>The curator's choices, as the form posted them: JSON.</summary>
    public string Choices { get; init; } = "{}";

    /// <summary>The curator's note.</summary>
    public string? Note { get; init; }

    /// <summary>Who proposed it: an actor's code.</summary>
    public string ProposedBy { get; init; } = "";

    /// <summary>When it was proposed, UTC.</summary>
    public DateTimeOffset ProposedAt { get; init; }

    /// <summary>open, declined, or merged.</summary>
    public string State { get; init; } = "open";

    /// <summary>Who decided: an actor's code; null while it is open.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When it was decided, UTC.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why it was declined.</summary>
    public string? Reason { get; init; }

    /// <summary>True while it waits for a reviewer.</summary>
    public bool IsOpen => State == "open";

    /// <summary>The choices by the name of their field.</summary>
    public IReadOnlyDictionary<string, string[]> ReadChoices() => JsonSerializer.Deserialize<Dictionary<string, string[]>>(Choices) ?? [];
}

/// <summary>Stores merges that curators propose.</summary>
public sealed class MergeProposals(TimeProvider clock, AuditLog audit)
{
    private const string Selected =
        """
        SELECT p.FirstId, p.SecondId, p.SurvivorId, s.Kind, s.Name AS SurvivorName, l.Name AS LoserName, p.Choices, p.Note, p.ProposedBy,
          p.ProposedAt, p.State, p.DecidedBy, p.DecidedAt, p.Reason
        FROM MergeProposal AS p
        INNER JOIN Entry AS s ON s.EntryId = p.SurvivorId
        INNER JOIN Entry AS l ON l.EntryId = CASE WHEN p.SurvivorId = p.FirstId THEN p.SecondId ELSE p.FirstId END
        """;

    // A proposal ends when either entry is merged or asked not to be listed, or the two are marked as different.
    private const string Waiting =
        """
        p.State = 'open' AND s.Listing <> 'doNotList' AND l.Listing <> 'doNotList'
        AND NOT EXISTS (SELECT 1 FROM MergedEntry AS m WHERE m.EntryId IN (p.FirstId, p.SecondId))
        AND NOT EXISTS (SELECT 1 FROM DuplicatePair AS d WHERE d.FirstId = p.FirstId AND d.SecondId = p.SecondId AND d.State <> 'open')
        """;

    private static readonly Sql SelectWaiting = new("MergeProposals.List", $"{Selected} WHERE {Waiting} ORDER BY p.ProposedAt, p.FirstId, p.SecondId");

    private static readonly Sql SelectOne = new("MergeProposals.Find", $"{Selected} WHERE p.FirstId = @first AND p.SecondId = @second");

    private static readonly Sql Insert = new(
        "MergeProposals.Propose",
        sqlServer:
        """
        INSERT INTO MergeProposal (FirstId, SecondId, SurvivorId, Choices, Note, ProposedBy, ProposedAt, State)
        SELECT @first, @second, @survivor, @choices, @note, @by, @at, 'open'
        WHERE NOT EXISTS (SELECT 1 FROM MergeProposal AS p WITH (UPDLOCK, HOLDLOCK) WHERE p.FirstId = @first AND p.SecondId = @second)
        """,
        sqlite:
        """
        INSERT INTO MergeProposal (FirstId, SecondId, SurvivorId, Choices, Note, ProposedBy, ProposedAt, State)
        SELECT @first, @second, @survivor, @choices, @note, @by, @at, 'open'
        WHERE NOT EXISTS (SELECT 1 FROM MergeProposal AS p WHERE p.FirstId = @first AND p.SecondId = @second)
        """);

    private static readonly Sql Replace = new(
        "MergeProposals.Propose",
        """
        UPDATE MergeProposal
        SET SurvivorId = @survivor, Choices = @choices, Note = @note, ProposedBy = @by, ProposedAt = @at, State = 'open',
            DecidedBy = NULL, DecidedAt = NULL, Reason = NULL
        WHERE FirstId = @first AND SecondId = @second
        """);

    private static readonly Sql Decide = new(
        "MergeProposals.Decide",
        """
        UPDATE MergeProposal SET State = @state, DecidedBy = @by, DecidedAt = @at, Reason = @reason
        WHERE FirstId = @first AND SecondId = @second AND State = 'open'
        """);

    /// <summary>The proposals that wait for a reviewer, oldest first.</summary>
    public static Task<IReadOnlyList<MergeProposal>> ListAsync(DbSession session, CancellationToken cancellation) =>
        session.QueryAsync<MergeProposal>(SelectWaiting, null, cancellation);

    /// <summary>The latest proposal to merge two entries, in any state; null for none.</summary>
    public static Task<MergeProposal?> FindAsync(DbSession session, Guid one, Guid other, CancellationToken cancellation)
    {
        var (first, second) = DuplicatePair.Ordered(one, other);
        return session.FindAsync<MergeProposal>(SelectOne, new { first, second }, cancellation);
    }

    /// <summary>Proposes a merge. Replaces an earlier proposal for the same two entries.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="survivor">The entry to keep.</param>
    /// <param name="loser">The entry to merge into it.</param>
    /// <param name="choices">The choices of the form, by field.</param>
    /// <param name="note">A note for the reviewer.</param>
    /// <param name="actor">Who proposes it.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="RefusedException">The two can't be merged.</exception>
    public async Task ProposeAsync(
        DbSession session, Guid survivor, Guid loser, IReadOnlyDictionary<string, string[]> choices, string? note, Actor actor, CancellationToken cancellation)
    {
        RefusedException.IfLonger(note, Publisher.MaxReasonLength, "The note");
        await MergeStore.ReadBothAsync(session, survivor, loser, cancellation);
        var (first, second) = DuplicatePair.Ordered(survivor, loser);
        var row = new { first, second, survivor, choices = JsonSerializer.Serialize(choices), note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(), by = actor.Code, at = clock.GetUtcNow() };
        if (await session.ExecuteAsync(Insert, row, cancellation) == 0)
        {
            await session.ExecuteAsync(Replace, row, cancellation);
        }

        await audit.AppendAsync(session, actor, "proposeMerge", $"entry:{loser}", $"into entry:{survivor}", cancellation);
    }

    /// <summary>Declines a proposal.</summary>
    /// <exception cref="RefusedException">The reason is missing, or the proposal is not open.</exception>
    public async Task DeclineAsync(DbSession session, Guid one, Guid other, string reason, Actor actor, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new RefusedException("Enter the reason.") { Field = nameof(reason) };
        }

        RefusedException.IfLonger(reason, Publisher.MaxReasonLength, "The reason");
        if (!await DecideAsync(session, one, other, "declined", reason.Trim(), actor, cancellation))
        {
            throw new RefusedException("This proposal is not open any more.");
        }

        var (first, second) = DuplicatePair.Ordered(one, other);
        await audit.AppendAsync(session, actor, "declineMerge", $"entry:{first}", $"entry:{second}", cancellation);
    }

    /// <summary>Closes the proposal of two entries that were merged, if there is one.</summary>
    internal Task<bool> CloseAsync(DbSession session, Guid one, Guid other, Actor actor, CancellationToken cancellation) =>
        DecideAsync(session, one, other, "merged", null, actor, cancellation);

    private async Task<bool> DecideAsync(DbSession session, Guid one, Guid other, string state, string? reason, Actor actor, CancellationToken cancellation)
    {
        var (first, second) = DuplicatePair.Ordered(one, other);
        return await session.ExecuteAsync(Decide, new { first, second, state, reason, by = actor.Code, at = clock.GetUtcNow() }, cancellation) > 0;
    }
}
