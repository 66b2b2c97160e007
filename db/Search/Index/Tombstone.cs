using HealthEquity.Directory.Entries;

namespace HealthEquity.Search.Index;

/// <summary>What is left of an entry that was withdrawn.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="Kind">The entry's kind.</param>
/// <param name="Slug">The slug that it had.</param>
/// <param name="Sequence">The number under which it was withdrawn.</param>
/// <param name="WithdrawnAt">When it was withdrawn, UTC.</param>
/// <param name="MergedInto">The entry that lives on, where this one was merged into it.</param>
public sealed record Tombstone(Guid Id, EntryKind Kind, string Slug, long Sequence, DateTimeOffset WithdrawnAt, Guid? MergedInto);
