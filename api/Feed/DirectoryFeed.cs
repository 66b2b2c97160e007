using System.Data.Common;
using System.Diagnostics;
using System.Runtime;
using HealthEquity.Search.Questions;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Expressions;
using HealthEquity.Store.Lists;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Vocabularies;

namespace HealthEquity.Api.Feed;

/// <summary>Settings for updates from the database.</summary>
public sealed class DirectoryFeedOptions
{
    /// <summary>The time between two polls of the sequence.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The number of rows per read.</summary>
    public int BatchSize { get; set; } = 1_000;
}

/// <summary>
/// Loads the published directory into memory at start, then applies changes. If that fails, the node continues with the data it has, and
/// <c>health/ready</c> reports the time and reason.
/// </summary>
public sealed class DirectoryFeed(
    Database database,
    PublishedReader reader,
    PublishedDirectory directory,
    DirectoryVocabularies vocabularies,
    DirectorySite site,
    PublishedLists lists,
    DirectoryQuestions questions,
    DirectoryFeedOptions options,
    TimeProvider clock,
    ILogger<DirectoryFeed> log) : BackgroundService
{
    private DateTimeOffset? _vocabularyVersion;
    private (Guid Epoch, long Version)? _siteVersion;
    private (Guid Epoch, long Version)? _listVersion;
    private (Guid Epoch, long Version)? _expressionVersion;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var watch = Stopwatch.StartNew();
        // Beside the entries, so that the first question needn't wait for the lists of expressions.
        var expressions = Task.Run(static () => QuestionReader.Shipped, stoppingToken);
        string? failing = null;
        using var timer = new PeriodicTimer(options.PollInterval, clock);
        do
        {
            try
            {
                var first = !directory.IsReady;
                // Nobody waits for garbage collection until the first answer. Collecting concurrently would make loading a fifth slower.
                GCSettings.LatencyMode = first ? GCLatencyMode.Batch : GCLatencyMode.Interactive;
                await CatchUpAsync(expressions, stoppingToken);
                if (first)
                {
                    log.LogInformation("Directory loaded: {Count} entries in {Elapsed} ms", directory.Current.Count, watch.ElapsedMilliseconds);
                }

                if (failing is not null)
                {
                    log.LogInformation("The directory is up to date again");
                    failing = null;
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                var reason = Reason(fault);
                directory.Failed(reason);
                if (failing != reason)
                {
                    log.LogWarning(fault, "{Reason} Serving the directory from memory.", reason);
                    failing = reason;
                }
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    /// <summary>The reason why the node could not apply changes. It never contains data of an entry.</summary>
    private static string Reason(Exception fault) => fault switch
    {
        DbException database => DatabaseFaults.Of(database) switch
        {
            DatabaseFault.Busy => "The database is busy.",
            DatabaseFault.Full => "The database is full.",
            DatabaseFault.Unavailable => "The database is not responding.",
            _ => "The database refused a query. Check that its schema fits this version.",
        },
        InvalidOperationException { InnerException: DbException } or TimeoutException => "The database is not responding.",
        _ => $"The changes could not be loaded ({fault.GetType().Name}).",
    };

    private static async ValueTask<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Reads vocabularies again after curators change them, which changes no entry's number.</summary>
    private async Task ReadVocabulariesAsync(CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        var version = await VocabularyStore.VersionAsync(session, cancellation);
        if (version is null || version == _vocabularyVersion)
        {
            return;
        }

        var current = await VocabularyStore.ReadAsync(session, cancellation);
        vocabularies.Replace(current);
        directory.Index.Use(current);
        _vocabularyVersion = version;
    }

    /// <summary>Reads the settings of the public pages again after a change in the console, and after a restore.</summary>
    private async Task ReadSiteAsync(Guid epoch, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        var version = (epoch, await SiteSettingStore.VersionAsync(session, cancellation));
        if (version == _siteVersion)
        {
            return;
        }

        site.Replace(
            await SiteSettingStore.ReadAsync(session, cancellation),
            await LogoStore.ReadAsync(session, cancellation),
            await SiteSettingStore.ReadTimeZoneAsync(session, cancellation));
        directory.Index.Renew();
        _siteVersion = version;
    }

    /// <summary>Reads curated lists again after one was published or taken down, which changes no entry's number, and after a restore.</summary>
    private async Task ReadListsAsync(Guid epoch, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        var version = (epoch, await PublishedListReader.VersionAsync(session, cancellation));
        if (version != _listVersion)
        {
            lists.Replace(await PublishedListReader.ReadAsync(session, cancellation));
            directory.Index.Renew();
            _listVersion = version;
        }
    }

    /// <summary>Reads the department's expressions again after a change in the console, and after a restore.</summary>
    private async Task ReadExpressionsAsync(Guid epoch, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        var version = (epoch, await SearchExpressionStore.VersionAsync(session, cancellation));
        if (version != _expressionVersion)
        {
            questions.Replace(await SearchExpressionStore.ReadAsync(session, cancellation));
            directory.Index.Renew();
            _expressionVersion = version;
        }
    }

    private async Task CatchUpAsync(Task expressions, CancellationToken cancellation)
    {
        // First, so the whole directory is read only once at start.
        await ReadVocabulariesAsync(cancellation);
        var (latest, here) = (await reader.LatestAsync(cancellation), directory.Current.Mark);
        await ReadSiteAsync(latest.Epoch, cancellation);
        await ReadListsAsync(latest.Epoch, cancellation);
        await ReadExpressionsAsync(latest.Epoch, cancellation);
        if (latest.Epoch != here.Epoch && directory.IsReady)
        {
            log.LogWarning("The database was restored. Loading the whole directory again.");
        }

        // Numbers that decrease mean the same, in case a database was restored without a new epoch.
        var leftOut = latest.Epoch != here.Epoch || latest.Sequence < here.Sequence
            ? await directory.Index.ReloadAsync(reader.ReadAllAfterAsync(0, options.BatchSize, cancellation), latest.Epoch, cancellation)
            : await directory.Index.ApplyAsync(reader.ReadAllAfterAsync(here.Sequence, options.BatchSize, cancellation), cancellation);
        foreach (var entry in leftOut)
        {
            log.LogError("Entry {Id} was skipped because {Reason}. Correct it and publish it again.", entry.Id, entry.Reason);
        }

        directory.Index.Tick(site.DayOf(clock.GetUtcNow()));
        await expressions;
        if (!directory.IsReady)
        {
            // Loading leaves several times as much behind as it keeps. Nobody is served yet, so it goes back to the system now.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        directory.Polled();
    }
}
