namespace HealthEquity.Search.Index;

/// <summary>What came of parsing a row: the draft, or why there is none. Neither for a tombstone.</summary>
/// <param name="Draft">The draft.</param>
/// <param name="Fault">Why there is none; contains nothing from the entry.</param>
internal readonly record struct DraftResult(EntryDraft? Draft, string? Fault);
