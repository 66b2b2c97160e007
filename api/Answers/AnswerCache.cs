using System.Collections.Concurrent;

namespace HealthEquity.Api.Answers;

/// <summary>How many finished answers a node keeps.</summary>
public sealed class AnswerCacheOptions
{
    /// <summary>Answers kept at most.</summary>
    public int MaximumAnswers { get; set; } = 2_000;

    /// <summary>Megabytes kept at most, compressed forms not counted.</summary>
    public int MaximumMegabytes { get; set; } = 64;
}

/// <summary>
/// Finished answers for the directory as it stands. When the directory changes, all of them go. Two generations bound the
/// rest: the young one becomes the old one when it is half full, and what nobody asked for meanwhile goes with the old one.
/// </summary>
public sealed class AnswerCache(AnswerCacheOptions options)
{
    private readonly Lock _gate = new();
    private volatile Generations _current = new(-1, [], []);
    private long _youngBytes;

    /// <summary>The answer kept for that request, if it speaks for that sequence and is still good.</summary>
    public Answer? Find(UInt128 key, long sequence)
    {
        var current = _current;
        if (current.Sequence != sequence)
        {
            return null;
        }

        if (!current.Young.TryGetValue(key, out var answer))
        {
            if (!current.Old.TryRemove(key, out answer))
            {
                return null;
            }

            Keep(key, answer);
        }

        return answer.GoodUntil == long.MaxValue || answer.GoodUntil > Environment.TickCount64 ? answer : null;
    }

    /// <summary>Keeps an answer for a request that may come again.</summary>
    public void Keep(UInt128 key, Answer answer)
    {
        var half = options.MaximumMegabytes * 1024L * 1024 / 2;
        if (answer.Size > half / 8)
        {
            return;
        }

        lock (_gate)
        {
            if (answer.Sequence < _current.Sequence)
            {
                return;
            }

            if (answer.Sequence > _current.Sequence)
            {
                _current = new Generations(answer.Sequence, [], []);
                _youngBytes = 0;
            }
            else if (_current.Young.Count >= options.MaximumAnswers / 2 || _youngBytes >= half)
            {
                _current = new Generations(answer.Sequence, [], _current.Young);
                _youngBytes = 0;
            }

            _youngBytes += answer.Size;
            _current.Young[key] = answer;
        }
    }

    /// <summary>Forgets everything, for what changed is not the directory itself.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _current = new Generations(_current.Sequence, [], []);
            _youngBytes = 0;
        }
    }

    private sealed record Generations(
        long Sequence,
        ConcurrentDictionary<UInt128, Answer> Young,
        ConcurrentDictionary<UInt128, Answer> Old);
}
