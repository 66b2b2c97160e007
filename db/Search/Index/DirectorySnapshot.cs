using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Search.Columns;

namespace HealthEquity.Search.Index;

/// <summary>An immutable snapshot of the directory. Thread-safe.</summary>
public sealed class DirectorySnapshot
{
    private const int RebuildThreshold = 5000;

    internal DirectorySnapshot(DirectoryState state)
    {
        State = state;
        Count = Bitmap.Count(state.Alive);
    }

    /// <summary>The sequence number of the last change; 0 if there is none.</summary>
    public long Sequence => State.Sequence;

    /// <summary>The last change and its epoch.</summary>
    public ChangeMark Mark => new(State.Sequence, State.Epoch);

    /// <summary>
    /// The number of this snapshot. It increases with every change, with a new day, and when the vocabularies change. Cached responses are valid
    /// for one generation.
    /// </summary>
    public long Generation => State.Generation;

    /// <summary>The number of entries.</summary>
    public int Count { get; }

    internal DirectoryState State { get; }

    internal IndexColumns Columns => State.Columns;

    internal ulong[] Alive => State.Alive;

    internal int Ordinals => State.Ordinals;

    internal bool IsMostlyDead => Ordinals - Count > RebuildThreshold && Ordinals > 2 * Count;

    /// <summary>The entry with that id, of any kind; null if there is none.</summary>
    public IndexedEntry? Find(Guid id) => State.Ids.TryGetValue(id, out var ordinal) ? EntryAt(ordinal) : null;

    /// <summary>The entry with that kind and id; null if there is none.</summary>
    public IndexedEntry? Find(EntryKind kind, Guid id) => Find(id) is { } entry && entry.Kind == kind ? entry : null;

    /// <summary>
    /// The entry with that kind and current or former slug. If <see cref="IndexedEntry.Slug"/> differs, redirect the reader. Null if there is
    /// none.
    /// </summary>
    public IndexedEntry? FindBySlug(EntryKind kind, string slug) =>
        State.Slugs.TryGetValue(slug, out var ordinal) && EntryAt(ordinal) is var entry && entry.Kind == kind ? entry : null;

    /// <summary>The tombstone of a withdrawn entry; null if it is public or never was.</summary>
    public Tombstone? FindWithdrawn(Guid id) => State.Withdrawn.GetValueOrDefault(id);

    /// <summary>The tombstone of the withdrawn entry with that kind and slug; null if there is none.</summary>
    public Tombstone? FindWithdrawn(EntryKind kind, string slug) =>
        State.WithdrawnSlugs.TryGetValue(slug, out var id) && State.Withdrawn[id] is var tombstone && tombstone.Kind == kind ? tombstone : null;

    /// <summary>
    /// The public entry that a withdrawn entry was merged into, following successive merges; null if there is none.
    /// </summary>
    public IndexedEntry? FindSurvivor(Tombstone withdrawn)
    {
        // Each step leads to another tombstone, so more steps than tombstones means a cycle.
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

    /// <summary>The tombstones of all withdrawn entries, in no order.</summary>
    public IEnumerable<Tombstone> Withdrawn => State.Withdrawn.Values;

    /// <summary>True if the entry was withdrawn and is not public again.</summary>
    public bool IsWithdrawn(Guid id) => State.Withdrawn.ContainsKey(id);

    /// <summary>Published entries that could not be loaded. They are not served until their row changes.</summary>
    public IReadOnlyCollection<LeftOutEntry> LeftOut => [.. State.LeftOut.Values];

    /// <summary>All entries of a kind, by name.</summary>
    public IEnumerable<IndexedEntry> All(EntryKind kind) => All().Where(e => e.Kind == kind);

    /// <summary>All entries, by name.</summary>
    public IEnumerable<IndexedEntry> All() => State.NameOrder.Where(o => Bitmap.Has(Alive, o)).Select(EntryAt);

    /// <summary>Answers a query.</summary>
    /// <exception cref="ArgumentException">The query sorts by distance without a place.</exception>
    public SearchResult Search(SearchQuery query) => InWorkspace(workspace => new SearchRun(this, workspace, query).Answer());

    /// <summary>True for a folded word that some entry has.</summary>
    public bool Knows(string word) => Columns.Text.Find(word) is { Count: > 0 };

    /// <summary>Completions of the typed text: names of entries, labels of terms that entries have, places.</summary>
    /// <param name="text">The typed text.</param>
    /// <param name="language">The reader's language, BCP-47.</param>
    /// <param name="kinds">Kinds of entry; empty means all.</param>
    /// <param name="take">The maximum number of suggestions.</param>
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

    /// <summary>The same directory on another day, with overdue entries marked.</summary>
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
