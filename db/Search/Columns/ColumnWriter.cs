using System.Runtime.InteropServices;
using System.Text;

namespace HealthEquity.Search.Columns;

/// <summary>
/// Writes columns to a file, for <see cref="ColumnReader"/>. Ordinals are numbered anew without the dead ones, so that nothing of a withdrawn
/// entry, or of an older version, gets into the file.
/// </summary>
/// <param name="stream">The file.</param>
/// <param name="alive">The live ordinals.</param>
internal sealed class ColumnWriter(Stream stream, ReadOnlyMemory<ulong> alive) : IDisposable
{
    private readonly BinaryWriter _output = new(stream, Encoding.UTF8, leaveOpen: true);
    private readonly int[] _ordinals = Numbered(alive.Span);

    /// <summary>An ordinal's number in the file; -1 if it is dead, or newer than what is written.</summary>
    public int Number(int ordinal) => ordinal < _ordinals.Length ? _ordinals[ordinal] : -1;

    /// <summary>The numbers in the file of these ordinals, without the dead ones.</summary>
    public int[] Numbers(ReadOnlySpan<int> ordinals)
    {
        var numbers = new List<int>(ordinals.Length);
        foreach (var ordinal in ordinals)
        {
            if (Number(ordinal) is >= 0 and var number)
            {
                numbers.Add(number);
            }
        }

        return [.. numbers];
    }

    /// <summary>Writes a number.</summary>
    public void Write(int value) => _output.Write7BitEncodedInt(value);

    /// <summary>Writes a number.</summary>
    public void Write(long value) => _output.Write(value);

    /// <summary>Writes a text.</summary>
    public void Write(string value) => _output.Write(value);

    /// <summary>Writes a value as it is in memory.</summary>
    public void WriteValue<T>(T value)
        where T : unmanaged => _output.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    /// <summary>Writes values as they are in memory.</summary>
    public void WriteAll<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Write(values.Length);
        _output.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Writes the values of the live ordinals of a column with a value for each ordinal.</summary>
    public void WriteByOrdinal<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var live = new List<T>(values.Length);
        for (var ordinal = 0; ordinal < values.Length; ordinal++)
        {
            if (Number(ordinal) >= 0)
            {
                live.Add(values[ordinal]);
            }
        }

        WriteAll<T>(CollectionsMarshal.AsSpan(live));
    }

    /// <inheritdoc/>
    public void Dispose() => _output.Dispose();

    private static int[] Numbered(ReadOnlySpan<ulong> alive)
    {
        var (numbers, next) = (new int[alive.Length * 64], 0);
        Array.Fill(numbers, -1);
        foreach (var ordinal in Bitmap.Each(alive))
        {
            numbers[ordinal] = next++;
        }

        return numbers;
    }
}
