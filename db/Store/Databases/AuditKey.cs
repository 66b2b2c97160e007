using System.Security.Cryptography;

namespace HealthEquity.Store.Databases;

/// <summary>The key that seals each row of the audit log (HMAC-SHA-256). It is outside the database, so that a person who can write the database can't compute the seal of a forged row.</summary>
/// <param name="key">32 bytes.</param>
public sealed class AuditKey(byte[] key)
{
    /// <summary>The seal of a row's content, lowercase hex.</summary>
    internal string Seal(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(HMACSHA256.HashData(key, content));
}
