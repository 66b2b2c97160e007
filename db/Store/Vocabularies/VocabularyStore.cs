using System.Text.Json;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Vocabularies;

/// <summary>Stores the vocabularies: initially as shipped, then with the department's changes.</summary>
public sealed class VocabularyStore(TimeProvider clock)
{
    private static readonly Sql SelectVocabularies = new("VocabularyStore.Read", "SELECT Name, Label, Definition FROM Vocabulary");

    private static readonly Sql SelectTerms = new(
        "VocabularyStore.Read",
        "SELECT Vocabulary, Code, Label, Definition, Source, Labels, ChangedAt, RetiredAt, MergedInto FROM Term ORDER BY Vocabulary, Position, Code");

    private static readonly Sql SelectVersion = new("VocabularyStore.Version", "SELECT MAX(ChangedAt) AS ChangedAt FROM Term");

    private static readonly Sql InsertVocabulary = new(
        "VocabularyStore.AddShipped",
        "INSERT INTO Vocabulary (Name, Label, Definition) VALUES (@Name, @Label, @Definition)");

    private static readonly Sql InsertTerm = new(
        "VocabularyStore.AddShipped",
        """
        INSERT INTO Term (Vocabulary, Code, Label, Definition, Source, Labels, Position, ChangedAt)
        VALUES (@Vocabulary, @Code, @Label, @Definition, @Source, @Labels, @Position, @ChangedAt)
        """);

    private static readonly Sql UpdateTerm = new(
        "VocabularyStore.AddShipped",
        """
        UPDATE Term SET Label = @Label, Definition = @Definition, Source = @Source, Labels = @Labels, ChangedAt = @ChangedAt
        WHERE Vocabulary = @Vocabulary AND Code = @Code
        """);

    // Subjects from "term:" up to "term;", which is the next letter: an index finds them.
    private static readonly Sql SelectEdited = new(
        "VocabularyStore.AddShipped",
        "SELECT DISTINCT Subject FROM Audit WHERE Subject >= 'term:' AND Subject < 'term;' AND Activity IN (@added, @relabeled)");

    /// <summary>The current vocabularies.</summary>
    public static async Task<VocabularySet> ReadAsync(DbSession session, CancellationToken cancellation)
    {
        var terms = (await session.QueryAsync<TermRow>(SelectTerms, null, cancellation)).ToLookup(t => t.Vocabulary);
        var vocabularies = await session.QueryAsync<VocabularyRow>(SelectVocabularies, null, cancellation);
        return new VocabularySet(vocabularies.Select(v => new Vocabulary
        {
            Name = v.Name,
            Label = v.Label,
            Definition = v.Definition,
            Terms = [.. terms[v.Name].Select(t => t.ToTerm())],
        }));
    }

    /// <summary>When a term last changed, UTC. Caches reload the vocabularies when it changes.</summary>
    public static async Task<DateTimeOffset?> VersionAsync(DbSession session, CancellationToken cancellation) =>
        (await session.FindAsync<VersionRow>(SelectVersion, null, cancellation))?.ChangedAt;

    /// <summary>
    /// The timestamp of a change: now, but always later than the last one, which may come from a fast clock. Caches compare the latest
    /// timestamp (<see cref="VersionAsync"/>); SQL Server stores it to the millisecond.
    /// </summary>
    internal static async Task<DateTimeOffset> NextTimestampAsync(DbSession session, TimeProvider clock, CancellationToken cancellation)
    {
        var step = TimeSpan.FromMilliseconds(1);
        var now = clock.GetUtcNow();
        return await VersionAsync(session, cancellation) is { } last && now - last < step ? last + step : now;
    }

    /// <summary>
    /// Adds shipped vocabularies and terms that are missing, and brings the words of the others up to the release: new translations reach a
    /// directory that is older than they are. A term that a curator added or relabeled (the audit log knows) keeps all its words.
    /// </summary>
    /// <returns>The number of terms added.</returns>
    public async Task<int> AddShippedAsync(DbSession session, CancellationToken cancellation)
    {
        var present = await ReadAsync(session, cancellation);
        var now = await NextTimestampAsync(session, clock, cancellation);
        var added = 0;
        foreach (var vocabulary in VocabularySet.Shipped.All)
        {
            if (present.Find(vocabulary.Name) is null)
            {
                await session.ExecuteAsync(InsertVocabulary, new { vocabulary.Name, vocabulary.Label, vocabulary.Definition }, cancellation);
            }

            foreach (var (position, term) in vocabulary.Terms.Index().Where(t => present.Find(vocabulary.Name, t.Item.Code) is null))
            {
                await session.ExecuteAsync(InsertTerm, Row(vocabulary.Name, term, position, now), cancellation);
                added++;
            }
        }

        await FollowReleaseAsync(session, present, now, cancellation);
        return added;
    }

    private static async Task FollowReleaseAsync(DbSession session, VocabularySet present, DateTimeOffset now, CancellationToken cancellation)
    {
        var changed = VocabularySet.Shipped.All
            .SelectMany(v => v.Terms.Index().Select(t => (Vocabulary: v.Name, Term: t.Item, Position: t.Index)))
            .Where(t => present.Find(t.Vocabulary, t.Term.Code) is { } old && !HasSameWords(old, t.Term))
            .ToList();
        if (changed.Count == 0)
        {
            return;
        }

        var parameters = new { added = VocabularyEditor.AddActivity, relabeled = VocabularyEditor.RelabelActivity };
        var edited = (await session.QueryAsync<SubjectRow>(SelectEdited, parameters, cancellation)).Select(r => r.Subject).ToHashSet(StringComparer.Ordinal);
        foreach (var (vocabulary, term, position) in changed.Where(t => !edited.Contains(VocabularyEditor.SubjectOf(t.Vocabulary, t.Term.Code))))
        {
            await session.ExecuteAsync(UpdateTerm, Row(vocabulary, term, position, now), cancellation);
        }
    }

    private static bool HasSameWords(Term one, Term other) =>
        one.Label == other.Label && one.Definition == other.Definition && one.Source == other.Source
        && one.Labels.Count == other.Labels.Count && one.Labels.All(l => other.Labels.GetValueOrDefault(l.Key) == l.Value);

    private static object Row(string vocabulary, Term term, int position, DateTimeOffset now) => new
    {
        Vocabulary = vocabulary,
        term.Code,
        term.Label,
        term.Definition,
        term.Source,
        Labels = JsonSerializer.Serialize(term.Labels),
        Position = position,
        ChangedAt = now,
    };

    // A record, because Dapper reads a bare nullable value without the type handlers.
    private sealed record VersionRow
    {
        public DateTimeOffset? ChangedAt { get; init; }
    }

    private sealed record SubjectRow
    {
        public string Subject { get; init; } = "";
    }

    private sealed record VocabularyRow
    {
        public string Name { get; init; } = "";

        public string Label { get; init; } = "";

        public string Definition { get; init; } = "";
    }

    private sealed record TermRow
    {
        public string Vocabulary { get; init; } = "";

        public string Code { get; init; } = "";

        public string Label { get; init; } = "";

        public string Definition { get; init; } = "";

        public string? Source { get; init; }

        public string Labels { get; init; } = "{}";

        public DateTimeOffset ChangedAt { get; init; }

        public DateTimeOffset? RetiredAt { get; init; }

        public string? MergedInto { get; init; }

        public Term ToTerm() => new()
        {
            Code = Code,
            Label = Label,
            Definition = Definition,
            Source = Source,
            Labels = ReadLabels(),
            Retired = RetiredAt is not null,
            MergedInto = MergedInto,
            ChangedAt = ChangedAt,
        };

        /// <summary>A term whose labels are damaged is shown by its English one. Without the term, no program could start.</summary>
        private Dictionary<string, string> ReadLabels()
        {
            try
            {
                return (JsonSerializer.Deserialize<Dictionary<string, string?>>(Labels) ?? []).Where(l => l.Value is not null).ToDictionary(l => l.Key, l => l.Value!);
            }
            catch (JsonException)
            {
                return [];
            }
        }
    }
}
