using System.Security.Cryptography;
using System.Xml.Linq;
using HealthEquity.Store.Databases;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace HealthEquity.Admin.SignIn;

/// <summary>
/// The key that encrypts the Data Protection keys in the database: 32 random bytes in a file with mode 0600. It is made when it is first
/// needed, and is in no backup of the database: whoever has only the backup can't forge a cookie.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class KeyFile(string path)
{
    private const int Length = 32;

    private readonly Lazy<byte[]> _key = new(() => ReadOrCreate(path));

    /// <summary>Encrypts (AES-256-GCM): nonce, tag, text.</summary>
    public byte[] Encrypt(byte[] text)
    {
        var sealedText = new byte[AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize + text.Length];
        var (nonce, tag, body) = Parts(sealedText);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(_key.Value, AesGcm.TagByteSizes.MaxSize);
        aes.Encrypt(nonce.Span, text, body.Span, tag.Span);
        return sealedText;
    }

    /// <summary>Decrypts what <see cref="Encrypt"/> made.</summary>
    /// <exception cref="CryptographicException">It was encrypted with another key file.</exception>
    public byte[] Decrypt(byte[] sealedText)
    {
        var (nonce, tag, body) = Parts(sealedText);
        var text = new byte[body.Length];
        using var aes = new AesGcm(_key.Value, AesGcm.TagByteSizes.MaxSize);
        aes.Decrypt(nonce.Span, body.Span, tag.Span, text);
        return text;
    }

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Body) Parts(byte[] sealedText)
    {
        var (nonce, tag) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        return (sealedText.AsMemory(0, nonce), sealedText.AsMemory(nonce, tag), sealedText.AsMemory(nonce + tag));
    }

    private static byte[] ReadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            // Complete under another name first: two nodes may start at once, and neither may read half a key.
            var fresh = $"{path}.{Guid.NewGuid():N}";
            using (var file = PrivateFile.Open(fresh))
            {
                file.Write(RandomNumberGenerator.GetBytes(Length));
            }

            try
            {
                File.Move(fresh, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(fresh);
            }
        }

        var key = File.ReadAllBytes(path);
        return key.Length == Length ? key : throw new InvalidDataException($"{path} is not a key file: it must have {Length} bytes. Restore it, or delete it to sign everybody out.");
    }
}

/// <summary>Encrypts a Data Protection key with the key file.</summary>
internal sealed class KeyFileEncryptor(KeyFile file) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        using var text = new MemoryStream();
        plaintextElement.Save(text, SaveOptions.DisableFormatting);
        return new EncryptedXmlInfo(new XElement("keyFile", Convert.ToBase64String(file.Encrypt(text.ToArray()))), typeof(KeyFileDecryptor));
    }
}

/// <summary>Decrypts a Data Protection key. Data Protection makes it from the type that is stored with the key.</summary>
internal sealed class KeyFileDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        using var text = new MemoryStream(services.GetRequiredService<KeyFile>().Decrypt(Convert.FromBase64String(encryptedElement.Value)));
        return XElement.Load(text);
    }
}
