using System.Runtime.InteropServices;
using System.Text;

namespace HealthEquity.Search.Columns;

/// <summary>Reads what <see cref="ColumnWriter"/> wrote, in the same order.</summary>
/// <param name="stream">The file.</param>
internal sealed class ColumnReader(Stream stream) : IDisposable
{
    private readonly BinaryReader _input = new(stream, Encoding.UTF8, leaveOpen: true);

    /// <summary>Reads a number.</summary>
    public int ReadInt32() => _input.Read7BitEncodedInt();

    /// <summary>Reads a number.</summary>
    public long ReadInt64() => _input.ReadInt64();

    /// <summary>Reads a text.</summary>
    public string ReadString() => _input.ReadString();

    /// <summary>Reads a value.</summary>
    public T ReadValue<T>()
        where T : unmanaged
    {
        var value = default(T);
        _input.BaseStream.ReadExactly(MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    /// <summary>Reads values.</summary>
    public T[] ReadAll<T>()
        where T : unmanaged
    {
        var values = new T[ReadInt32()];
        _input.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <inheritdoc/>
    public void Dispose() => _input.Dispose();
}
