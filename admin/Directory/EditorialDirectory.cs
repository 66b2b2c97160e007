using System.Collections.Concurrent;
using HealthEquity.Directory.Entries;
using HealthEquity.Search.Index;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Vocabularies;

namespace HealthEquity.Admin.Directory;

/// <summary>
/// The directory as curators search it: the latest text of every entry in every state, in an index like the public one. It is built in
/// the background; after that every search first takes in what was done meanwhile, by whatever process, so that who saves finds.
/// </summary>
public sealed class EditorialDirectory(Database database, TimeProvider clock) : IDisposable
{
    private const int Batch = 1_000;

    /// <summary>What a search takes in by itself; after a large import the rest is left to the background.</summary>
    private const int CatchUpLimit = 500;

    private readonly SemaphoreSlim _catchingUp = new(1);
    private readonly ConcurrentQueue<Guid> _unreadable = new();
    private volatile DirectoryIndex? _index;
    private long _seen;
    private DateTimeOffset? _vocabularies;

    /// <summary>True when the index has been built.</summary>
    public bool IsReady => _index is not null;

    /// <summary>How many entries it holds.</summary>
    public int Count => _index?.Current.Count ?? 0;

    /// <summary>Builds the index, or brings it up to date.</summary>
    /// <returns>Ids of entries whose text could not be read, by this or by a search since the last time; each is told once.</returns>
    public async Task<IReadOnlyList<Guid>> CatchUpAsync(CancellationToken cancellation)
    {
        await _catchingUp.WaitAsync(cancellation);
        try
        {
            await using var session = await database.OpenAsync(cancellation);
            if (_index is null || await LatestTexts.HeadAsync(session, cancellation) < _seen)
            {
                // Numbers go back only where the database was replaced, by an older copy of itself.
                return await BuildAsync(session, cancellation);
            }

            await ReadVocabulariesAsync(session, _index, cancellation);
            while (!await TakeInAsync(session, _index, Batch, cancellation))
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

    /// <summary>What was looked for, best first: entries that hold the text as a whole key, then what the words find.</summary>
    /// <param name="session">A session.</param>
    /// <param name="text">What was typed.</param>
    /// <param name="kind">Only entries of that kind; null for all.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>Ids of the entries; null while the index is being built.</returns>
    public async Task<IReadOnlyList<Guid>?> FindAsync(DbSession session, string text, EntryKind? kind, CancellationToken cancellation)
    {
        if (_index is not { } index)
        {
            return null;
        }

        await TakeInAsync(session, index, CatchUpLimit, cancellation);
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

    private async Task<IReadOnlyList<Guid>> BuildAsync(DbSession session, CancellationToken cancellation)
    {
        _vocabularies = await VocabularyStore.VersionAsync(session, cancellation);
        var index = new DirectoryIndex(await VocabularyStore.ReadAsync(session, cancellation), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), editorial: true);
        var head = await LatestTexts.HeadAsync(session, cancellation);
        var unreadable = await index.ApplyAsync(LatestTexts.ReadAllAsync(database, head, Batch, cancellation), cancellation);
        Interlocked.Exchange(ref _seen, head);
        _index = index;
        return unreadable;
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

    /// <summary>Takes in what was done since; whoever else does so at the same time does no harm, for older texts change nothing.</summary>
    /// <returns>True when that was all.</returns>
    private async Task<bool> TakeInAsync(DbSession session, DirectoryIndex index, int limit, CancellationToken cancellation)
    {
        var seen = Interlocked.Read(ref _seen);
        var (texts, head, isAll) = await LatestTexts.SinceAsync(session, seen, limit, cancellation);
        if (texts.Count > 0)
        {
            foreach (var id in index.Apply(texts))
            {
                _unreadable.Enqueue(id);
            }
        }

        // Only who began where the last one ended moves the mark; another has the rows between still to come.
        Interlocked.CompareExchange(ref _seen, head, seen);
        return isAll;
    }
}
