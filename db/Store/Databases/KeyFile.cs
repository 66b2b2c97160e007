using System.Security.Cryptography;

namespace HealthEquity.Store.Databases;

/// <summary>
/// The root key of a directory, outside its database: 32 random bytes in a file with mode 0600. It is made when it is first needed, and is in
/// no backup of the database: somebody who has only the backup can't forge a cookie, read a two-factor secret, or rewrite the audit log.
/// </summary>
/// <param name="path">The file.</param>
public sealed class KeyFile(string path)
{
    private const int Length = 32;

    private readonly Lazy<byte[]> _key = new(() => ReadOrCreate(path));

    /// <summary>The file.</summary>
    public string FullPath => Path.GetFullPath(path);

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

    /// <summary>A key for one purpose (HKDF, RFC 5869), from which neither the root key nor another purpose's key can be computed.</summary>
    internal byte[] Derive(string purpose) => DirectoryKeys.Derive(_key.Value, purpose);

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
        return key.Length == Length ? key : throw new InvalidDataException(
            $"{path} is not a key file: it must have {Length} bytes. Restore it. Without it, everybody is signed out, two-factor apps must be set up again, and older rows of the audit log can't be verified.");
    }
}
