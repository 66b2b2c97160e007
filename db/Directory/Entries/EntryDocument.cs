namespace HealthEquity.Directory.Entries;

/// <summary>An entry on its way into a file.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Document">
/// Its document, UTF-8 JSON: the public one, or the editorial one.
/// It need not outlast the asking for the next entry.
/// </param>
public readonly record struct EntryDocument(EntryKind Kind, ReadOnlyMemory<byte> Document);
