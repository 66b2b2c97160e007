using System.Collections.Concurrent;

namespace HealthEquity.Hosting;

/// <summary>What is left of a limit.</summary>
/// <param name="Granted">Whether what was asked for was granted.</param>
/// <param name="Remaining">How much is left in this window.</param>
/// <param name="Reset">When the window ends.</param>
public readonly record struct Allowance(bool Granted, int Remaining, TimeSpan Reset);

/// <summary>
/// Counts what each key used in its present window, which begins with the first use. The framework's fixed-window limiter does not say when
/// a window ends and takes nothing back.
/// </summary>
/// <typeparam name="TKey">Whose uses are counted together.</typeparam>
/// <param name="clock">Tells when a window ends.</param>
public sealed class FixedWindows<TKey>(TimeProvider clock)
    where TKey : notnull
{
    private const int SweepAbove = 4096;

    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<TKey, Window> _windows = new();
    private long _sweptAt;

    /// <summary>Takes so many, or nothing when fewer are left; none takes nothing, and is granted while anything is left.</summary>
    public Allowance Take(TKey key, int limit, TimeSpan length, int count) => Change(key, limit, length, used => used + count <= limit && used < limit ? count : null);

    /// <summary>Takes so many, or whatever is left.</summary>
    public Allowance TakeUpTo(TKey key, int limit, TimeSpan length, int count) => Change(key, limit, length, used => Math.Min(count, limit - used));

    /// <summary>Gives so many back.</summary>
    public Allowance GiveBack(TKey key, int limit, TimeSpan length, int count) => Change(key, limit, length, used => -Math.Min(count, used));

    private Allowance Change(TKey key, int limit, TimeSpan length, Func<int, int?> change)
    {
        var now = clock.GetUtcNow();
        Sweep(now);
        var window = _windows.GetOrAdd(key, static _ => new Window());
        lock (window)
        {
            // A clock that was put back must not keep a window open.
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
