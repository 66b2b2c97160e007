using System.Security.Cryptography;
using System.Text;

namespace HealthEquity.Directory.Entries;

/// <summary>Identifies the revision that an editorial export wrote, so that edits in the file can be merged with edits made here since.</summary>
/// <param name="Number">Its number in the directory it was exported from. Other directories number their own.</param>
/// <param name="Hash">The <see cref="HashOf"/> of its body; null if the file does not have it.</param>
public sealed record ExportedRevision(int Number, string? Hash)
{
    /// <summary>The member of an editorial export with the revision number.</summary>
    public const string NumberMember = "revision";

    /// <summary>The member of an editorial export with the revision hash.</summary>
    public const string HashMember = "revisionHash";

    /// <summary>The SHA-256 hash of a revision's body, 64 hexadecimal digits.</summary>
    public static string HashOf(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    /// <summary>True if this is the body of the exported revision.</summary>
    public bool Matches(string body) => Hash is not null && Hash.Equals(HashOf(body), StringComparison.OrdinalIgnoreCase);
}
