using System.Security.Cryptography;

namespace HealthEquity.Store.Auditing;

/// <summary>The key that seals each row of the audit log (HMAC-SHA-256). It is outside the database, so that a person who can write the database can't compute the seal of a forged row.</summary>
/// <param name="key">32 bytes.</param>
public sealed class AuditKey(byte[] key)
{
    /// <summary>The seal of a row's content, lowercase hex.</summary>
    internal string Seal(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(HMACSHA256.HashData(key, content));
}

/// <summary>What was found when the whole log was verified.</summary>
/// <param name="BrokenAt">The first row that is missing, altered, or sealed with another key; null if there is none.</param>
/// <param name="UnsealedUntil">
/// The last row that has only a hash and no seal; 0 for none. Such rows are older than the key, or the log was rewritten: only an anchor that was
/// filed after them can tell.
/// </param>
public sealed record AuditCheck(long? BrokenAt, long UnsealedUntil);
