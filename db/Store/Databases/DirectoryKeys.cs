using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace HealthEquity.Store.Databases;

/// <summary>Where the root key of a directory comes from.</summary>
/// <param name="File">A key file (<c>Keys:File</c>).</param>
/// <param name="Certificate">A PFX file with an RSA key (<c>Keys:Certificate</c>).</param>
/// <param name="CertificatePassword">Its password (<c>Keys:CertificatePassword</c>).</param>
public sealed record KeySettings(string? File = null, string? Certificate = null, string? CertificatePassword = null)
{
    /// <summary>
    /// The PFX files that <see cref="Certificate"/> replaced, and their passwords: <c>Keys:FormerCertificates:0</c> and
    /// <c>Keys:FormerCertificatePasswords:0</c>, and so on. What they encrypted and sealed stays readable.
    /// </summary>
    public IReadOnlyList<(string File, string? Password)> FormerCertificates { get; init; } = [];

    /// <summary>Reads the settings.</summary>
    /// <param name="setting">Returns the value of a setting; null for none.</param>
    public static KeySettings Read(Func<string, string?> setting) =>
        new(Text(setting("Keys:File")), Text(setting("Keys:Certificate")), setting("Keys:CertificatePassword"))
        {
            FormerCertificates = [.. Enumerable.Range(0, int.MaxValue)
                .Select(n => (File: Text(setting($"Keys:FormerCertificates:{n}")), Password: setting($"Keys:FormerCertificatePasswords:{n}")))
                .TakeWhile(c => c.File is not null)
                .Select(c => (c.File!, c.Password))],
        };

    /// <summary>Loads the certificate; null for none.</summary>
    /// <exception cref="CryptographicException">The file or the password is wrong.</exception>
    public X509Certificate2? LoadCertificate() =>
        Certificate is null ? null : X509CertificateLoader.LoadPkcs12FromFile(Certificate, CertificatePassword);

    /// <summary>Loads the former certificates.</summary>
    /// <exception cref="CryptographicException">A file or a password is wrong.</exception>
    public IReadOnlyList<X509Certificate2> LoadFormerCertificates() =>
        [.. FormerCertificates.Select(c => X509CertificateLoader.LoadPkcs12FromFile(c.File, c.Password))];

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}

/// <summary>
/// The keys of a directory that are not in its database. They come from a certificate, else from a key file, which for an embedded database is
/// next to it unless the settings name another. A server's database without a setting has none.
/// </summary>
public sealed class DirectoryKeys
{
    private const string AuditPurpose = "HealthEquity audit log, version 1";

    private readonly Lazy<IReadOnlyList<AuditKey>> _audit;

    /// <summary>Finds the keys. Reads them when they are first used.</summary>
    /// <param name="settings">Where they come from.</param>
    /// <param name="embedded">The file of an embedded database; null for a server's.</param>
    public DirectoryKeys(KeySettings settings, string? embedded)
    {
        Certificate = settings.LoadCertificate();
        var path = settings.File ?? (embedded is null ? null : $"{embedded}.key");
        // Beside a certificate, a key file is only read: what it encrypted and sealed before stays readable.
        File = path is not null && (Certificate is null || System.IO.File.Exists(path)) ? new KeyFile(path) : null;
        _audit = new(() => [.. new[] { Secret(Certificate), File?.Derive(AuditPurpose) }
            .Concat(settings.LoadFormerCertificates().Select(Secret)).OfType<byte[]>().Select(s => new AuditKey(s))]);
    }

    /// <summary>The certificate; null for none.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>The key file; null for none.</summary>
    public KeyFile? File { get; }

    /// <summary>What an operator must know at start; null if a key protects the database.</summary>
    public string? Warning => Certificate is not null || File is not null ? null
        : "No key is set. Everybody who can read the database or a backup can forge sessions and read two-factor secrets, and everybody who can "
        + "write it can rewrite the audit log unnoticed. Set Keys__File or Keys__Certificate for the console and the command line.";

    /// <summary>The keys of the audit log: the first seals new rows, any may have sealed older ones. Empty for none.</summary>
    internal IReadOnlyList<AuditKey> Audit => _audit.Value;

    internal static byte[] Derive(byte[] secret, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, HMACSHA256.HashSizeInBytes, info: Encoding.UTF8.GetBytes(purpose));

    /// <summary>
    /// The same bytes every time, and only for those who have the private key: a signature by PKCS #1 v1.5 (RFC 8017, 8.2) has no random part.
    /// </summary>
    private static byte[]? Secret(X509Certificate2? certificate)
    {
        if (certificate is null)
        {
            return null;
        }

        using var key = certificate.GetRSAPrivateKey()
            ?? throw new InvalidDataException($"The certificate {certificate.Subject} has no RSA private key. Choose a PFX file that contains one.");
        return Derive(key.SignData(Encoding.UTF8.GetBytes(AuditPurpose), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), AuditPurpose);
    }
}
