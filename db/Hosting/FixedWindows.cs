using System.Collections.Concurrent;

namespace HealthEquity.Hosting;

/// <summary>The state of a limit after a request.</summary>
/// <param name="Granted">Whether the request was granted.</param>
/// <param name="Remaining">What remains in this window.</param>
/// <param name="Reset">When the window ends.</param>
public readonly record struct Allowance(bool Granted, int Remaining, TimeSpan Reset);

/// <summary>
/// Counts the uses of each key in its current window, which begins with the first use. The framework's fixed-window limiter does not report
/// when a window ends, and a use can't be returned.
/// </summary>
/// <typeparam name="TKey">The key whose uses are counted together.</typeparam>
/// <param name="clock">The clock.</param>
public sealed class FixedWindows<TKey>(TimeProvider clock)
    where TKey : notnull
{
    private const int SweepAbove = 4096;

    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<TKey, Window> _windows = new();
    private long _sweptAt;

    /// <summary>Takes all of the count, or none if less remains. A count of zero takes none and is granted while any remain.</summary>
    public Allowance Take(TKey key, int limit, TimeSpan length, int count) => Change(key, limit, length, used => used + count <= limit && used < limit ? count : null);

    /// <summary>Takes the count, or as many as remain.</summary>
    public Allowance TakeUpTo(TKey key, int limit, TimeSpan length, int count) => Change(key, limit, length, used => Math.Min(count, limit - used));

    /// <summary>Returns the count.</summary>
    public Allowance GiveBack(TKey key, int limit, TimeSpan length, int count) => Change(key, limit, length, used => -Math.Min(count, used));

    private Allowance Change(TKey key, int limit, TimeSpan length, Func<int, int?> change)
    {
        var now = clock.GetUtcNow();
        Sweep(now);
        var window = _windows.GetOrAdd(key, static _ => new Window());
        lock (window)
        {
            // A clock that was set back must not keep a window open.
            if (now < window.Start || now >= window.End)
            {
                (window.Start, window.End, window.Used) = (now, now + length, 0);
            }

            var granted = change(window.Used);
            window.Used += granted ?? 0;
            return new Allowance(granted is not null, Math.Max(0, limit - window.Used), window.End - now);
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        var swept = Interlocked.Read(ref _sweptAt);
        if (_windows.Count > SweepAbove && Math.Abs(now.UtcTicks - swept) > SweepInterval.Ticks && Interlocked.CompareExchange(ref _sweptAt, now.UtcTicks, swept) == swept)
        {
            foreach (var (key, window) in _windows)
            {
                if (now >= window.End)
                {
                    _windows.TryRemove(KeyValuePair.Create(key, window));
                }
            }
        }
    }

    private sealed class Window
    {
        public DateTimeOffset Start { get; set; }

        public DateTimeOffset End { get; set; }

        public int Used { get; set; }
    }
}
