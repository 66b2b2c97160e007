using System.Text.Json;
using HealthEquity.Directory.Publication;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Text;

namespace HealthEquity.Search.Index;

/// <summary>
/// The directory as one node keeps it in memory. Changes are brought in by <see cref="Apply"/>, one caller at a time waiting
/// for the other; readers take <see cref="Current"/>, which never changes under them, and never wait. We keep our own index because
/// Lucene's took 12 s to build for 100,000 entries, and SQLite's FTS5 misses Arabic stems and short Chinese words.
/// </summary>
public sealed class DirectoryIndex : IDisposable
{
    private const int SequentialThreshold = 64;

    /// <summary>Entries that are read anew at a time: enough for two cores, and not so many that what was read grows old.</summary>
    private const int BatchSize = 1024;

    private readonly SemaphoreSlim _writing = new(1);
    private readonly bool _editorial;
    private VocabularySet _vocabularies;
    private DirectorySnapshot _current;
    private DateOnly _today;

    /// <summary>Makes an empty directory.</summary>
    /// <param name="vocabularies">Gives the labels by which coded values are found.</param>
    /// <param name="today">The day (UTC) by which checks are overdue or not.</param>
    /// <param name="editorial">True to take revisions in, with what only curators read; nothing of such an index may be served to the public.</param>
    public DirectoryIndex(VocabularySet vocabularies, DateOnly today, bool editorial = false)
    {
        _editorial = editorial;
        _vocabularies = vocabularies;
        _today = today;
        _current = new DirectorySnapshot(DirectoryState.Empty(new IndexColumns(vocabularies)));
    }

    /// <summary>The directory as it is now.</summary>
    public DirectorySnapshot Current => Volatile.Read(ref _current);

    /// <summary>
    /// Brings in changes, in the order of their numbers, and then shows them all at once. A row that is not newer than what is
    /// known of its entry changes nothing. Loading many at once is quicker than one by one.
    /// </summary>
    /// <param name="changes">Rows of the public projection: entries, and tombstones of entries withdrawn.</param>
    /// <returns>Ids of rows whose body could not be read; they are left out, and what was known of them stays.</returns>
    public IReadOnlyList<Guid> Apply(IReadOnlyList<PublishedEntry> changes)
    {
        var unreadable = new List<Guid>();
        Write(() =>
        {
            var change = new SnapshotChange(Current.State, _today);
            Append(change, changes, Draft(changes, change.Columns), unreadable);
            Show(change);
        });
        return unreadable;
    }

    /// <summary>
    /// The same for changes that arrive in batches: one batch is appended while the next is being read. All are shown at the end;
    /// when reading fails, none is.
    /// </summary>
    /// <param name="batches">Rows of the public projection, in the order of their numbers.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>Ids of rows whose body could not be read.</returns>
    public async Task<IReadOnlyList<Guid>> ApplyAsync(IAsyncEnumerable<IReadOnlyList<PublishedEntry>> batches, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            var change = new SnapshotChange(Current.State, _today);
            var unreadable = new List<Guid>();
            var before = (Rows: (IReadOnlyList<PublishedEntry>)[], Drafts: Task.FromResult(Array.Empty<EntryDraft?>()));
            await foreach (var rows in batches.WithCancellation(cancellation))
            {
                var drafts = Task.Run(() => Draft(rows, change.Columns), cancellation);
                Append(change, before.Rows, await before.Drafts, unreadable);
                before = (rows, drafts);
            }

            Append(change, before.Rows, await before.Drafts, unreadable);
            if (change.Any)
            {
                Show(change);
            }

            return unreadable;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Says that a day (UTC) has begun: entries whose check has become overdue say so from now on.</summary>
    public void Tick(DateOnly today) => Write(() =>
    {
        if (today != _today)
        {
            _today = today;
            Show(Current.On(today));
        }
    });

    /// <summary>Takes other vocabularies, and reads every entry anew so that it is found by their labels.</summary>
    public void Use(VocabularySet vocabularies) => Write(() =>
    {
        _vocabularies = vocabularies;
        Rebuild();
    });

    /// <inheritdoc/>
    public void Dispose() => _writing.Dispose();

    private void Write(Action work)
    {
        _writing.Wait();
        try
        {
            work();
        }
        finally
        {
            _writing.Release();
        }
    }

    private void Rebuild()
    {
        var old = Current;
        var change = new SnapshotChange(old.State, _today, new IndexColumns(_vocabularies));
        var alive = old.AliveOrdinals();
        for (var start = 0; start < alive.Length; start += BatchSize)
        {
            var drafts = new EntryDraft[Math.Min(BatchSize, alive.Length - start)];
            InParallel(drafts.Length, change.Columns, (i, text) =>
            {
                var ordinal = alive[start + i];
                var entry = old.EntryAt(ordinal);
                drafts[i] = EntryDraft.Read(entry.PublishedBody.ToArray(), entry.Id, entry.Slug, entry.Sequence, old.AssuredOn(ordinal), text);
            });
            Array.ForEach(drafts, change.Add);
            change.AddTerms();
        }

        Show(change.Finish());
    }

    private static void Append(SnapshotChange change, IReadOnlyList<PublishedEntry> rows, EntryDraft?[] drafts, List<Guid> unreadable)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (!change.Apply(rows[i], drafts[i]))
            {
                unreadable.Add(rows[i].EntryId);
            }
        }

        change.AddTerms();
    }

    private EntryDraft?[] Draft(IReadOnlyList<PublishedEntry> changes, IndexColumns columns)
    {
        var drafts = new EntryDraft?[changes.Count];
        InParallel(drafts.Length, columns, (i, text) =>
        {
            if (changes[i].Body is null)
            {
                return;
            }

            try
            {
                drafts[i] = EntryDraft.Read(changes[i], text);
                drafts[i]!.Days?.Expand(_today);
            }
            catch (Exception fault) when (fault is JsonException || _editorial)
            {
                // One bad row must not keep a node from serving the others.
            }
        });
        return drafts;
    }

    private void InParallel(int count, IndexColumns columns, Action<int, EntryText> read)
    {
        if (count < SequentialThreshold)
        {
            var text = Take();
            for (var i = 0; i < count; i++)
            {
                read(i, text);
            }

            columns.Readers.Add(text);
            return;
        }

        Parallel.For(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            Take,
            (i, _, text) =>
            {
                read(i, text);
                return text;
            },
            columns.Readers.Add);

        EntryText Take() => columns.Readers.TryTake(out var reader) ? reader : new EntryText(new TextAnalyzer(columns.Text), _vocabularies, _editorial);
    }

    private void Show(SnapshotChange change)
    {
        Show(change.Finish());
        if (Current.IsMostlyDead)
        {
            Rebuild();
        }
    }

    private void Show(DirectorySnapshot snapshot) => Volatile.Write(ref _current, snapshot);
}
