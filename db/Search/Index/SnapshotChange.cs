using System.Collections.Immutable;
using HealthEquity.Directory.Publication;
using HealthEquity.Search.Columns;
using HealthEquity.Search.Text;

namespace HealthEquity.Search.Index;

/// <summary>Builds the next snapshot. Columns are appended in place; data that snapshots do not share is copied.</summary>
internal sealed class SnapshotChange
{
    private readonly DirectoryState _start;
    private readonly DateOnly _today;
    private readonly ImmutableDictionary<Guid, int>.Builder _ids;
    private readonly ImmutableDictionary<string, int>.Builder _slugs;
    private readonly ImmutableDictionary<Guid, Tombstone>.Builder _withdrawn;
    private readonly ImmutableDictionary<string, Guid>.Builder _withdrawnSlugs;
    private readonly ImmutableDictionary<Guid, LeftOutEntry>.Builder _leftOut;
    private readonly int _firstNew;
    private readonly List<int> _dead = [];
    private readonly List<(int Ordinal, WeightedTerm[] Terms)> _terms = [];
    private long _sequence;

    /// <summary>Starts a change.</summary>
    /// <param name="before">The previous state.</param>
    /// <param name="today">Today's date, for marking overdue entries.</param>
    /// <param name="fresh">Empty columns for a rebuild, to which every live entry is added; null to append to the existing columns.</param>
    public SnapshotChange(DirectoryState before, DateOnly today, IndexColumns? fresh = null)
    {
        _start = fresh is null ? before : DirectoryState.Empty(fresh) with
        {
            Sequence = before.Sequence,
            Epoch = before.Epoch,
            Generation = before.Generation,
            Withdrawn = before.Withdrawn,
            WithdrawnSlugs = before.WithdrawnSlugs,
            LeftOut = before.LeftOut,
        };
        _today = today;
        _sequence = _start.Sequence;
        _ids = _start.Ids.ToBuilder();
        _slugs = _start.Slugs.ToBuilder();
        _withdrawn = _start.Withdrawn.ToBuilder();
        _withdrawnSlugs = _start.WithdrawnSlugs.ToBuilder();
        _leftOut = _start.LeftOut.ToBuilder();
        _firstNew = Columns.Count;
    }

    /// <summary>The columns to append to.</summary>
    public IndexColumns Columns => _start.Columns;

    /// <summary>The entries by ordinal.</summary>
    public AppendList<IndexedEntry> Entries => _start.Entries;

    /// <summary>True if any row was applied.</summary>
    public bool Any { get; private set; }

    /// <summary>Applies a row. A row that can't be loaded leaves its entry out entirely: a version before it may be withdrawn for a reason.</summary>
    /// <param name="row">The row.</param>
    /// <param name="draft">The parsed body, or why it can't be parsed.</param>
    /// <returns>The entry, if it is left out.</returns>
    public LeftOutEntry? Apply(PublishedEntry row, DraftResult draft)
    {
        Any = true;
        _sequence = Math.Max(_sequence, row.Sequence);
        if (SequenceOf(row.EntryId) >= row.Sequence)
        {
            return null;
        }

        Remove(row.EntryId);
        if (row.Body is null)
        {
            var tombstone = new Tombstone(row.EntryId, row.Kind, row.Slug, row.Sequence, row.WithdrawnAt ?? row.ChangedAt, row.MergedInto);
            _withdrawn[row.EntryId] = tombstone;
            _withdrawnSlugs[row.Slug] = row.EntryId;
            return null;
        }

        return draft.Draft is null ? LeaveOut(row.EntryId, row.Sequence, draft.Fault ?? "it could not be read") : Add(draft.Draft);
    }

    /// <summary>Appends an entry. If that fails, what was appended belongs to an ordinal that is never alive.</summary>
    /// <returns>The entry, if it is left out.</returns>
    public LeftOutEntry? Add(EntryDraft draft)
    {
        var ordinal = Columns.Count;
        IndexedEntry entry;
        try
        {
            entry = Columns.Add(draft, _today);
        }
        catch (Exception fault)
        {
            Columns.FillTo(ordinal + 1);
            Entries.Add(IndexedEntry.Nothing);
            _dead.Add(ordinal);
            return LeaveOut(draft.Id, draft.Sequence, UnloadableEntryException.Reason(fault));
        }

        _terms.Add((ordinal, draft.Terms));
        Entries.Add(entry);
        _ids[entry.Id] = ordinal;
        foreach (var former in entry.FormerSlugs)
        {
            _slugs.TryAdd(former, ordinal);
        }

        _slugs[entry.Slug] = ordinal;
        return null;
    }

    /// <summary>Leaves an entry out until its row changes.</summary>
    public LeftOutEntry LeaveOut(Guid id, long sequence, string reason) => _leftOut[id] = new LeftOutEntry(id, sequence, reason);

    /// <summary>
    /// Appends the terms of the added entries. This is most of the work, and terms are independent, so two threads take half of the terms
    /// each.
    /// </summary>
    public void AddTerms()
    {
        const int parallelThreshold = 64;
        if (_terms.Count < parallelThreshold)
        {
            AddTerms(part: 0, parts: 1);
        }
        else
        {
            Parallel.For(0, 2, part => AddTerms(part, parts: 2));
        }

        _terms.Clear();
    }

    /// <summary>Creates the snapshot with all applied rows.</summary>
    public DirectorySnapshot Finish()
    {
        Columns.Text.Commit();
        var count = Columns.Count;
        var alive = new ulong[Bitmap.Words(count)];
        _start.Alive.CopyTo(alive, 0);
        for (var ordinal = _firstNew; ordinal < count; ordinal++)
        {
            Bitmap.Set(alive, ordinal);
        }

        foreach (var ordinal in _dead)
        {
            Bitmap.Clear(alive, ordinal);
        }

        var added = Enumerable.Range(_firstNew, count - _firstNew).ToArray();
        var byName = new ByName(Columns);
        return new DirectorySnapshot(_start with
        {
            Alive = alive,
            Ordinals = count,
            Sequence = _sequence,
            Generation = _start.Generation + 1,
            Ids = _ids.ToImmutable(),
            Slugs = _slugs.ToImmutable(),
            Withdrawn = _withdrawn.ToImmutable(),
            WithdrawnSlugs = _withdrawnSlugs.ToImmutable(),
            LeftOut = _leftOut.ToImmutable(),
            NameOrder = SortedOrder.Merge(_start.NameOrder, [.. added], byName),
            VerifiedOrder = SortedOrder.Merge(_start.VerifiedOrder, added, new ByVerified(Columns, byName)),
        });
    }

    private void AddTerms(int part, int parts)
    {
        foreach (var (ordinal, terms) in _terms)
        {
            foreach (var term in terms)
            {
                if (term.Term.Number % parts == part)
                {
                    term.Term.Add(ordinal, term.Weight, term.InName);
                }
            }
        }
    }

    private long SequenceOf(Guid id) =>
        _ids.TryGetValue(id, out var ordinal) ? Entries[ordinal].Sequence
        : _withdrawn.TryGetValue(id, out var tombstone) ? tombstone.Sequence
        : _leftOut.TryGetValue(id, out var leftOut) ? leftOut.Sequence
        : -1;

    private void Remove(Guid id)
    {
        _leftOut.Remove(id);
        if (_withdrawn.Remove(id, out var tombstone))
        {
            _withdrawnSlugs.Remove(tombstone.Slug);
        }

        if (!_ids.Remove(id, out var ordinal))
        {
            return;
        }

        _dead.Add(ordinal);
        foreach (var slug in Entries[ordinal].FormerSlugs.Append(Entries[ordinal].Slug))
        {
            if (_slugs.TryGetValue(slug, out var holder) && holder == ordinal)
            {
                _slugs.Remove(slug);
            }
        }
    }

    private sealed class ByName(IndexColumns columns) : IComparer<int>
    {
        public int Compare(int x, int y)
        {
            var order = columns.NameKeys[x].AsSpan().SequenceCompareTo(columns.NameKeys[y]);
            return order != 0 ? order : x.CompareTo(y);
        }
    }

    private sealed class ByVerified(IndexColumns columns, ByName byName) : IComparer<int>
    {
        public int Compare(int x, int y)
        {
            var order = columns.Assured[y].CompareTo(columns.Assured[x]);
            return order != 0 ? order : byName.Compare(x, y);
        }
    }
}
