using System.Security.Cryptography;
using System.Text;
using HealthEquity.Hosting;
using HealthEquity.Store.Curators;

namespace HealthEquity.Admin.SignIn;

/// <summary>
/// Counts wrong passwords by name and address together, so that nobody can lock out a colleague from another address. A device on which that
/// curator has signed in before is counted separately. Names and addresses are kept only in memory, as hashes with a key of this process.
/// </summary>
/// <remarks>Each console node counts separately, so an attacker gets five attempts per node. A password hash of 210,000 rounds slows each one down.</remarks>
internal sealed class SignInAttempts(TimeProvider clock)
{
    /// <summary>The limit of wrong passwords for one name from one address, or on one known device.</summary>
    public const int PerNameAndAddress = 5;

    /// <summary>The limit for all names from one address, which an office can share.</summary>
    private const int PerAddress = 50;

    /// <summary>The limit for one name from all addresses, except known devices.</summary>
    private const int PerName = 200;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly FixedWindows<UInt128> _windows = new(clock);

    /// <summary>Counts an attempt before the password is checked, so that concurrent attempts gain nothing.</summary>
    /// <returns>The attempt, to forget if it succeeds; null if there were too many.</returns>
    public Attempt? Begin(string userName, string? address, Guid? device)
    {
        var name = CuratorStore.Normalize(userName);
        (UInt128, int)[] counts = device is { } known
            ? [(Hash($"device:{known}:{name}"), PerNameAndAddress)]
            : [(Hash($"pair:{name}:{address}"), PerNameAndAddress), (Hash($"address:{address}"), PerAddress), (Hash($"name:{name}"), PerName)];
        var granted = counts.Select(c => _windows.Take(c.Item1, c.Item2, Window, 1).Granted).ToList();
        return granted.TrueForAll(g => g) ? new Attempt(counts) : null;
    }

    /// <summary>Forgets a successful attempt: resets the count of the pair or device, and returns one attempt to the others.</summary>
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

    /// <summary>A counted attempt.</summary>
    public sealed record Attempt((UInt128 Key, int Limit)[] Counts);
}
