using System.Buffers;

namespace HealthEquity.Api.Answers;

/// <summary>
/// Buffers for answers while they are built. Growing one to the size of an answer for each request left arrays behind that are so large that only
/// a full garbage collection takes them back.
/// </summary>
public static class AnswerBuffer
{
    private const int InitialSize = 128 * 1024;
    private const int LargestKept = 1024 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _spare;

    /// <summary>Takes this thread's buffer, empty. Give it back on the same thread.</summary>
    public static ArrayBufferWriter<byte> Take()
    {
        var buffer = _spare ?? new ArrayBufferWriter<byte>(InitialSize);
        _spare = null;
        return buffer;
    }

    /// <summary>Gives a buffer back.</summary>
    /// <returns>What was written to it.</returns>
    public static byte[] Return(ArrayBufferWriter<byte> buffer)
    {
        var written = GC.AllocateUninitializedArray<byte>(buffer.WrittenCount);
        buffer.WrittenSpan.CopyTo(written);
        if (buffer.Capacity <= LargestKept)
        {
            buffer.ResetWrittenCount();
            _spare = buffer;
        }

        return written;
    }
}
