using System.Text;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Files;

/// <summary>Reads lines up to a maximum length.</summary>
internal sealed class LineReader(Stream stream, string path, SourceLimits limits) : IDisposable
{
    private readonly StreamReader _reader = new(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16, leaveOpen: true);
    private readonly StringBuilder _line = new();
    private readonly char[] _block = new char[1 << 14];
    private int _start;
    private int _end;
    private int _number;

    /// <summary>The next line, or null at the end.</summary>
    /// <exception cref="ImportFileException">The line is too long.</exception>
    public string? Next(out int number)
    {
        _line.Clear();
        number = ++_number;
        while (true)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, _reader.Read(_block));
                if (_end == 0)
                {
                    return _line.Length > 0 ? _line.ToString() : null;
                }
            }

            var rest = _block.AsSpan(_start, _end - _start);
            var cut = rest.IndexOf('\n');
            _line.Append(cut < 0 ? rest : rest[..cut]);
            _start = cut < 0 ? _end : _start + cut + 1;
            if (cut >= 0)
            {
                return _line.ToString();
            }

            if (_line.Length > limits.MaximumRowBytes)
            {
                throw new ImportFileException($"The file '{path}' has a line longer than {limits.MaximumRowBytes / (1024 * 1024):N0} MB (line {_number:N0}). Write one item per line.");
            }
        }
    }

    public void Dispose() => _reader.Dispose();
}
