namespace HealthEquity.Search.Index;

/// <summary>An entry that could not be loaded into the index and is left out until its row changes.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="Sequence">The sequence number of the row that could not be loaded.</param>
/// <param name="Reason">Why, as the end of a sentence; contains nothing from the entry.</param>
public sealed record LeftOutEntry(Guid Id, long Sequence, string Reason);
