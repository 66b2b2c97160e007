using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Vocabularies;

/// <summary>
/// Changes the vocabularies. Codes are never removed and revisions are never rewritten: a retired term stays readable in existing entries, and
/// a merged term points to its replacement, so that searches for either term find both.
/// </summary>
public sealed class VocabularyEditor(TimeProvider clock, AuditLog audit)
{
    /// <summary>The maximum length of a label, in characters.</summary>
    public const int MaxLabelLength = 200;

    /// <summary>The maximum length of a definition, in characters.</summary>
    public const int MaxDefinitionLength = 1000;

    /// <summary>What the audit log calls a new term.</summary>
    internal const string AddActivity = "addTerm";

    /// <summary>What the audit log calls a term with other words.</summary>
    internal const string RelabelActivity = "relabelTerm";

    private const int MaxCodeLength = 100;

    private static readonly Sql InsertTerm = new(
        "VocabularyEditor.Add",
        """
        INSERT INTO Term (Vocabulary, Code, Label, Definition, Labels, Position, ChangedAt)
        SELECT @vocabulary, @code, @label, @definition, @labels, COALESCE(MAX(Position), 0) + 1, @now FROM Term WHERE Vocabulary = @vocabulary
        """);

    private static readonly Sql UpdateLabels = new(
        "VocabularyEditor.Relabel",
        "UPDATE Term SET Label = @label, Definition = @definition, Labels = @labels, ChangedAt = @now WHERE Vocabulary = @vocabulary AND Code = @code");

    private static readonly Sql UpdateRetired = new(
        "VocabularyEditor.Retire",
        "UPDATE Term SET RetiredAt = @retiredAt, MergedInto = @mergedInto, ChangedAt = @now WHERE Vocabulary = @vocabulary AND Code = @code");

    private static readonly Sql RedirectMerged = new(
        "VocabularyEditor.Merge",
        "UPDATE Term SET MergedInto = @into, ChangedAt = @now WHERE Vocabulary = @vocabulary AND MergedInto = @code");

    private static readonly Sql CountByTerm = new(
        "VocabularyEditor.CountUses",
        """
        SELECT Code, COUNT(DISTINCT EntryId) AS Uses FROM (
          SELECT t.EntryId, t.Code FROM EntryTerm t WHERE t.Vocabulary = @vocabulary
          UNION ALL
          SELECT t.EntryId, m.MergedInto FROM EntryTerm t JOIN Term m ON m.Vocabulary = t.Vocabulary AND m.Code = t.Code
          WHERE t.Vocabulary = @vocabulary AND m.MergedInto IS NOT NULL) u
        GROUP BY Code
        """);

    /// <summary>The number of entries that use each term or a term merged into it, by code. Unused terms are omitted.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> CountUsesAsync(DbSession session, string vocabulary, CancellationToken cancellation) =>
        (await session.QueryAsync<TermUses>(CountByTerm, new { vocabulary }, cancellation)).ToDictionary(u => u.Code, u => u.Uses);

    /// <summary>What the audit log calls a term.</summary>
    internal static string SubjectOf(string vocabulary, string code) => $"term:{vocabulary}/{code}";

    /// <summary>Adds a term at the end.</summary>
    /// <exception cref="RefusedException">The code is taken or malformed, or a text is missing or too long.</exception>
    public async Task AddAsync(DbSession session, string vocabulary, Term term, Actor actor, CancellationToken cancellation)
    {
        var set = await VocabularyStore.ReadAsync(session, cancellation);
        if (set.Find(vocabulary) is null)
        {
            throw new NotFoundException("such vocabulary");
        }

        if (term.Code is not [>= 'a' and <= 'z', ..] || term.Code.Length > MaxCodeLength || !term.Code.All(char.IsAsciiLetterOrDigit))
        {
            throw new RefusedException("A code must start with a lowercase letter and contain only letters and digits, such as traumaFocused.") { Field = nameof(term.Code) };
        }

        if (set.Find(vocabulary, term.Code) is not null)
        {
            throw new RefusedException($"The term {term.Code} already exists.") { Field = nameof(term.Code) };
        }

        await session.ExecuteAsync(InsertTerm, TermParameters(vocabulary, term, await VocabularyStore.NextTimestampAsync(session, clock, cancellation)), cancellation);
        await LogAsync(session, actor, AddActivity, vocabulary, term.Code, term.Label, cancellation);
    }

    /// <summary>Changes a term's label, definition and translated labels. The code never changes.</summary>
    public async Task RelabelAsync(DbSession session, string vocabulary, Term term, Actor actor, CancellationToken cancellation)
    {
        var before = await RequireAsync(session, vocabulary, term.Code, cancellation);
        await session.ExecuteAsync(UpdateLabels, TermParameters(vocabulary, term, await VocabularyStore.NextTimestampAsync(session, clock, cancellation)), cancellation);
        await LogAsync(session, actor, RelabelActivity, vocabulary, term.Code, $"{before.Label} -> {term.Label}", cancellation);
    }

    /// <summary>Retires a term. Entries that have it keep it.</summary>
    public async Task RetireAsync(DbSession session, string vocabulary, string code, Actor actor, CancellationToken cancellation)
    {
        await RequireAsync(session, vocabulary, code, cancellation);
        await SetRetiredAsync(session, vocabulary, code, clock.GetUtcNow(), mergedInto: null, cancellation);
        await LogAsync(session, actor, "retireTerm", vocabulary, code, null, cancellation);
    }

    /// <summary>Reinstates a retired or merged term.</summary>
    public async Task ReinstateAsync(DbSession session, string vocabulary, string code, Actor actor, CancellationToken cancellation)
    {
        await RequireAsync(session, vocabulary, code, cancellation);
        await SetRetiredAsync(session, vocabulary, code, retiredAt: null, mergedInto: null, cancellation);
        await LogAsync(session, actor, "reinstateTerm", vocabulary, code, null, cancellation);
    }

    /// <summary>Merges a term into another one of its vocabulary. Terms merged into it before follow.</summary>
    /// <exception cref="RefusedException">The target is the same term or retired.</exception>
    public async Task MergeAsync(DbSession session, string vocabulary, string code, string into, Actor actor, CancellationToken cancellation)
    {
        await RequireAsync(session, vocabulary, code, cancellation);
        var target = await RequireAsync(session, vocabulary, into, cancellation);
        if (code == into || target.Retired)
        {
            throw new RefusedException("Choose a different term that is in use.");
        }

        await SetRetiredAsync(session, vocabulary, code, clock.GetUtcNow(), into, cancellation);
        await session.ExecuteAsync(RedirectMerged, new { vocabulary, code, into, now = await VocabularyStore.NextTimestampAsync(session, clock, cancellation) }, cancellation);
        await LogAsync(session, actor, "mergeTerm", vocabulary, code, $"into {into}", cancellation);
    }

    private async Task SetRetiredAsync(
        DbSession session, string vocabulary, string code, DateTimeOffset? retiredAt, string? mergedInto, CancellationToken cancellation) =>
        await session.ExecuteAsync(
            UpdateRetired, new { vocabulary, code, retiredAt, mergedInto, now = await VocabularyStore.NextTimestampAsync(session, clock, cancellation) }, cancellation);

    private static object TermParameters(string vocabulary, Term term, DateTimeOffset now)
    {
        if (term.Label.Length is 0 or > MaxLabelLength)
        {
            throw new RefusedException($"Enter a label of at most {MaxLabelLength} characters.") { Field = nameof(term.Label) };
        }

        if (term.Definition.Length is 0 or > MaxDefinitionLength)
        {
            throw new RefusedException($"Enter a definition of at most {MaxDefinitionLength} characters.") { Field = nameof(term.Definition) };
        }

        return new { vocabulary, code = term.Code, label = term.Label, definition = term.Definition, labels = JsonSerializer.Serialize(term.Labels), now };
    }

    private Task LogAsync(DbSession session, Actor actor, string activity, string vocabulary, string code, string? detail, CancellationToken cancellation) =>
        audit.AppendAsync(session, actor, activity, SubjectOf(vocabulary, code), detail, cancellation);

    private static async Task<Term> RequireAsync(DbSession session, string vocabulary, string code, CancellationToken cancellation) =>
        (await VocabularyStore.ReadAsync(session, cancellation)).Find(vocabulary, code) ?? throw new NotFoundException("such term");

    private sealed record TermUses
    {
        public string Code { get; init; } = "";

        public int Uses { get; init; }
    }
}
