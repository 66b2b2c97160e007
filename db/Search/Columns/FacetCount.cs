namespace HealthEquity.Search.Columns;

/// <summary>How often a value occurs.</summary>
/// <param name="Value">The value's code.</param>
/// <param name="Count">Entries that hold it.</param>
public readonly record struct FacetCount(string Value, int Count);
