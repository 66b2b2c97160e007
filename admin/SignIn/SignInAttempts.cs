using System.Security.Cryptography;
using System.Text;
using HealthEquity.Hosting;
using HealthEquity.Store.Curators;

namespace HealthEquity.Admin.SignIn;

/// <summary>
/// Counts wrong passwords by name and address together, so that nobody can lock a colleague out from elsewhere. A device on which that curator
/// has signed in before is counted by itself. Names and addresses are kept as hashes under a key of this process, in memory only.
/// </summary>
/// <remarks>Each node of a console counts for itself: an attacker gains five attempts for each, and a hash of 210,000 rounds stays in the way.</remarks>
internal sealed class SignInAttempts(TimeProvider clock)
{
    /// <summary>Wrong passwords for one name from one address, or on one known device.</summary>
    public const int PerNameAndAddress = 5;

    /// <summary>Wrong passwords for any names from one address: an office shares one.</summary>
    private const int PerAddress = 50;

    /// <summary>Wrong passwords for one name from anywhere, known devices aside.</summary>
    private const int PerName = 200;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly FixedWindows<UInt128> _windows = new(clock);

    /// <summary>Counts an attempt before its password is looked at, so that many at once gain nothing.</summary>
    /// <returns>The attempt, to be forgotten if it succeeds; null when there were too many.</returns>
    public Attempt? Begin(string userName, string? address, Guid? device)
    {
        var name = CuratorStore.Normalize(userName);
        (UInt128, int)[] counts = device is { } known
            ? [(Hash($"device:{known}:{name}"), PerNameAndAddress)]
            : [(Hash($"pair:{name}:{address}"), PerNameAndAddress), (Hash($"address:{address}"), PerAddress), (Hash($"name:{name}"), PerName)];
        var granted = counts.Select(c => _windows.Take(c.Item1, c.Item2, Window, 1).Granted).ToList();
        return granted.TrueForAll(g => g) ? new Attempt(counts) : null;
    }

    /// <summary>It succeeded: the pair, or the device, begins anew, and the others get this one back.</summary>
    public void Forget(Attempt attempt)
    {
        foreach (var (index, (key, limit)) in attempt.Counts.Index())
        {
            _windows.GiveBack(key, limit, Window, index == 0 ? limit : 1);
        }
    }

    private UInt128 Hash(string text)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    /// <summary>An attempt that was let through.</summary>
    public sealed record Attempt((UInt128 Key, int Limit)[] Counts);
}
