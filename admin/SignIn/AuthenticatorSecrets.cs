using System.Security.Cryptography;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using Microsoft.AspNetCore.DataProtection;

namespace HealthEquity.Admin.SignIn;

/// <summary>Encrypts the secrets of authenticator apps for storage, with the console's Data Protection keys.</summary>
internal sealed class AuthenticatorSecrets(IDataProtectionProvider protection, ILogger<AuthenticatorSecrets> log)
{
    private const string Prefix = "p1:";

    private readonly IDataProtector _protector = protection.CreateProtector("HealthEquity.Admin.AuthenticatorSecret");

    /// <summary>The stored form of a secret.</summary>
    public string Protect(string secret) => Prefix + _protector.Protect(secret);

    /// <summary>The secret; null if there is none, or if the keys that encrypted it are lost: then an administrator must reset the curator.</summary>
    public string? Reveal(string? stored)
    {
        if (string.IsNullOrEmpty(stored) || !stored.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return stored;
        }

        try
        {
            return _protector.Unprotect(stored[Prefix.Length..]);
        }
        catch (CryptographicException)
        {
            log.LogError("A two-factor secret can't be decrypted, because the key file or certificate that encrypted it is not set here. Set it, or reset the curator.");
            return null;
        }
    }

    /// <summary>Encrypts the secrets that an earlier version stored as they are.</summary>
    public async Task ProtectAllAsync(Database database, CancellationToken cancellation)
    {
        // The first encryption may store a new key, which has its own transaction and can't wait for ours.
        Protect("");
        await database.TransactAsync(
            async session =>
            {
                foreach (var curator in await CuratorStore.ListAsync(session, cancellation))
                {
                    if (curator.AuthenticatorKey is { Length: > 0 } secret && !secret.StartsWith(Prefix, StringComparison.Ordinal))
                    {
                        curator.AuthenticatorKey = Protect(secret);
                        await CuratorStore.SaveAsync(session, curator, cancellation);
                    }
                }
            },
            cancellation);
    }
}
