namespace HealthEquity.Directory.Publication;

/// <summary>
/// A place in the sequence of changes. Numbers are comparable only within an epoch: after a restore, the same numbers are given to other
/// changes, so a restore starts a new one.
/// </summary>
/// <param name="Sequence">The number of the last change; 0 if there is none.</param>
/// <param name="Epoch">The epoch of the database.</param>
public readonly record struct ChangeMark(long Sequence, Guid Epoch);
