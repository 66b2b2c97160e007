using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using Microsoft.AspNetCore.Identity;

namespace HealthEquity.Admin.SignIn;

/// <summary>
/// Verifies authenticator app codes (RFC 6238: SHA-1, 30 seconds, six digits). A code works once, up to one step early or late.
/// </summary>
internal sealed class AuthenticatorCodes(TimeProvider clock, Database database, AuthenticatorSecrets secrets) : IUserTwoFactorTokenProvider<Curator>
{
    private const int StepSeconds = 30;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Not used: the app generates the codes.</summary>
    public Task<string> GenerateAsync(string purpose, UserManager<Curator> manager, Curator user) => Task.FromResult("");

    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Curator> manager, Curator user) =>
        Task.FromResult(!string.IsNullOrEmpty(user.AuthenticatorKey));

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Curator> manager, Curator user)
    {
        if (secrets.Reveal(user.AuthenticatorKey) is not { Length: > 0 } secret)
        {
            return false;
        }

        var given = Encoding.UTF8.GetBytes(token);
        var key = Decode(secret);
        var now = clock.GetUtcNow().ToUnixTimeSeconds() / StepSeconds;
        for (var step = now - 1; step <= now + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(Code(key, step))))
            {
                await using var session = await database.OpenAsync(CancellationToken.None);
                return await SignInGuard.UseStepAsync(session, user.CuratorId, step, CancellationToken.None);
            }
        }

        return false;
    }

    /// <summary>Returns the code for a secret at a point in time.</summary>
    public static string CodeAt(string secret, DateTimeOffset moment) => Code(Decode(secret), moment.ToUnixTimeSeconds() / StepSeconds);

    private static string Code(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // the standard and every authenticator app use HMAC-SHA-1
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string secret)
    {
        var bytes = new List<byte>(secret.Length * 5 / 8);
        var (bits, count) = (0, 0);
        foreach (var letter in secret.ToUpperInvariant().Where(l => Base32.Contains(l, StringComparison.Ordinal)))
        {
            bits = ((bits << 5) | Base32.IndexOf(letter, StringComparison.Ordinal)) & 0xfff;
            count += 5;
            if (count >= 8)
            {
                count -= 8;
                bytes.Add((byte)(bits >> count));
            }
        }

        return [.. bytes];
    }
}
