using HealthEquity.Search.Index;

namespace HealthEquity.Api.Feed;

/// <summary>The published directory as this node has it in memory, and how fresh it is.</summary>
public sealed class PublishedDirectory(DirectoryIndex index, TimeProvider clock)
{
    private long _polledAt;
    private volatile bool _ready;

    /// <summary>The index that everything is answered from.</summary>
    public DirectoryIndex Index => index;

    /// <summary>The directory as it is now; answer one request from one of these.</summary>
    public DirectorySnapshot Current => index.Current;

    /// <summary>The number of the last change that is in.</summary>
    public long Sequence => index.Current.Sequence;

    /// <summary>Moves whenever an answer may have changed: with changes, with the day, with the vocabularies.</summary>
    public long Generation => index.Current.Generation;

    /// <summary>True when the first load is complete.</summary>
    public bool IsReady => _ready;

    /// <summary>How long ago the database was last asked with success; null before that.</summary>
    public TimeSpan? Age => Interlocked.Read(ref _polledAt) is var at and not 0 ? clock.GetElapsedTime(at) : null;

    /// <summary>Notes that the database answered.</summary>
    public void Polled()
    {
        Interlocked.Exchange(ref _polledAt, clock.GetTimestamp());
        _ready = true;
    }
}
