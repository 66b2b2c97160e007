using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HealthEquity.Directory.Vocabularies;

/// <summary>One term of a vocabulary.</summary>
public sealed record Term
{
    /// <summary>The code stored in entries, camelCase.</summary>
    public required string Code { get; init; }

    /// <summary>The English label.</summary>
    public required string Label { get; init; }

    /// <summary>What the term means, in one sentence.</summary>
    public required string Definition { get; init; }

    /// <summary>The standard that defines the term, if any.</summary>
    public string? Source { get; init; }

    /// <summary>Labels in other languages, by BCP-47 tag.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>True if the term must not be used in new entries.</summary>
    public bool Retired { get; init; }

    /// <summary>The term that it was merged into, if any.</summary>
    public string? MergedInto { get; init; }

    /// <summary>When its label, definition or position last changed, UTC; null for a term as shipped.</summary>
    public DateTimeOffset? ChangedAt { get; init; }
}

/// <summary>A vocabulary: a closed list of terms.</summary>
public sealed record Vocabulary
{
    /// <summary>Its name, one of <see cref="VocabularyNames"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Its English title.</summary>
    public required string Label { get; init; }

    /// <summary>What its terms say about an entry.</summary>
    public required string Definition { get; init; }

    /// <summary>Its terms, in display order.</summary>
    public required IReadOnlyList<Term> Terms { get; init; }
}

/// <summary>An immutable snapshot of all vocabularies.</summary>
public sealed class VocabularySet
{
    // Not frozen dictionaries: a set is made at every start and after every change of a label, and freezing them took 50 ms.
    private readonly Dictionary<string, Vocabulary> _byName;
    private readonly Dictionary<string, Dictionary<string, Term>> _terms;
    private readonly ILookup<(string Vocabulary, string Code), Term> _merged;

    /// <summary>Creates a set of these vocabularies.</summary>
    public VocabularySet(IEnumerable<Vocabulary> vocabularies)
    {
        All = [.. vocabularies.OrderBy(v => v.Name, StringComparer.Ordinal)];
        _byName = All.ToDictionary(v => v.Name, StringComparer.OrdinalIgnoreCase);
        _terms = All.ToDictionary(v => v.Name, v => v.Terms.ToDictionary(t => t.Code, StringComparer.Ordinal), StringComparer.OrdinalIgnoreCase);
        _merged = All.SelectMany(v => v.Terms.Where(t => t.MergedInto is not null).Select(t => (v.Name, Term: t)))
            .ToLookup(m => (m.Name, ResolveMergedCode(m.Name, m.Term.Code)), m => m.Term);
    }

    /// <summary>All vocabularies, by name.</summary>
    public IReadOnlyList<Vocabulary> All { get; }

    /// <summary>The vocabulary with that name, or null.</summary>
    public Vocabulary? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The term with exactly that code, or null.</summary>
    public Term? Find(string vocabulary, string code) =>
        _terms.TryGetValue(vocabulary, out var terms) ? terms.GetValueOrDefault(code) : null;

    /// <summary>The code in use today: follows merges to the final term.</summary>
    public string ResolveMergedCode(string vocabulary, string code)
    {
        if (Find(vocabulary, code)?.MergedInto is null)
        {
            return code;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (seen.Add(code) && Find(vocabulary, code)?.MergedInto is { } into)
        {
            code = into;
        }

        return code;
    }

    /// <summary>The terms that were merged into this one; usually none.</summary>
    public IEnumerable<Term> MergedInto(string vocabulary, string code) => _merged[(vocabulary, code)];

    /// <summary>The codes that mean the same today: the code in use and those merged into it.</summary>
    public IEnumerable<string> EquivalentCodes(string vocabulary, string code)
    {
        var today = ResolveMergedCode(vocabulary, code);
        return MergedInto(vocabulary, today).Select(t => t.Code).Prepend(today);
    }

    /// <summary>The shipped vocabularies: the content of a new database.</summary>
    public static VocabularySet Shipped { get; } = new(ReadShipped());

    private static IEnumerable<Vocabulary> ReadShipped()
    {
        var assembly = typeof(VocabularySet).Assembly;
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.Contains(".Vocabularies.Terms.", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            yield return JsonSerializer.Deserialize<Vocabulary>(stream, options)!;
        }
    }
}
