using System.Security.Cryptography;
using System.Text;

namespace HealthEquity.Formats.Hsds;

/// <summary>
/// Ids of HSDS entities that we don't store: UUIDv5 (RFC 9562, 5.5) of our own id and a path, so they are the same on every node and after every
/// restart.
/// </summary>
public static class HsdsIds
{
    private static readonly Guid Vocabularies = Guid.Parse("5b0ac0de-2c7e-5d7e-9a53-0f4a5e3d8c11");

    /// <summary>The id of a part of an entry.</summary>
    public static Guid Of(Guid entry, string path) => Version5(entry, path);

    /// <summary>The id of a vocabulary.</summary>
    public static Guid Taxonomy(string vocabulary) => Version5(Vocabularies, vocabulary);

    /// <summary>The id of a term.</summary>
    public static Guid Term(string vocabulary, string code) => Version5(Vocabularies, $"{vocabulary}/{code}");

    private static Guid Version5(Guid space, string name)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        var input = new byte[16 + Encoding.UTF8.GetByteCount(name)];
        space.TryWriteBytes(input, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, input.AsSpan(16));
#pragma warning disable CA5350 // RFC 9562 requires SHA-1; it protects no secret
        SHA1.HashData(input, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}

/// <summary>
/// Ids of the parts of one entity. An id depends on the content of the part, not on its position, so reordering changes no ids. Parts with equal
/// content are numbered.
/// </summary>
/// <param name="owner">The id of the entity that contains the parts.</param>
internal sealed class HsdsPartIds(Guid owner)
{
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    /// <summary>The id of the next part with this content.</summary>
    public Guid Next(string path)
    {
        var count = _seen[path] = _seen.GetValueOrDefault(path) + 1;
        return HsdsIds.Of(owner, count == 1 ? path : $"{path}#{count}");
    }
}
