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
/// Finished answers for one generation of the directory. When the directory changes, all of them go. Two halves bound the rest:
/// the young one becomes the old one when it is full, and what nobody asked for meanwhile goes with the old one. We keep our own
/// cache because ASP.NET Core's output cache stores requests by their text and runs after routing.
/// </summary>
public sealed class AnswerCache(AnswerCacheOptions options)
{
    private readonly Lock _gate = new();
    private volatile Kept _current = new(-1, [], []);
    private long _youngBytes;

    /// <summary>The answer kept for that request, if it is of that generation of the directory and still good.</summary>
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
            if (answer.Generation < _current.Generation)
            {
                return;
            }

            if (answer.Generation > _current.Generation)
            {
                _current = new Kept(answer.Generation, [], []);
                _youngBytes = 0;
            }
            else if (_current.Young.Count >= options.MaximumAnswers / 2 || _youngBytes >= half)
            {
                _current = new Kept(answer.Generation, [], _current.Young);
                _youngBytes = 0;
            }

            _youngBytes += answer.Size;
            _current.Young[key] = answer;
        }
    }

    private sealed record Kept(
        long Generation,
        ConcurrentDictionary<UInt128, Answer> Young,
        ConcurrentDictionary<UInt128, Answer> Old);
}
