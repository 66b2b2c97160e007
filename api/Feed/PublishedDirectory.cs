using HealthEquity.Search.Index;

namespace HealthEquity.Api.Feed;

/// <summary>The published directory in memory, and its age.</summary>
public sealed class PublishedDirectory(DirectoryIndex index, TimeProvider clock)
{
    /// <summary>How long the feed can fail before the node is degraded.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private long _polledAt;
    private long _succeededAt = clock.GetUtcNow().UtcTicks;
    private volatile string? _failure;
    private volatile bool _ready;

    /// <summary>The search index.</summary>
    public DirectoryIndex Index => index;

    /// <summary>The current snapshot. Use one snapshot for a whole request.</summary>
    public DirectorySnapshot Current => index.Current;

    /// <summary>The number of the last change in it.</summary>
    public long Sequence => index.Current.Sequence;

    /// <summary>Increases whenever answers may have changed: on changes, on a new day, on new vocabularies.</summary>
    public long Generation => index.Current.Generation;

    /// <summary>True once the first load is complete.</summary>
    public bool IsReady => _ready;

    /// <summary>The time since the last successful poll of the database; null before the first.</summary>
    public TimeSpan? Age => Interlocked.Read(ref _polledAt) is var at and not 0 ? clock.GetElapsedTime(at) : null;

    /// <summary>Records a successful poll.</summary>
    /// <param name="unread">What besides the entries could not be read, without data of it; null if everything could.</param>
    public void Polled(string? unread = null)
    {
        Interlocked.Exchange(ref _polledAt, clock.GetTimestamp());
        if (unread is null)
        {
            Interlocked.Exchange(ref _succeededAt, clock.GetUtcNow().UtcTicks);
        }

        _failure = unread;
        _ready = true;
    }

    /// <summary>Records that the node could not apply changes.</summary>
    /// <param name="reason">The reason, without data of an entry.</param>
    public void Failed(string reason) => _failure = reason;

    /// <summary>Since when the node is not up to date, UTC, and why; null if it is, or for the first minute.</summary>
    public (DateTimeOffset Since, string Reason)? Failure()
    {
        var since = new DateTimeOffset(Interlocked.Read(ref _succeededAt), TimeSpan.Zero);
        // Either way: the clock may have been set back meanwhile.
        return (clock.GetUtcNow() - since).Duration() >= Patience ? (since, _failure ?? "The database has not responded yet.") : null;
    }
}
