using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HealthEquity.Directory.Vocabularies;

/// <summary>One term of a closed vocabulary.</summary>
public sealed record Term
{
    /// <summary>The code that entries hold, camelCase.</summary>
    public required string Code { get; init; }

    /// <summary>The English label.</summary>
    public required string Label { get; init; }

    /// <summary>What the term means, in a sentence.</summary>
    public required string Definition { get; init; }

    /// <summary>The standard that has the term, where one has.</summary>
    public string? Source { get; init; }

    /// <summary>Labels in other languages, by BCP-47 tag.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>True when the term is no longer to be used in new entries.</summary>
    public bool Retired { get; init; }

    /// <summary>The term to use in its place, where it was merged into one.</summary>
    public string? MergedInto { get; init; }

    /// <summary>When its label, definition or place last changed, UTC; null for a term as it ships.</summary>
    public DateTimeOffset? ChangedAt { get; init; }
}

/// <summary>A closed vocabulary.</summary>
public sealed record Vocabulary
{
    /// <summary>Its name, one of <see cref="VocabularyNames"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Its English title.</summary>
    public required string Label { get; init; }

    /// <summary>What its terms say of an entry.</summary>
    public required string Definition { get; init; }

    /// <summary>Its terms, in the order in which to offer them.</summary>
    public required IReadOnlyList<Term> Terms { get; init; }
}

/// <summary>All vocabularies as they were at one moment.</summary>
public sealed class VocabularySet
{
    private readonly FrozenDictionary<string, Vocabulary> _byName;
    private readonly FrozenDictionary<string, FrozenDictionary<string, Term>> _terms;
    private readonly ILookup<(string Vocabulary, string Code), Term> _merged;

    /// <summary>Makes a set of these vocabularies.</summary>
    public VocabularySet(IEnumerable<Vocabulary> vocabularies)
    {
        All = [.. vocabularies.OrderBy(v => v.Name, StringComparer.Ordinal)];
        _byName = All.ToFrozenDictionary(v => v.Name, StringComparer.OrdinalIgnoreCase);
        _terms = All.ToFrozenDictionary(v => v.Name, v => v.Terms.ToFrozenDictionary(t => t.Code, StringComparer.Ordinal), StringComparer.OrdinalIgnoreCase);
        _merged = All.SelectMany(v => v.Terms.Where(t => t.MergedInto is not null).Select(t => (v.Name, Term: t)))
            .ToLookup(m => (m.Name, ResolveMergedCode(m.Name, m.Term.Code)), m => m.Term);
    }

    /// <summary>All vocabularies, by name.</summary>
    public IReadOnlyList<Vocabulary> All { get; }

    /// <summary>The vocabulary of that name, or null.</summary>
    public Vocabulary? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The term with exactly that code, or null.</summary>
    public Term? Find(string vocabulary, string code) =>
        _terms.TryGetValue(vocabulary, out var terms) ? terms.GetValueOrDefault(code) : null;

    /// <summary>The code to use in the place of one: where its term was merged into another, that one's, however often that happened.</summary>
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

    /// <summary>The terms that were merged into one; none for most.</summary>
    public IEnumerable<Term> MergedInto(string vocabulary, string code) => _merged[(vocabulary, code)];

    /// <summary>The codes that mean the same as one today: that of the term in use, and of those merged into it.</summary>
    public IEnumerable<string> Alike(string vocabulary, string code)
    {
        var today = ResolveMergedCode(vocabulary, code);
        return MergedInto(vocabulary, today).Select(t => t.Code).Prepend(today);
    }

    /// <summary>The vocabularies as they ship: what an empty database begins with.</summary>
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
