using HealthEquity.Db.Settings;
using HealthEquity.Db.Storage;
using HealthEquity.Db.Verification;

namespace HealthEquity.Admin.Directory;

/// <summary>How well the directory is kept, as it was counted last.</summary>
public sealed record HealthCounts(
    DateTimeOffset CountedAt, IReadOnlyList<HealthCount> Freshness, IReadOnlyList<HealthCount> Languages, IReadOnlyList<HealthCount> Counties);

/// <summary>Counts the whole directory now and then, and not for everybody who opens the console.</summary>
public sealed class DirectoryHealth(Database database, TimeProvider clock, ILogger<DirectoryHealth> log)
{
    private const int Terms = 12;

    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    private volatile HealthCounts? _last;
    private int _counting;

    /// <summary>The counts, at most a few minutes old while somebody asks; the first to ask waits for them.</summary>
    public async Task<HealthCounts> ReadAsync(CancellationToken cancellation)
    {
        if (_last is not { } last)
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
        var now = clock.GetUtcNow();
        await using var session = await database.OpenAsync(cancellation);
        return new HealthCounts(
            now,
            await WorkQueue.FreshnessAsync(session, (await SettingStore.ReadAsync(session, cancellation)).DayOf(now), cancellation),
            await WorkQueue.CoverageAsync(session, "language", Terms, cancellation),
            await WorkQueue.CoverageAsync(session, "county", Terms, cancellation));
    }
}
