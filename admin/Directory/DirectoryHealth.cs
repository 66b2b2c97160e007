using HealthEquity.Store.Databases;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Verification;

namespace HealthEquity.Admin.Directory;

/// <summary>How well the directory is kept, as it was counted last.</summary>
public sealed record HealthCounts(
    DateTimeOffset CountedAt, TimeSpan Took, IReadOnlyList<HealthCount> Freshness, IReadOnlyList<HealthCount> Languages, IReadOnlyList<HealthCount> Counties);

/// <summary>Counts the whole directory; a large one now and then, and not for everybody who opens the console.</summary>
public sealed class DirectoryHealth(Database database, TimeProvider clock, ILogger<DirectoryHealth> log)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    /// <summary>What is counted so quickly is counted each time.</summary>
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(15);

    private volatile HealthCounts? _last;
    private int _counting;

    /// <summary>The counts as they were last; null when nothing has been counted yet.</summary>
    public HealthCounts? Last => _last;

    /// <summary>The counts, of a large directory at most a few minutes old while somebody asks; the first to ask waits for them.</summary>
    public async Task<HealthCounts> ReadAsync(CancellationToken cancellation)
    {
        if (_last is not { } last || last.Took < Quick)
        {
            return _last = await CountAsync(cancellation);
        }

        if (clock.GetUtcNow() - last.CountedAt > GoodFor && Interlocked.Exchange(ref _counting, 1) == 0)
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
            log.LogError(fault, "The directory could not be counted; the counts before stay.");
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
