using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Transforms;

namespace HealthEquity.Imports.Mappings;

/// <summary>Describes how the rows of a source become entries. Read from a mapping file (see <c>db/Imports/README.md</c>).</summary>
public sealed record ImportMapping
{
    /// <summary>The name of the mapping, which identifies the source in later imports.</summary>
    public required string Name { get; init; }

    /// <summary>The source.</summary>
    public required Source Source { get; init; }

    /// <summary>The kind of entry of the rows.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>The files. The first has one row per entry, the others have related rows.</summary>
    public required IReadOnlyList<MappedFile> Files { get; init; }

    /// <summary>What identifies a row in the source. Rows with the same id are one entry.</summary>
    public required IReadOnlyList<Template> Id { get; init; }

    /// <summary>Other templates that identify duplicate rows; empty if ids are enough.</summary>
    public IReadOnlyList<Template> Duplicates { get; init; } = [];

    /// <summary>The requested slug; derived from the name by default.</summary>
    public IReadOnlyList<Template> Slug { get; init; } = [];

    /// <summary>The members of the entry.</summary>
    public required ObjectTemplate Fields { get; init; }

    /// <summary>How items of a list are matched, by list name.</summary>
    public IReadOnlyDictionary<string, MergeRule> Merge { get; init; } = new Dictionary<string, MergeRule>();

    /// <summary>All columns that the mapping reads, with their files.</summary>
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
    /// <summary>The name of the file in the mapping.</summary>
    public required string Name { get; init; }

    /// <summary>The file name in the folder; null if the source is one file.</summary>
    public string? Path { get; init; }

    /// <summary>The column of this file that refers to a column of the first file; null for the first file.</summary>
    public (string Here, string There)? Join { get; init; }

    /// <summary>Texts that mean "empty", such as "NA".</summary>
    public IReadOnlyList<string> Empty { get; init; } = [];

    /// <summary>Conditions for rows to skip silently.</summary>
    public IReadOnlyList<IReadOnlyList<Condition>> Skip { get; init; } = [];

    /// <summary>Rules for invalid rows.</summary>
    public IReadOnlyList<RefusalRule> Refuse { get; init; } = [];
}

/// <summary>A rule for invalid rows, with the message for the file's owner.</summary>
/// <param name="Column">The column to report.</param>
/// <param name="When">The conditions.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Remedy">How to fix it.</param>
public sealed record RefusalRule(string Column, IReadOnlyList<Condition> When, string Reason, string Remedy);

/// <summary>How items of a list are matched.</summary>
/// <param name="Key">Members that are equal, ignoring case, punctuation and common abbreviations.</param>
/// <param name="Join">Members whose different texts are joined with semicolons. For others, the first value is kept.</param>
public sealed record MergeRule(IReadOnlyList<string> Key, IReadOnlyList<string> Join);
