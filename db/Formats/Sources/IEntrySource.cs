using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Sources;

/// <summary>An entry read from a source, ready to be written.</summary>
/// <param name="Entry">The entry; it is valid.</param>
/// <param name="Ids">Its ids in the source, at least one.</param>
/// <param name="Slug">The requested slug; null to derive it from the name.</param>
/// <param name="Fingerprint">A hash of the source data.</param>
/// <param name="Rows">The number of rows of the first file for this entry.</param>
public sealed record SourceEntry(Entry Entry, IReadOnlyList<string> Ids, string? Slug, string Fingerprint, int Rows)
{
    /// <summary>
    /// The entry's id in the directory that the source was exported from. If an entry with this id exists, it is the same entry; otherwise, a new
    /// entry gets this id. Null if the source has no such ids.
    /// </summary>
    public Guid? EntryId { get; init; }

    /// <summary>The revision in an editorial export; null if there is none, as in public exports.</summary>
    public ExportedRevision? Base { get; init; }

    /// <summary>True if the entry asked not to be listed in the directory that the source was exported from.</summary>
    public bool IsUnlisted { get; init; }
}

/// <summary>A file of a source.</summary>
/// <param name="Path">The path.</param>
/// <param name="Header">The header. Rows with errors refer to the same object.</param>
public sealed record SourceFile(string Path, SourceHeader Header);

/// <summary>A source of entries in any format. It is read once, sequentially.</summary>
public interface IEntrySource : IDisposable
{
    /// <summary>The name that identifies the source, so later imports find its entries again.</summary>
    string Name { get; }

    /// <summary>The title for people, such as "SAMHSA Behavioral Health Treatment Services Locator".</summary>
    string Title { get; }

    /// <summary>The files to read. Refused rows are written next to each.</summary>
    IReadOnlyList<SourceFile> Files { get; }

    /// <summary>The number of rows of the first file without skipped ones; null if unknown before reading.</summary>
    int? TotalRows { get; }

    /// <summary>The number of rows of the first file read so far.</summary>
    int RowsRead { get; }

    /// <summary>The valid entries, each returned after its last row. Invalid ones are reported.</summary>
    /// <exception cref="ImportFileException">The file can't be read further.</exception>
    IEnumerable<SourceEntry> Entries();

    /// <summary>The errors since the last call.</summary>
    IReadOnlyList<RowFault> TakeFaults();

    /// <summary>The ids of refused items so far. The source still has those entries.</summary>
    IReadOnlyCollection<string> RefusedIds => [];

    /// <summary>True if rows without an id were refused so far: any entry that seems missing may be one of them.</summary>
    bool HasRowsWithoutId => false;

    /// <summary>True if the input may be only part of the source: entries not in it are not missing.</summary>
    bool IsPart => false;
}
