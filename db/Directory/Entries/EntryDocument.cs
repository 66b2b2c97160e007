namespace HealthEquity.Directory.Entries;

/// <summary>An entry to be written to a file.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Document">
/// Its public or editorial document, UTF-8 JSON.
/// Valid only until the next entry is requested.
/// </param>
public readonly record struct EntryDocument(EntryKind Kind, ReadOnlyMemory<byte> Document);
