using System.Xml.Linq;
using HealthEquity.Store.Databases;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace HealthEquity.Admin.SignIn;

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
        using var text = new MemoryStream(File(services).Decrypt(Convert.FromBase64String(encryptedElement.Value)));
        return XElement.Load(text);
    }

    private static KeyFile File(IServiceProvider services) => services.GetRequiredService<Database>().Keys.File
        ?? throw new InvalidDataException("The console's keys are encrypted with a key file. Set Keys__File, beside Keys__Certificate if need be.");
}
