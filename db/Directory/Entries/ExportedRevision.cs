using System.Security.Cryptography;
using System.Text;

namespace HealthEquity.Directory.Entries;

/// <summary>The revision that an editorial export wrote, so that what is edited in the file is put together with what was edited here since.</summary>
/// <param name="Number">Its number in the directory from which it was exported; another directory counts for itself.</param>
/// <param name="Hash">What <see cref="HashOf"/> gives of its body; null where the file does not say it.</param>
public sealed record ExportedRevision(int Number, string? Hash)
{
    /// <summary>The member of an editorial export that holds the number of the revision.</summary>
    public const string NumberMember = "revision";

    /// <summary>The member of an editorial export that holds the hash of the revision.</summary>
    public const string HashMember = "revisionHash";

    /// <summary>A hash of a revision's body: SHA-256, 64 hexadecimal digits.</summary>
    public static string HashOf(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    /// <summary>True for the body of the revision that was exported.</summary>
    public bool IsOf(string body) => Hash is not null && Hash.Equals(HashOf(body), StringComparison.OrdinalIgnoreCase);
}
