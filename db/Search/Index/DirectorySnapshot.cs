using HealthEquity.Directory.Entries;
using HealthEquity.Search.Columns;

namespace HealthEquity.Search.Index;

/// <summary>The directory as it was after one change. It never changes; any number of threads may read it.</summary>
public sealed class DirectorySnapshot
{
    private const int DeadToBeWorthwhile = 5000;

    internal DirectorySnapshot(DirectoryState state)
    {
        State = state;
        Count = Bitmap.Count(state.Alive);
    }

    /// <summary>The number of the last change it holds; 0 when it holds none.</summary>
    public long Sequence => State.Sequence;

    /// <summary>
    /// Counts the snapshots of this index: it moves with every change, and also when a day begins or the vocabularies change.
    /// Whoever keeps answers keeps them for a generation.
    /// </summary>
    public long Generation => State.Generation;

    /// <summary>How many entries are public.</summary>
    public int Count { get; }

    internal DirectoryState State { get; }

    internal IndexColumns Columns => State.Columns;

    internal ulong[] Alive => State.Alive;

    internal int Ordinals => State.Ordinals;

    internal bool IsMostlyDead => Ordinals - Count > DeadToBeWorthwhile && Ordinals > 2 * Count;

    /// <summary>The entry with that id, whatever its kind; null when it is not public.</summary>
    public IndexedEntry? Find(Guid id) => State.Ids.TryGetValue(id, out var ordinal) ? EntryAt(ordinal) : null;

    /// <summary>The entry of that kind with that id; null when there is none.</summary>
    public IndexedEntry? Find(EntryKind kind, Guid id) => Find(id) is { } entry && entry.Kind == kind ? entry : null;

    /// <summary>
    /// The entry of that kind with that slug, now or formerly: where <see cref="IndexedEntry.Slug"/> differs, the reader is to be
    /// sent there. Null when there is none.
    /// </summary>
    public IndexedEntry? FindBySlug(EntryKind kind, string slug) =>
        State.Slugs.TryGetValue(slug, out var ordinal) && EntryAt(ordinal) is var entry && entry.Kind == kind ? entry : null;

    /// <summary>What is left of a withdrawn entry; null when it is public, or never was.</summary>
    public Tombstone? FindWithdrawn(Guid id) => State.Withdrawn.GetValueOrDefault(id);

    /// <summary>What is left of the withdrawn entry that had that slug; null when there is none of that kind.</summary>
    public Tombstone? FindWithdrawn(EntryKind kind, string slug) =>
        State.WithdrawnSlugs.TryGetValue(slug, out var id) && State.Withdrawn[id] is var tombstone && tombstone.Kind == kind ? tombstone : null;

    /// <summary>
    /// The public entry that a withdrawn one was merged into, also where that was merged into another in turn; null when there is
    /// none.
    /// </summary>
    public IndexedEntry? FindSurvivor(Tombstone withdrawn)
    {
        // Each step leads to another tombstone: more steps than tombstones would be a circle.
        var next = withdrawn.MergedInto;
        for (var steps = 0; next is { } id && steps <= State.Withdrawn.Count; steps++)
        {
            if (Find(id) is { } living)
            {
                return living;
            }

            next = FindWithdrawn(id)?.MergedInto;
        }

        return null;
    }

    /// <summary>True when an entry of that id was withdrawn and has not come back.</summary>
    public bool IsWithdrawn(Guid id) => State.Withdrawn.ContainsKey(id);

    /// <summary>All entries of a kind, by name.</summary>
    public IEnumerable<IndexedEntry> All(EntryKind kind) => All().Where(e => e.Kind == kind);

    /// <summary>All entries, by name.</summary>
    public IEnumerable<IndexedEntry> All() => State.NameOrder.Where(o => Bitmap.Has(Alive, o)).Select(EntryAt);

    /// <summary>Answers a query.</summary>
    /// <exception cref="ArgumentException">A distance is asked for with no place.</exception>
    public SearchResult Search(SearchQuery query) => InWorkspace(workspace => new SearchRun(this, workspace, query).Answer());

    /// <summary>Completions of what somebody is typing: names of entries, labels of vocabulary terms that entries hold, places.</summary>
    /// <param name="text">What has been typed.</param>
    /// <param name="language">The reader's language, BCP-47.</param>
    /// <param name="kinds">Kinds of entry wanted; empty means all.</param>
    /// <param name="take">How many at most.</param>
    public IReadOnlyList<Completion> Suggest(string text, string? language, IReadOnlyList<EntryKind> kinds, int take) =>
        InWorkspace(workspace => new CompletionRun(this, workspace, language, kinds).Answer(text, take));

    internal IndexedEntry EntryAt(int ordinal) => State.Entries[ordinal];

    internal DateOnly? AssuredOn(int ordinal) =>
        Columns.Assured[ordinal] is not IndexColumns.NoDay and var day ? DateOnly.FromDayNumber(day) : null;

    internal int[] AliveOrdinals()
    {
        var ordinals = new int[Count];
        var i = 0;
        foreach (var ordinal in Bitmap.Each(Alive))
        {
            ordinals[i++] = ordinal;
        }

        return ordinals;
    }

    /// <summary>The same directory on another day: entries whose check has become overdue say so.</summary>
    internal DirectorySnapshot On(DateOnly today)
    {
        var entries = new AppendList<IndexedEntry>(Math.Max(4, Ordinals));
        for (var ordinal = 0; ordinal < Ordinals; ordinal++)
        {
            var entry = EntryAt(ordinal);
            var overdue = Columns.IsOverdue(ordinal, today);
            entries.Add(overdue == entry.Overdue ? entry : entry.Marked(overdue));
        }

        return new DirectorySnapshot(State with { Entries = entries, Generation = Generation + 1 });
    }

    private T InWorkspace<T>(Func<SearchWorkspace, T> work)
    {
        var workspace = State.Workspaces.TryTake(out var used) ? used : new SearchWorkspace();
        workspace.Begin(Ordinals);
        var result = work(workspace);
        State.Workspaces.Add(workspace);
        return result;
    }
}
