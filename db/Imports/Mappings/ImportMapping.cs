using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Transforms;

namespace HealthEquity.Imports.Mappings;

/// <summary>How the rows of a source become entries: data, read from a mapping file (see <c>db/Imports/README.md</c>).</summary>
public sealed record ImportMapping
{
    /// <summary>The mapping's name; what it loaded is remembered under it, so that it is found again.</summary>
    public required string Name { get; init; }

    /// <summary>What the source is.</summary>
    public required Source Source { get; init; }

    /// <summary>The kind of entry that rows become.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>The files: the first has one row an entry, the others belong to it.</summary>
    public required IReadOnlyList<MappedFile> Files { get; init; }

    /// <summary>What identifies a row in the source. Rows with the same id are one entry.</summary>
    public required IReadOnlyList<Template> Id { get; init; }

    /// <summary>What else shows that two rows are one entry; empty when ids tell.</summary>
    public IReadOnlyList<Template> Duplicates { get; init; } = [];

    /// <summary>The slug wished for; by default made from the name.</summary>
    public IReadOnlyList<Template> Slug { get; init; } = [];

    /// <summary>The entry's members.</summary>
    public required ObjectTemplate Fields { get; init; }

    /// <summary>How items of a list are recognized as one, by the list's name.</summary>
    public IReadOnlyDictionary<string, MergeRule> Merge { get; init; } = new Dictionary<string, MergeRule>();

    /// <summary>Every column that the mapping reads, with its file.</summary>
    internal IEnumerable<(string File, string Column)> Columns()
    {
        var main = Files[0].Name;
        var templates = Id.Concat(Duplicates).Concat(Slug).Append(Fields).SelectMany(t => t.Columns(main));
        var rules = Files.SelectMany(f => f.Skip.SelectMany(s => s).Concat(f.Refuse.SelectMany(r => r.When)).SelectMany(c => c.Columns(f.Name)));
        var joins = Files.Where(f => f.Join is not null).SelectMany(f => new[] { (f.Name, f.Join!.Value.Here), (main, f.Join!.Value.There) });
        return templates.Concat(rules).Concat(joins);
    }
}

/// <summary>One file of a source.</summary>
public sealed record MappedFile
{
    /// <summary>The file's name in the mapping.</summary>
    public required string Name { get; init; }

    /// <summary>The file's name in the folder; null when the source is one file.</summary>
    public string? Path { get; init; }

    /// <summary>The column here and the column in the first file that hold the same; null for the first file itself.</summary>
    public (string Here, string There)? Join { get; init; }

    /// <summary>Texts that mean nothing, such as "NA".</summary>
    public IReadOnlyList<string> Empty { get; init; } = [];

    /// <summary>Rows that are left out without a word.</summary>
    public IReadOnlyList<IReadOnlyList<Condition>> Skip { get; init; } = [];

    /// <summary>Rows that can't be right.</summary>
    public IReadOnlyList<RefusalRule> Refuse { get; init; } = [];
}

/// <summary>Rows that can't be right, and what to tell whoever keeps the file.</summary>
/// <param name="Column">The column that shows it.</param>
/// <param name="When">How they are known.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record RefusalRule(string Column, IReadOnlyList<Condition> When, string Reason, string Remedy);

/// <summary>How items of a list are recognized as one.</summary>
/// <param name="Key">Members that are the same, but for case, punctuation and usual abbreviations.</param>
/// <param name="Join">Members whose differing texts are all kept, with semicolons between; of others, the first stands.</param>
public sealed record MergeRule(IReadOnlyList<string> Key, IReadOnlyList<string> Join);
