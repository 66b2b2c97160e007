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

    /// <summary>
    /// The file that keeps the directory as it is in memory, so that the next start is faster; null for the default, which is beside an embedded
    /// database and none for a server. Empty for none.
    /// </summary>
    public string? SavedIndex { get; set; }

    /// <summary>The smallest directory that is saved: a smaller one is read as fast.</summary>
    public int SavedFrom { get; set; } = 2_000;

    /// <summary>The shortest time between two writes of the file.</summary>
    public TimeSpan SaveInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether the memory that loading leaves behind goes back to the system before the first answer. It halts the whole process.</summary>
    public bool FreesMemory { get; set; } = true;
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
    SavedIndex saved,
    TimeProvider clock,
    ILogger<DirectoryFeed> log) : BackgroundService
{
    private (Guid Epoch, DateTimeOffset Version)? _vocabularyVersion;
    private (Guid Epoch, long Version)? _siteVersion;
    private (Guid Epoch, long Version)? _listVersion;
    private (Guid Epoch, long Version)? _expressionVersion;
    private int _damagedLists;
    private string? _unread;

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
                saved.SaveIfDue(KeyOf(directory.Current.Mark.Epoch), stoppingToken);
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
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
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
        InvalidOperationException { InnerException: DbException } or TimeoutException or OperationCanceledException => "The database is not responding.",
        _ => $"The changes could not be loaded ({fault.GetType().Name}).",
    };

    /// <summary>
    /// Reads something besides the entries. If it is damaged, what was read before stays in use and the entries go on: a damaged setting must not
    /// take the directory down. It is tried again at every poll.
    /// </summary>
    private static async Task ReadAsync(string what, Func<CancellationToken, Task> read, List<string> unread, CancellationToken cancellation)
    {
        try
        {
            await read(cancellation);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or TimeoutException or DbException) && fault.InnerException is not DbException)
        {
            unread.Add($"{what} could not be read ({fault.GetType().Name}).");
        }
    }

    /// <summary>Logs what could not be read, once.</summary>
    private void NoteUnread(string? unread)
    {
        if (unread is not null && unread != _unread)
        {
            log.LogError("{Unread} Save it again in the console. What was read before stays in use.", unread);
        }

        _unread = unread;
    }

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

    /// <summary>Reads vocabularies again after curators change them, which changes no entry's number, and after a restore.</summary>
    private async Task ReadVocabulariesAsync(Guid epoch, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        if (await VocabularyStore.VersionAsync(session, cancellation) is not { } changed || (epoch, changed) == _vocabularyVersion)
        {
            return;
        }

        var current = await VocabularyStore.ReadAsync(session, cancellation);
        vocabularies.Replace(current);
        directory.Index.Use(current);
        _vocabularyVersion = (epoch, changed);
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
            var all = await PublishedListReader.ReadAsync(session, cancellation);
            var damaged = all.Where(l => !l.IsReadable).ToList();
            lists.Replace(all.Except(damaged));
            directory.Index.Renew();
            (_listVersion, _damagedLists) = (version, damaged.Count);
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

    /// <summary>What the index depends on besides the entries: the database, and the labels of its vocabularies.</summary>
    private string KeyOf(Guid epoch) => $"{epoch:N} {_vocabularyVersion?.Version.UtcTicks ?? 0}";

    private async Task CatchUpAsync(Task expressions, CancellationToken cancellation)
    {
        // Vocabularies come before the entries, so the whole directory is read only once at start.
        var unread = new List<string>();
        var latest = await reader.LatestAsync(cancellation);
        await ReadAsync("A vocabulary", c => ReadVocabulariesAsync(latest.Epoch, c), unread, cancellation);
        await ReadAsync("The settings of the public pages", c => ReadSiteAsync(latest.Epoch, c), unread, cancellation);
        await ReadAsync("The curated lists", c => ReadListsAsync(latest.Epoch, c), unread, cancellation);
        await ReadAsync("The department's expressions", c => ReadExpressionsAsync(latest.Epoch, c), unread, cancellation);
        if (!directory.IsReady && directory.Current.Mark.Epoch == Guid.Empty)
        {
            await saved.RestoreAsync(KeyOf(latest.Epoch), cancellation);
        }

        var here = directory.Current.Mark;
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
        if (!directory.IsReady && options.FreesMemory)
        {
            // Loading leaves several times as much behind as it keeps. Nobody is served yet, so it goes back to the system now.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        unread.AddRange(_damagedLists > 0 ? [$"{_damagedLists} curated lists could not be read."] : []);
        NoteUnread(unread.Count > 0 ? string.Join(' ', unread) : null);
        directory.Polled(_unread);
    }
}
