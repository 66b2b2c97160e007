using System.Collections.Concurrent;
using HealthEquity.Directory.Entries;
using HealthEquity.Search.Index;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Vocabularies;

namespace HealthEquity.Admin.Directory;

/// <summary>
/// The curators' search index: the latest revision of every entry in every state. The index is built in the background. After that,
/// every search first applies recent changes from all processes, so that a saved change can be found immediately.
/// </summary>
public sealed class EditorialDirectory(Database database, TimeProvider clock) : IDisposable
{
    private const int BatchSize = 1_000;

    /// <summary>The most changes that a search applies itself. The background service applies the rest.</summary>
    private const int CatchUpLimit = 500;

    private readonly SemaphoreSlim _catchingUp = new(1);
    private readonly ConcurrentQueue<Guid> _unreadable = new();
    private volatile DirectoryIndex? _index;
    private long _seen;
    private Guid _epoch;
    private DateTimeOffset? _vocabularies;

    /// <summary>Whether the index has been built.</summary>
    public bool IsReady => _index is not null;

    /// <summary>The number of indexed entries.</summary>
    public int Count => _index?.Current.Count ?? 0;

    /// <summary>Builds the index or brings it up to date.</summary>
    /// <returns>Ids of unreadable entries found since the last call. Each id is returned once.</returns>
    public async Task<IReadOnlyList<Guid>> CatchUpAsync(CancellationToken cancellation)
    {
        await _catchingUp.WaitAsync(cancellation);
        try
        {
            await using var session = await database.OpenAsync(cancellation);
            var epoch = await ChangeCounter.EpochAsync(session, cancellation);
            if (_index is null || epoch != _epoch || await LatestTexts.HeadAsync(session, cancellation) < _seen)
            {
                // After a restore, the same numbers can mean other changes. Decreased numbers mean one without a new epoch.
                return await BuildAsync(session, epoch, cancellation);
            }

            await ReadVocabulariesAsync(session, _index, cancellation);
            while (!await ApplyChangesAsync(session, _index, BatchSize, cancellation))
            {
            }

            var unreadable = new List<Guid>();
            while (_unreadable.TryDequeue(out var id))
            {
                unreadable.Add(id);
            }

            return unreadable;
        }
        finally
        {
            _catchingUp.Release();
        }
    }

    /// <summary>Searches the index. Exact key matches come first, then the best text matches.</summary>
    /// <param name="session">A session.</param>
    /// <param name="text">The search text.</param>
    /// <param name="kind">The kind of entry; null for all.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>Ids of the entries; null while the index is being built.</returns>
    public async Task<IReadOnlyList<Guid>?> FindAsync(DbSession session, string text, EntryKind? kind, CancellationToken cancellation)
    {
        if (_index is not { } index)
        {
            return null;
        }

        await ApplyChangesAsync(session, index, CatchUpLimit, cancellation);
        var exact = await EntryFinder.FindByKeyAsync(session, text, kind, cancellation);
        if (Guid.TryParse(text, out _))
        {
            return exact;
        }

        var query = new SearchQuery { Text = text, Kinds = kind is { } only ? [only] : [], Take = int.MaxValue };
        var found = index.Current.Search(query).Hits.Select(h => h.Entry.Id);
        return [.. exact, .. found.Where(id => !exact.Contains(id))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _index?.Dispose();
        _catchingUp.Dispose();
    }

    private async Task<IReadOnlyList<Guid>> BuildAsync(DbSession session, Guid epoch, CancellationToken cancellation)
    {
        _vocabularies = await VocabularyStore.VersionAsync(session, cancellation);
        var index = new DirectoryIndex(await VocabularyStore.ReadAsync(session, cancellation), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), editorial: true);
        var head = await LatestTexts.HeadAsync(session, cancellation);
        var leftOut = await index.ApplyAsync(LatestTexts.ReadAllAsync(database, head, BatchSize, cancellation), cancellation);
        Interlocked.Exchange(ref _seen, head);
        (_index, _epoch) = (index, epoch);
        return [.. leftOut.Select(e => e.Id)];
    }

    private async Task ReadVocabulariesAsync(DbSession session, DirectoryIndex index, CancellationToken cancellation)
    {
        var version = await VocabularyStore.VersionAsync(session, cancellation);
        if (version != _vocabularies)
        {
            index.Use(await VocabularyStore.ReadAsync(session, cancellation));
            _vocabularies = version;
        }
    }

    /// <summary>Applies recent changes. Safe to call concurrently, because older revisions never replace newer ones.</summary>
    /// <returns>True if no changes remain.</returns>
    private async Task<bool> ApplyChangesAsync(DbSession session, DirectoryIndex index, int limit, CancellationToken cancellation)
    {
        var seen = Interlocked.Read(ref _seen);
        var (texts, head, isAll) = await LatestTexts.SinceAsync(session, seen, limit, cancellation);
        if (texts.Count > 0)
        {
            foreach (var entry in index.Apply(texts))
            {
                _unreadable.Enqueue(entry.Id);
            }
        }

        // Advance only if no concurrent call has advanced first; otherwise rows in between could be skipped.
        Interlocked.CompareExchange(ref _seen, head, seen);
        return isAll;
    }
}
