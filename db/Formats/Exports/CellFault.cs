namespace HealthEquity.Formats.Exports;

/// <summary>Why a cell can't be read.</summary>
/// <param name="Column">The column, such as <c>phones.1.number</c>.</param>
/// <param name="Value">What stands in it.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record CellFault(string Column, string Value, string Reason, string Remedy);
