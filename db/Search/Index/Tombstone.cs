using HealthEquity.Directory.Entries;

namespace HealthEquity.Search.Index;

/// <summary>The tombstone of a withdrawn entry.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="Kind">The entry's kind.</param>
/// <param name="Slug">Its last slug.</param>
/// <param name="Sequence">The sequence number of the withdrawal.</param>
/// <param name="WithdrawnAt">When it was withdrawn, UTC.</param>
/// <param name="MergedInto">The entry it was merged into, if any.</param>
public sealed record Tombstone(Guid Id, EntryKind Kind, string Slug, long Sequence, DateTimeOffset WithdrawnAt, Guid? MergedInto);
