using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HealthEquity.Store.Databases;

namespace HealthEquity.Tests.Store.Databases;

/// <summary>Self-signed certificates in a folder of their own.</summary>
internal sealed class TestCertificates : IDisposable
{
    private const string Password = "an otter's password";

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("healthequity-certificates-");

    /// <summary>Makes a PFX file, and the settings that name it.</summary>
    public KeySettings Create(string name)
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        var file = Path.Combine(_folder.FullName, $"{name}.pfx");
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pkcs12, Password));
        return new KeySettings(Certificate: file, CertificatePassword: Password);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
