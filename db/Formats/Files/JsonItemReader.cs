using System.Text.Json;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Files;

/// <summary>Reads the items of a JSON text one by one, holding only one in memory.</summary>
internal sealed class JsonItemReader : IDisposable
{
    private readonly Stream _stream;
    private readonly string _path;
    private readonly string[] _envelopes;
    private readonly SourceLimits _limits;
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _final;
    private int _line = 1;
    private JsonReaderState _state;
    private Stage _stage = Stage.Beginning;
    private string _pointer = "";
    private int _index;

    public JsonItemReader(Stream stream, string path, string[] envelopes, SourceLimits limits)
    {
        _stream = stream;
        _path = path;
        _envelopes = envelopes;
        _limits = limits;
        _state = new JsonReaderState(new JsonReaderOptions
        {
            MaxDepth = limits.MaximumDepth,
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
        });
        Fill();
    }

    private enum Stage
    {
        Beginning,
        Items,
        Done,
    }

    /// <summary>The next item with its location; null after the last.</summary>
    /// <exception cref="ImportFileException">The text is not JSON from here on.</exception>
    public (JsonDocument Document, int Line, string Place)? Next()
    {
        try
        {
            return Read();
        }
        catch (JsonException fault)
        {
            throw new ImportFileException($"The file '{_path}' is not JSON from line {(fault.LineNumber ?? 0) + 1:N0} on: {fault.Message}");
        }
    }

    public void Dispose() => _stream.Dispose();

    private (JsonDocument Document, int Line, string Place)? Read()
    {
        while (_stage == Stage.Beginning)
        {
            if (!Begin())
            {
                Fill();
            }
        }

        while (_stage == Stage.Items)
        {
            if (TryRead(out var item))
            {
                return item;
            }

            if (_stage == Stage.Items)
            {
                Fill();
            }
        }

        return null;
    }

    /// <summary>Finds the list: the root, or a member of the root object. False if more text is needed.</summary>
    private bool Begin()
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _final, _state);
        if (!reader.Read())
        {
            return false;
        }

        if (reader.TokenType == JsonTokenType.StartArray)
        {
            Advance(reader);
            _stage = Stage.Items;
            return true;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ImportFileException($"The file '{_path}' has no list of items. Write [ {{ … }}, {{ … }} ], or one item per line.");
        }

        return Enter(reader);
    }

    /// <summary>Finds the member with the list. Without one, the object is the only item.</summary>
    private bool Enter(Utf8JsonReader reader)
    {
        var hasIdentity = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (!reader.Read())
            {
                return false;
            }

            if (reader.TokenType == JsonTokenType.StartArray && _envelopes.Contains(name))
            {
                // An organization has services, too, but a page has no id.
                var look = reader;
                if (!look.Read())
                {
                    return false;
                }

                if (look.TokenType is JsonTokenType.StartObject or JsonTokenType.EndArray && !hasIdentity)
                {
                    Advance(reader);
                    _pointer = $"/{name}";
                    _stage = Stage.Items;
                    return true;
                }
            }

            hasIdentity |= name is "id" or "name" or "kind";
            if (!reader.TrySkip())
            {
                return false;
            }
        }

        if (reader.TokenType != JsonTokenType.EndObject)
        {
            return false;
        }

        _stage = Stage.Items;
        return true;
    }

    private bool TryRead(out (JsonDocument Document, int Line, string Place)? item)
    {
        item = null;
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _final, _state);
        if (!reader.Read())
        {
            _stage = _final ? Stage.Done : _stage;
            return false;
        }

        if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
        {
            _stage = Stage.Done;
            return false;
        }

        var begin = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
        {
            return false;
        }

        var bytes = _buffer.AsMemory(_start + begin, (int)reader.BytesConsumed - begin);
        var line = _line + _buffer.AsSpan(_start, begin).Count((byte)'\n');
        var document = JsonDocument.Parse(bytes.ToArray(), new JsonDocumentOptions { MaxDepth = _limits.MaximumDepth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var place = _pointer.Length == 0 && reader.CurrentDepth == 0 ? "/" : $"{_pointer}/{_index++}";
        item = (document, line, place);
        Advance(reader);
        return true;
    }

    private void Advance(Utf8JsonReader reader)
    {
        var consumed = (int)reader.BytesConsumed;
        _line += _buffer.AsSpan(_start, consumed).Count((byte)'\n');
        _start += consumed;
        _state = reader.CurrentState;
    }

    private void Fill()
    {
        if (_final)
        {
            _stage = Stage.Done;
            return;
        }

        var rest = _end - _start;
        if (rest > _limits.MaximumRowBytes)
        {
            throw new ImportFileException($"The file '{_path}' has an item longer than {_limits.MaximumRowBytes / (1024 * 1024):N0} MB, starting at line {_line:N0}. Split it.");
        }

        var target = rest + (1 << 16) > _buffer.Length ? new byte[_buffer.Length * 2] : _buffer;
        _buffer.AsSpan(_start, rest).CopyTo(target);
        (_buffer, _start, _end) = (target, 0, rest);
        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _final = read == 0;
    }
}
