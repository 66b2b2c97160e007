namespace HealthEquity.Formats.Exports;

/// <summary>An error in a cell.</summary>
/// <param name="Column">The column, such as <c>phones.1.number</c>.</param>
/// <param name="Value">The text of the cell.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Remedy">How to fix it.</param>
public sealed record CellFault(string Column, string Value, string Reason, string Remedy);
