using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Vocabularies;

/// <summary>
/// A department's changes to the vocabularies. A code is never removed and no revision is rewritten: a retired term stays
/// readable in what was written with it, and a merged one says which term to use: whoever asks for either finds what has the other.
/// </summary>
public sealed class VocabularyEditor(TimeProvider clock, AuditLog audit)
{
    /// <summary>The longest label, in characters.</summary>
    public const int LongestLabel = 200;

    /// <summary>The longest definition, in characters.</summary>
    public const int LongestDefinition = 1000;

    private const int LongestCode = 100;

    private static readonly Sql InsertTerm = new(
        "VocabularyEditor.Add",
        """
        INSERT INTO Term (Vocabulary, Code, Label, Definition, Labels, Position, ChangedAt)
        SELECT @vocabulary, @code, @label, @definition, @labels, COALESCE(MAX(Position), 0) + 1, @now FROM Term WHERE Vocabulary = @vocabulary
        """);

    private static readonly Sql UpdateTexts = new(
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

    /// <summary>How many entries use each term, or one that was merged into it, by code; a term that none uses is not in it.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> CountUsesAsync(DbSession session, string vocabulary, CancellationToken cancellation) =>
        (await session.QueryAsync<TermUses>(CountByTerm, new { vocabulary }, cancellation)).ToDictionary(u => u.Code, u => u.Uses);

    /// <summary>Adds a term at the end.</summary>
    /// <exception cref="RefusedException">The code is taken or malformed, or a text is missing or too long.</exception>
    public async Task AddAsync(DbSession session, string vocabulary, Term term, Actor actor, CancellationToken cancellation)
    {
        var set = await VocabularyStore.ReadAsync(session, cancellation);
        if (set.Find(vocabulary) is null)
        {
            throw new NotFoundException("such vocabulary");
        }

        if (term.Code is not [>= 'a' and <= 'z', ..] || term.Code.Length > LongestCode || !term.Code.All(char.IsAsciiLetterOrDigit))
        {
            throw new RefusedException("A code begins with a small letter and has letters and digits only, such as traumaFocused.") { Field = nameof(term.Code) };
        }

        if (set.Find(vocabulary, term.Code) is not null)
        {
            throw new RefusedException($"There is a term {term.Code} already.") { Field = nameof(term.Code) };
        }

        await session.ExecuteAsync(InsertTerm, Texts(vocabulary, term, await MomentAsync(session, cancellation)), cancellation);
        await NoteAsync(session, actor, "addTerm", vocabulary, term.Code, term.Label, cancellation);
    }

    /// <summary>Changes a term's label, definition and labels in other languages; its code stays.</summary>
    public async Task RelabelAsync(DbSession session, string vocabulary, Term term, Actor actor, CancellationToken cancellation)
    {
        var before = await RequireAsync(session, vocabulary, term.Code, cancellation);
        await session.ExecuteAsync(UpdateTexts, Texts(vocabulary, term, await MomentAsync(session, cancellation)), cancellation);
        await NoteAsync(session, actor, "relabelTerm", vocabulary, term.Code, $"{before.Label} -> {term.Label}", cancellation);
    }

    /// <summary>Takes a term out of use; entries that have it keep it.</summary>
    public async Task RetireAsync(DbSession session, string vocabulary, string code, Actor actor, CancellationToken cancellation)
    {
        await RequireAsync(session, vocabulary, code, cancellation);
        await SetRetiredAsync(session, vocabulary, code, clock.GetUtcNow(), mergedInto: null, cancellation);
        await NoteAsync(session, actor, "retireTerm", vocabulary, code, null, cancellation);
    }

    /// <summary>Takes a retired or merged term into use again.</summary>
    public async Task ReinstateAsync(DbSession session, string vocabulary, string code, Actor actor, CancellationToken cancellation)
    {
        await RequireAsync(session, vocabulary, code, cancellation);
        await SetRetiredAsync(session, vocabulary, code, retiredAt: null, mergedInto: null, cancellation);
        await NoteAsync(session, actor, "reinstateTerm", vocabulary, code, null, cancellation);
    }

    /// <summary>Retires a term in favor of another of its vocabulary. What was merged into it before goes along.</summary>
    /// <exception cref="RefusedException">The other is the same, or retired itself.</exception>
    public async Task MergeAsync(DbSession session, string vocabulary, string code, string into, Actor actor, CancellationToken cancellation)
    {
        await RequireAsync(session, vocabulary, code, cancellation);
        var target = await RequireAsync(session, vocabulary, into, cancellation);
        if (code == into || target.Retired)
        {
            throw new RefusedException("Choose another term, one that is in use.");
        }

        await SetRetiredAsync(session, vocabulary, code, clock.GetUtcNow(), into, cancellation);
        await session.ExecuteAsync(RedirectMerged, new { vocabulary, code, into, now = await MomentAsync(session, cancellation) }, cancellation);
        await NoteAsync(session, actor, "mergeTerm", vocabulary, code, $"into {into}", cancellation);
    }

    private async Task SetRetiredAsync(
        DbSession session, string vocabulary, string code, DateTimeOffset? retiredAt, string? mergedInto, CancellationToken cancellation) =>
        await session.ExecuteAsync(
            UpdateRetired, new { vocabulary, code, retiredAt, mergedInto, now = await MomentAsync(session, cancellation) }, cancellation);

    /// <summary>
    /// The moment of a change: now, but later than the last one, which may have gone by a clock that is fast. Who keeps the vocabularies
    /// in memory goes by the latest (<see cref="VocabularyStore.VersionAsync"/>); SQL Server keeps it to the millisecond.
    /// </summary>
    private async Task<DateTimeOffset> MomentAsync(DbSession session, CancellationToken cancellation)
    {
        var step = TimeSpan.FromMilliseconds(1);
        var now = clock.GetUtcNow();
        return await VocabularyStore.VersionAsync(session, cancellation) is { } last && now - last < step ? last + step : now;
    }

    private static object Texts(string vocabulary, Term term, DateTimeOffset now)
    {
        if (term.Label.Length is 0 or > LongestLabel)
        {
            throw new RefusedException($"A term needs a label of at most {LongestLabel} characters.") { Field = nameof(term.Label) };
        }

        if (term.Definition.Length is 0 or > LongestDefinition)
        {
            throw new RefusedException($"A term needs a definition of at most {LongestDefinition} characters.") { Field = nameof(term.Definition) };
        }

        return new { vocabulary, code = term.Code, label = term.Label, definition = term.Definition, labels = JsonSerializer.Serialize(term.Labels), now };
    }

    private Task NoteAsync(DbSession session, Actor actor, string activity, string vocabulary, string code, string? detail, CancellationToken cancellation) =>
        audit.AppendAsync(session, actor, activity, $"term:{vocabulary}/{code}", detail, cancellation);

    private static async Task<Term> RequireAsync(DbSession session, string vocabulary, string code, CancellationToken cancellation) =>
        (await VocabularyStore.ReadAsync(session, cancellation)).Find(vocabulary, code) ?? throw new NotFoundException("such term");

    private sealed record TermUses
    {
        public string Code { get; init; } = "";

        public int Uses { get; init; }
    }
}
