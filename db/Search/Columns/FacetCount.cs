namespace HealthEquity.Search.Columns;

/// <summary>The number of entries with a value.</summary>
/// <param name="Value">The value's code.</param>
/// <param name="Count">The number of entries that have it.</param>
public readonly record struct FacetCount(string Value, int Count);
