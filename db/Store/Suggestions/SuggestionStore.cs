using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Settings;

namespace HealthEquity.Store.Suggestions;

/// <summary>A public report that something is wrong or missing. It does not ask for a name.</summary>
public sealed record Suggestion
{
    /// <summary>The suggestion's id.</summary>
    public Guid SuggestionId { get; init; }

    /// <summary>The entry it is about; null for an entry missing from the directory.</summary>
    public Guid? EntryId { get; init; }

    /// <summary>The kind of a new entry.</summary>
    public string? Kind { get; init; }

    /// <summary>The field it is about, such as <c>phones[0].number</c>.</summary>
    public string? Field { get; init; }

    /// <summary>The message, plain text.</summary>
    public string Message { get; init; } = "";

    /// <summary>When it was received, UTC.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>open, settled or dismissed.</summary>
    public string State { get; init; } = "open";

    /// <summary>When it was settled or dismissed, UTC.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Who settled or dismissed it: an actor's code.</summary>
    public string? SettledBy { get; init; }

    /// <summary>The reason for dismissing it, or what was done.</summary>
    public string? Reason { get; init; }

    /// <summary>The entry's name, for display.</summary>
    public string? EntryName { get; init; }
}

/// <summary>Stores public suggestions until they are settled, and for a retention period after that.</summary>
public sealed class SuggestionStore(TimeProvider clock, AuditLog audit)
{
    /// <summary>The maximum length of a message, in characters.</summary>
    public const int MaximumLength = 4000;

    private const int MaxFieldLength = 200;

    private static readonly Sql Insert = new(
        "SuggestionStore.Add",
        "INSERT INTO Suggestion (SuggestionId, EntryId, Kind, Field, Message, ReceivedAt) VALUES (@SuggestionId, @EntryId, @Kind, @Field, @Message, @ReceivedAt)");

    private static readonly Sql SelectByState = new(
        "SuggestionStore.List",
        sqlServer:
        """
        SELECT s.SuggestionId, s.EntryId, s.Kind, s.Field, s.Message, s.ReceivedAt, s.State, s.SettledAt, s.SettledBy, s.Reason, e.Name AS EntryName
        FROM Suggestion s LEFT JOIN Entry e ON e.EntryId = s.EntryId
        WHERE s.State = @state ORDER BY s.ReceivedAt, s.SuggestionId OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY
        """,
        sqlite:
        """
        SELECT s.SuggestionId, s.EntryId, s.Kind, s.Field, s.Message, s.ReceivedAt, s.State, s.SettledAt, s.SettledBy, s.Reason, e.Name AS EntryName
        FROM Suggestion s LEFT JOIN Entry e ON e.EntryId = s.EntryId
        WHERE s.State = @state ORDER BY s.ReceivedAt, s.SuggestionId LIMIT @limit OFFSET @offset
        """);

    private static readonly Sql SelectOne = new(
        "SuggestionStore.Find",
        """
        SELECT s.SuggestionId, s.EntryId, s.Kind, s.Field, s.Message, s.ReceivedAt, s.State, s.SettledAt, s.SettledBy, s.Reason, e.Name AS EntryName
        FROM Suggestion s LEFT JOIN Entry e ON e.EntryId = s.EntryId
        WHERE s.SuggestionId = @id
        """);

    private static readonly Sql SelectOpenOfEntry = new(
        "SuggestionStore.ListOpen",
        """
        SELECT SuggestionId, EntryId, Kind, Field, Message, ReceivedAt, State FROM Suggestion
        WHERE EntryId = @id AND State = 'open' ORDER BY ReceivedAt
        """);

    private static readonly Sql SelectAllOpen = new(
        "SuggestionStore.ListOpen",
        """
        SELECT s.SuggestionId, s.EntryId, s.Kind, s.Field, s.Message, s.ReceivedAt, s.State, e.Name AS EntryName
        FROM Suggestion s LEFT JOIN Entry e ON e.EntryId = s.EntryId
        WHERE s.State = 'open' ORDER BY s.ReceivedAt, s.SuggestionId
        """);

    private static readonly Sql CountOpen = new("SuggestionStore.CountOpen", "SELECT COUNT(*) FROM Suggestion WHERE State = 'open'");

    private static readonly Sql Close = new(
        "SuggestionStore.Close",
        """
        UPDATE Suggestion SET State = @state, SettledAt = @at, SettledBy = @by, Reason = @reason
        WHERE SuggestionId = @id AND State = 'open'
        """);

    private static readonly Sql DeleteClosed = new(
        "SuggestionStore.DeleteOld", "DELETE FROM Suggestion WHERE State <> 'open' AND SettledAt < @before");

    /// <summary>Adds a suggestion. Requires only <see cref="DatabaseAccess.Suggestions"/>.</summary>
    /// <exception cref="RefusedException">The message is empty or too long.</exception>
    public async Task<Guid> AddAsync(
        DbSession session, Guid? entryId, EntryKind? kind, string? field, string message, CancellationToken cancellation)
    {
        var text = PlainText(message);
        if (text.Length is 0 or > MaximumLength)
        {
            throw new RefusedException($"Describe what is wrong or missing in at most {MaximumLength} characters.");
        }

        var now = clock.GetUtcNow();
        var row = new
        {
            SuggestionId = Guid.CreateVersion7(now),
            EntryId = entryId,
            Kind = kind?.Code(),
            Field = field is { Length: > MaxFieldLength } ? field[..MaxFieldLength] : field,
            Message = text,
            ReceivedAt = now,
        };
        await session.ExecuteAsync(Insert, row, cancellation);
        return row.SuggestionId;
    }

    /// <summary>Suggestions in a state (open, settled, dismissed), oldest first.</summary>
    public static Task<IReadOnlyList<Suggestion>> ListAsync(
        DbSession session, string state, int offset, int limit, CancellationToken cancellation) =>
        session.QueryAsync<Suggestion>(SelectByState, new { state, offset, limit }, cancellation);

    /// <summary>The open suggestions about an entry.</summary>
    public static Task<IReadOnlyList<Suggestion>> ListOpenAsync(DbSession session, Guid entryId, CancellationToken cancellation) =>
        session.QueryAsync<Suggestion>(SelectOpenOfEntry, new { id = entryId }, cancellation);

    /// <summary>All open suggestions, oldest first.</summary>
    public static Task<IReadOnlyList<Suggestion>> ListOpenAsync(DbSession session, CancellationToken cancellation) =>
        session.QueryAsync<Suggestion>(SelectAllOpen, null, cancellation);

    /// <summary>The number of open suggestions.</summary>
    public static Task<int> CountOpenAsync(DbSession session, CancellationToken cancellation) =>
        session.ScalarAsync<int>(CountOpen, null, cancellation);

    /// <summary>One suggestion.</summary>
    /// <exception cref="NotFoundException">There is no suggestion with that id.</exception>
    public static async Task<Suggestion> ReadAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        await session.FindAsync<Suggestion>(SelectOne, new { id }, cancellation) ?? throw new NotFoundException($"suggestion {id}");

    /// <summary>Marks a suggestion as settled. It is deleted later.</summary>
    /// <exception cref="RefusedException">It was already settled or dismissed.</exception>
    public Task SettleAsync(DbSession session, Guid id, Actor actor, string? note, CancellationToken cancellation) =>
        CloseAsync(session, id, "settled", actor, note, cancellation);

    /// <summary>Dismisses a suggestion.</summary>
    /// <exception cref="RefusedException">The reason is missing, or it was already settled or dismissed.</exception>
    public Task DismissAsync(DbSession session, Guid id, Actor actor, string reason, CancellationToken cancellation) =>
        string.IsNullOrWhiteSpace(reason)
            ? throw new RefusedException("Enter a reason for dismissing it.") { Field = nameof(reason) }
            : CloseAsync(session, id, "dismissed", actor, reason, cancellation);

    /// <summary>Deletes settled and dismissed suggestions after the retention period.</summary>
    /// <returns>The number of deleted suggestions.</returns>
    public async Task<int> DeleteOldAsync(DbSession session, CancellationToken cancellation)
    {
        var settings = await SettingStore.ReadAsync(session, cancellation);
        var deleted = await session.ExecuteAsync(DeleteClosed, new { before = clock.GetUtcNow().AddDays(-settings.SuggestionDays) }, cancellation);
        if (deleted > 0)
        {
            await audit.AppendAsync(session, Actor.System("retention"), "deleteSuggestions", "suggestions", $"{deleted} deleted", cancellation);
        }

        return deleted;
    }

    /// <summary>The text without control characters. Markup stays and is displayed as text.</summary>
    private static string PlainText(string message) => string.Concat(
        message.ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !char.IsControl(c))).Trim();

    private async Task CloseAsync(DbSession session, Guid id, string state, Actor actor, string? reason, CancellationToken cancellation)
    {
        RefusedException.IfLonger(reason, Publisher.MaxReasonLength, "The note");
        var closed = await session.ExecuteAsync(Close, new { id, state, at = clock.GetUtcNow(), by = actor.Code, reason }, cancellation);
        if (closed == 0)
        {
            var found = await ReadAsync(session, id, cancellation);
            throw new RefusedException($"Someone else already {found.State} this suggestion.");
        }

        // The message does not go into the log, because it must be deleted after the retention period.
        await audit.AppendAsync(session, actor, state == "settled" ? "settleSuggestion" : "dismissSuggestion", $"suggestion:{id}", null, cancellation);
    }
}
