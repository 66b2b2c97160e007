using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Sources;

/// <summary>An entry as the source has it, ready to be written.</summary>
/// <param name="Entry">The entry; it keeps the rules.</param>
/// <param name="Ids">Its ids in the source, at least one.</param>
/// <param name="Slug">The slug wished for; null for one made from the name.</param>
/// <param name="Fingerprint">A hash of what the source says.</param>
/// <param name="Rows">How many rows of the first file tell of it.</param>
public sealed record SourceEntry(Entry Entry, IReadOnlyList<string> Ids, string? Slug, string Fingerprint, int Rows)
{
    /// <summary>
    /// The id that the entry has in the directory from which the source was exported: where no entry has it, the new one takes it;
    /// where one has, the source speaks of that one. Null when the source knows nothing of our ids.
    /// </summary>
    public Guid? EntryId { get; init; }

    /// <summary>The revision that an editorial export wrote; null where it does not say it, as in what the public reads.</summary>
    public ExportedRevision? Base { get; init; }

    /// <summary>It asked not to be listed in the directory from which the source was exported.</summary>
    public bool IsUnlisted { get; init; }
}

/// <summary>A file of a source that is read.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Header">Its head; a fault's row names the same one.</param>
public sealed record SourceFile(string Path, SourceHeader Header);

/// <summary>A source of entries, whatever its format. It is read once, from front to back.</summary>
public interface IEntrySource : IDisposable
{
    /// <summary>What is loaded is remembered under this name, so that it is found again when the source comes again.</summary>
    string Name { get; }

    /// <summary>What the source is, for a person: "SAMHSA Behavioral Health Treatment Services Locator".</summary>
    string Title { get; }

    /// <summary>The files that are read; refused rows are written beside each.</summary>
    IReadOnlyList<SourceFile> Files { get; }

    /// <summary>Rows of the first file, skipped ones left out; null when that is not known before they are read.</summary>
    int? TotalRows { get; }

    /// <summary>Rows of the first file that have been read.</summary>
    int RowsRead { get; }

    /// <summary>The entries that keep the rules, each given once its last row has been read. What does not is reported.</summary>
    /// <exception cref="ImportFileException">The file can't be read on from here.</exception>
    IEnumerable<SourceEntry> Entries();

    /// <summary>What was found wrong since the last call.</summary>
    IReadOnlyList<RowFault> TakeFaults();

    /// <summary>Ids, so far, under which something came that was refused: the source still has those entries.</summary>
    IReadOnlyCollection<string> RefusedIds => [];

    /// <summary>Rows came, so far, that were refused and do not say which entry they tell of: any that seems to be gone may be it.</summary>
    bool HasNamelessRows => false;

    /// <summary>What is read may be a part of the source, however it is asked for: what is not in it has not vanished.</summary>
    bool IsPart => false;
}
