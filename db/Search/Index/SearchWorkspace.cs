using HealthEquity.Search.Columns;
using HealthEquity.Search.Text;

namespace HealthEquity.Search.Index;

/// <summary>The large arrays of a search, reused by the next one.</summary>
internal sealed class SearchWorkspace
{
    private readonly List<ulong[]> _bitmaps = [];
    private int _used;
    private int _words;
    private float[] _chords = [];

    /// <summary>The text scorer.</summary>
    public TextScorer Text { get; } = new();

    /// <summary>The scorer of questions.</summary>
    public QuestionScores Question { get; } = new();

    /// <summary>The stemmers.</summary>
    public Stemmers Stemmers { get; } = new();

    /// <summary>Starts a search over a number of ordinals.</summary>
    public void Begin(int count)
    {
        _used = 0;
        _words = Bitmap.Words(count);
    }

    /// <summary>An empty set of ordinals, valid until the search ends.</summary>
    public Span<ulong> Set() => SetArray().AsSpan(0, _words);

    /// <summary>An empty set of ordinals as an array, which may be longer than needed.</summary>
    public ulong[] SetArray()
    {
        if (_used == _bitmaps.Count)
        {
            _bitmaps.Add(new ulong[_words]);
        }
        else if (_bitmaps[_used].Length < _words)
        {
            _bitmaps[_used] = new ulong[_words + (_words / 8)];
        }

        var bitmap = _bitmaps[_used++];
        Array.Clear(bitmap, 0, Math.Min(_words, bitmap.Length));
        return bitmap;
    }

    /// <summary>A number for each ordinal, initially infinite.</summary>
    public Span<float> Chords(int count)
    {
        if (_chords.Length < count)
        {
            _chords = new float[count + (count / 8)];
        }

        var chords = _chords.AsSpan(0, count);
        chords.Fill(float.PositiveInfinity);
        return chords;
    }
}
