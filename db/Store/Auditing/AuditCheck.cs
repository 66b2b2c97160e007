namespace HealthEquity.Store.Auditing;

/// <summary>What was found when the whole log was verified.</summary>
/// <param name="BrokenAt">The first row that is missing, altered, or sealed with another key; null if there is none.</param>
/// <param name="UnsealedUntil">
/// The last row that has only a hash and no seal; 0 for none. Such rows are older than the key, or the log was rewritten: only an anchor that was
/// filed after them can tell.
/// </param>
public sealed record AuditCheck(long? BrokenAt, long UnsealedUntil);
