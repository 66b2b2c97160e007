using System.Collections.Concurrent;

namespace HealthEquity.Api.Answers;

/// <summary>Limits of the answer cache.</summary>
public sealed class AnswerCacheOptions
{
    /// <summary>The maximum number of answers.</summary>
    public int MaximumAnswers { get; set; } = 2_000;

    /// <summary>The maximum size in megabytes, without compressed forms.</summary>
    public int MaximumMegabytes { get; set; } = 96;
}

/// <summary>
/// Caches finished answers for one generation of the directory. A change of the directory clears it. The cache has two halves: when the young
/// half is full, it becomes the old one, and the answers in the previous old half that were not used since are dropped. We keep our own cache
/// because ASP.NET Core's output cache stores requests as text and runs after routing. Once a half has been filled, a request must come twice for
/// its answer to be kept: otherwise searches that nobody repeats push out the ones that are repeated, and each survives several collections.
/// </summary>
public sealed class AnswerCache(AnswerCacheOptions options)
{
    private const int Remembered = 8192;

    // What came once: a part of the keyed hash of each request, overwritten by the next with the same place.
    private readonly ulong[] _cameOnce = new ulong[Remembered];
    private readonly Lock _gate = new();
    private volatile Kept _current = new(-1, [], []);
    private long _youngBytes;

    /// <summary>The cached answer for a request, if it is of this generation of the directory and not expired.</summary>
    public Answer? Find(UInt128 key, long generation)
    {
        var current = _current;
        if (current.Generation != generation)
        {
            return null;
        }

        if (!current.Young.TryGetValue(key, out var answer))
        {
            if (!current.Old.TryRemove(key, out answer))
            {
                return null;
            }

            Keep(key, answer, isRepeated: true);
        }

        return answer.GoodUntil == long.MaxValue || answer.GoodUntil > Environment.TickCount64 ? answer : null;
    }

    /// <summary>Caches an answer.</summary>
    public void Keep(UInt128 key, Answer answer) => Keep(key, answer, isRepeated: false);

    /// <summary>Drops all answers, because something that they show has changed besides the directory.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _current = new Kept(_current.Generation, [], []);
            _youngBytes = 0;
        }
    }

    private void Keep(UInt128 key, Answer answer, bool isRepeated)
    {
        var half = options.MaximumMegabytes * 1024L * 1024 / 2;
        if (answer.Size > half / 8)
        {
            return;
        }

        lock (_gate)
        {
            if (answer.Generation < _current.Generation)
            {
                return;
            }

            if (answer.Generation > _current.Generation)
            {
                _current = new Kept(answer.Generation, [], []);
                _youngBytes = 0;
            }
            else if (_current.HasBeenFull && !isRepeated && !CameBefore(key))
            {
                return;
            }
            else if (_current.Young.Count >= options.MaximumAnswers / 2 || _youngBytes >= half)
            {
                _current = new Kept(answer.Generation, [], _current.Young) { HasBeenFull = true };
                _youngBytes = 0;
            }

            _youngBytes += answer.Size;
            _current.Young[key] = answer;
        }
    }

    private bool CameBefore(UInt128 key)
    {
        ref var place = ref _cameOnce[(int)(key >> 64) & (Remembered - 1)];
        if (place == (ulong)key)
        {
            return true;
        }

        place = (ulong)key;
        return false;
    }

    private sealed record Kept(
        long Generation,
        ConcurrentDictionary<UInt128, Answer> Young,
        ConcurrentDictionary<UInt128, Answer> Old)
    {
        public bool HasBeenFull { get; init; }
    }
}
