using HealthEquity.Store.Databases;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Verification;

namespace HealthEquity.Admin.Directory;

/// <summary>The latest counts that show how current and complete the directory is.</summary>
public sealed record HealthCounts(
    DateTimeOffset CountedAt, TimeSpan Took, IReadOnlyList<HealthCount> Freshness, IReadOnlyList<HealthCount> Languages, IReadOnlyList<HealthCount> Counties);

/// <summary>Counts the whole directory. Caches the counts of a large directory.</summary>
public sealed class DirectoryHealth(Database database, TimeProvider clock, ILogger<DirectoryHealth> log)
{
    private static readonly TimeSpan CacheDuration = TimeSpan.FromMinutes(5);

    /// <summary>Counts that take less than this are not cached.</summary>
    private static readonly TimeSpan CacheThreshold = TimeSpan.FromMilliseconds(15);

    private volatile HealthCounts? _last;
    private int _counting;

    /// <summary>The latest counts; null before the first count.</summary>
    public HealthCounts? Last => _last;

    /// <summary>Returns the counts. For a large directory they can be a few minutes old. The first caller waits.</summary>
    public async Task<HealthCounts> ReadAsync(CancellationToken cancellation)
    {
        if (_last is not { } last || last.Took < CacheThreshold)
        {
            return _last = await CountAsync(cancellation);
        }

        if ((clock.GetUtcNow() - last.CountedAt).Duration() > CacheDuration && Interlocked.Exchange(ref _counting, 1) == 0)
        {
            _ = RefreshAsync();
        }

        return last;
    }

    private async Task RefreshAsync()
    {
        try
        {
            _last = await CountAsync(CancellationToken.None);
        }
        catch (Exception fault)
        {
            log.LogError(fault, "The directory could not be counted. The previous counts are kept.");
        }
        finally
        {
            Interlocked.Exchange(ref _counting, 0);
        }
    }

    private async Task<HealthCounts> CountAsync(CancellationToken cancellation)
    {
        var (now, begun) = (clock.GetUtcNow(), clock.GetTimestamp());
        await using var session = await database.OpenAsync(cancellation);
        var freshness = await WorkQueue.FreshnessAsync(session, (await SettingStore.ReadAsync(session, cancellation)).DayOf(now), cancellation);
        var languages = await WorkQueue.CoverageAsync(session, "language", cancellation);
        var counties = await WorkQueue.CoverageAsync(session, "county", cancellation);
        return new HealthCounts(now, clock.GetElapsedTime(begun), freshness, languages, counties);
    }
}
