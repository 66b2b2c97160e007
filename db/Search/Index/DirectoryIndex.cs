using HealthEquity.Directory.Publication;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Text;

namespace HealthEquity.Search.Index;

/// <summary>
/// The in-memory directory of one node. <see cref="Apply"/> adds changes, one caller at a time. Readers use <see cref="Current"/>, an immutable
/// snapshot, and never wait. We use our own index because
/// Lucene's took 12 s to build for 100,000 entries, and SQLite's FTS5 misses Arabic stems and short Chinese words.
/// </summary>
public sealed class DirectoryIndex : IDisposable
{
    private const int SequentialThreshold = 64;

    /// <summary>Entries per batch of a rebuild: enough for two cores, few enough to stay in the youngest GC generation.</summary>
    private const int BatchSize = 1024;

    private readonly SemaphoreSlim _writing = new(1);
    private readonly bool _editorial;
    private VocabularySet _vocabularies;
    private DirectorySnapshot _current;
    private DateOnly _today;

    /// <summary>Creates an empty directory.</summary>
    /// <param name="vocabularies">The vocabularies whose labels make coded values searchable.</param>
    /// <param name="today">Today's date, for marking overdue entries.</param>
    /// <param name="editorial">True to index revisions with editorial content. Never serve such an index to the public.</param>
    public DirectoryIndex(VocabularySet vocabularies, DateOnly today, bool editorial = false)
    {
        _editorial = editorial;
        _vocabularies = vocabularies;
        _today = today;
        _current = new DirectorySnapshot(DirectoryState.Empty(new IndexColumns(vocabularies)));
    }

    /// <summary>The current snapshot.</summary>
    public DirectorySnapshot Current => Volatile.Read(ref _current);

    /// <summary>
    /// Applies changes in the order of their sequence numbers and publishes them in one snapshot. Rows that are not newer than the indexed entry are
    /// ignored. Applying many rows at once is faster than one by one.
    /// </summary>
    /// <param name="changes">Rows of the public projection: entries and tombstones.</param>
    /// <returns>Entries that could not be loaded. They are left out, whichever version of them was indexed before.</returns>
    public IReadOnlyList<LeftOutEntry> Apply(IReadOnlyList<PublishedEntry> changes)
    {
        var leftOut = new List<LeftOutEntry>();
        Write(() =>
        {
            var change = new SnapshotChange(Current.State, _today);
            Append(change, changes, Draft(changes, change.Columns), leftOut);
            Show(change);
        });
        return leftOut;
    }

    /// <summary>
    /// Applies changes that arrive in batches: one batch is appended while the next is read. All are published at the end. If reading fails, those
    /// before the failure are published, so that the next attempt goes on from there instead of appending them again.
    /// </summary>
    /// <param name="batches">Rows of the public projection, in the order of their sequence numbers.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>Entries that could not be loaded.</returns>
    public async Task<IReadOnlyList<LeftOutEntry>> ApplyAsync(IAsyncEnumerable<IReadOnlyList<PublishedEntry>> batches, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            var change = new SnapshotChange(Current.State, _today);
            var leftOut = new List<LeftOutEntry>();
            try
            {
                await AppendAsync(change, batches, leftOut, cancellation);
            }
            finally
            {
                if (change.Any)
                {
                    Show(change);
                }
            }

            return leftOut;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>
    /// Loads the whole directory in place of what is here: at the start, and after a restore, when numbers were given to other changes. The old
    /// directory is served until the new one is complete, and after a failure.
    /// </summary>
    /// <param name="batches">All rows of the public projection, in the order of their sequence numbers.</param>
    /// <param name="epoch">The epoch of the database.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>Entries that could not be loaded.</returns>
    public async Task<IReadOnlyList<LeftOutEntry>> ReloadAsync(
        IAsyncEnumerable<IReadOnlyList<PublishedEntry>> batches, Guid epoch, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            var empty = DirectoryState.Empty(new IndexColumns(_vocabularies)) with { Epoch = epoch, Generation = Current.Generation };
            var change = new SnapshotChange(empty, _today);
            var leftOut = new List<LeftOutEntry>();
            await AppendAsync(change, batches, leftOut, cancellation);
            change.Columns.ForgetReaders();
            Show(change);
            return leftOut;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Loads a saved directory, unless it is of another database, or read by other code, or not what the rows of the database say.</summary>
    /// <param name="file">The file.</param>
    /// <param name="key">What the directory depends on besides the entries.</param>
    /// <param name="rows">All rows of the public projection.</param>
    /// <returns>True if it was loaded. Changes after it are applied as usual.</returns>
    /// <exception cref="IOException">The file can't be read.</exception>
    public bool TryRestore(string file, string key, IReadOnlyList<PublishedVersion> rows)
    {
        var isRestored = false;
        Write(() =>
        {
            if (SavedDirectory.Load(file, key, _vocabularies, _today) is { } saved && saved.Agrees(rows))
            {
                Show(new DirectorySnapshot(saved with { Generation = Current.Generation + 1 }));
                isRestored = true;
            }
        });
        return isRestored;
    }

    /// <summary>Starts a new day: entries that have become overdue are marked.</summary>
    public void Tick(DateOnly today) => Write(() =>
    {
        if (today != _today)
        {
            _today = today;
            Show(Current.On(today));
        }
    });

    /// <summary>Starts a new generation of the same entries: something else that answers are made of has changed.</summary>
    public void Renew() => Write(() => Show(Current.On(_today)));

    /// <summary>Replaces the vocabularies and rebuilds the index, so that entries are found by the new labels.</summary>
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

    private async Task AppendAsync(
        SnapshotChange change, IAsyncEnumerable<IReadOnlyList<PublishedEntry>> batches, List<LeftOutEntry> leftOut, CancellationToken cancellation)
    {
        var before = (Rows: (IReadOnlyList<PublishedEntry>)[], Drafts: Task.FromResult(Array.Empty<DraftResult>()));
        await foreach (var rows in batches.WithCancellation(cancellation))
        {
            var drafts = Task.Run(() => Draft(rows, change.Columns), cancellation);
            Append(change, before.Rows, await before.Drafts, leftOut);
            before = (rows, drafts);
        }

        Append(change, before.Rows, await before.Drafts, leftOut);
    }

    private void Rebuild()
    {
        var old = Current;
        var change = new SnapshotChange(old.State, _today, new IndexColumns(_vocabularies));
        var alive = old.AliveOrdinals();
        for (var start = 0; start < alive.Length; start += BatchSize)
        {
            var drafts = new DraftResult[Math.Min(BatchSize, alive.Length - start)];
            InParallel(drafts.Length, change.Columns, (i, text) =>
            {
                var ordinal = alive[start + i];
                var entry = old.EntryAt(ordinal);
                var row = new PublishedEntry { EntryId = entry.Id, Slug = entry.Slug, Sequence = entry.Sequence, ChangedAt = entry.ChangedAt, AssuredOn = old.AssuredOn(ordinal) };
                drafts[i] = Draft(() => EntryDraft.Read(entry.PublishedBody.ToArray(), row, text));
            });
            for (var i = 0; i < drafts.Length; i++)
            {
                if (drafts[i].Draft is { } draft)
                {
                    change.Add(draft);
                }
                else
                {
                    var entry = old.EntryAt(alive[start + i]);
                    change.LeaveOut(entry.Id, entry.Sequence, drafts[i].Fault!);
                }
            }

            change.AddTerms();
        }

        change.Columns.ForgetReaders();
        Show(change.Finish());
    }

    private static void Append(SnapshotChange change, IReadOnlyList<PublishedEntry> rows, DraftResult[] drafts, List<LeftOutEntry> leftOut)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (change.Apply(rows[i], drafts[i]) is { } left)
            {
                leftOut.Add(left);
            }
        }

        change.AddTerms();
    }

    private DraftResult[] Draft(IReadOnlyList<PublishedEntry> changes, IndexColumns columns)
    {
        var drafts = new DraftResult[changes.Count];
        InParallel(drafts.Length, columns, (i, text) =>
        {
            if (changes[i].Body is not null)
            {
                drafts[i] = Draft(() =>
                {
                    var draft = EntryDraft.Read(changes[i], text);
                    draft.Days?.Expand(_today);
                    return draft;
                });
            }
        });
        return drafts;
    }

    /// <summary>One bad row must not keep the node from serving the others, whatever is wrong with it.</summary>
    private static DraftResult Draft(Func<EntryDraft> read)
    {
        try
        {
            return new DraftResult(read(), Fault: null);
        }
        catch (Exception fault)
        {
            return new DraftResult(Draft: null, UnloadableEntryException.Reason(fault));
        }
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
