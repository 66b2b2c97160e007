using System.Text.Json;
using HealthEquity.Db.Publishing;
using HealthEquity.Db.Search.Text;
using HealthEquity.Db.Vocabularies;

namespace HealthEquity.Db.Search;

/// <summary>
/// The directory as one node keeps it in memory. Changes are brought in by <see cref="Apply"/>, one caller at a time waiting
/// for the other; readers take <see cref="Current"/>, which never changes under them, and never wait.
/// </summary>
public sealed class DirectoryIndex
{
    private const int FewRows = 64;

    private readonly Lock _writing = new();
    private VocabularySet _vocabularies;
    private DirectorySnapshot _current;
    private DateOnly _today;

    /// <summary>Makes an empty directory.</summary>
    /// <param name="vocabularies">Gives the labels by which coded values are found.</param>
    /// <param name="today">The day (UTC) by which checks are overdue or not.</param>
    public DirectoryIndex(VocabularySet vocabularies, DateOnly today)
    {
        _vocabularies = vocabularies;
        _today = today;
        _current = new DirectorySnapshot(DirectoryState.Empty(new EntryColumns(vocabularies)));
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
        lock (_writing)
        {
            var change = new SnapshotChange(Current.State, _today);
            var drafts = Draft(changes, change.Columns);
            var unreadable = new List<Guid>();
            for (var i = 0; i < changes.Count; i++)
            {
                if (changes[i].Body is not null && drafts[i] is null)
                {
                    unreadable.Add(changes[i].EntryId);
                    change.Pass(changes[i].Sequence);
                }
                else
                {
                    change.Apply(changes[i], drafts[i]);
                }
            }

            Show(change.Finish());
            if (Current.IsMostlyDead)
            {
                Rebuild();
            }

            return unreadable;
        }
    }

    /// <summary>Says that a day (UTC) has begun: entries whose check has become overdue say so from now on.</summary>
    public void Tick(DateOnly today)
    {
        lock (_writing)
        {
            if (today != _today)
            {
                _today = today;
                Show(Current.On(today));
            }
        }
    }

    /// <summary>Takes other vocabularies, and reads every entry anew so that it is found by their labels.</summary>
    public void Use(VocabularySet vocabularies)
    {
        lock (_writing)
        {
            _vocabularies = vocabularies;
            Rebuild();
        }
    }

    private void Rebuild()
    {
        var old = Current;
        var change = new SnapshotChange(old.State, _today, new EntryColumns(_vocabularies));
        var alive = old.AliveOrdinals();
        var drafts = new EntryDraft?[alive.Length];
        InParallel(alive.Length, change.Columns, (i, text) =>
        {
            var entry = old.EntryAt(alive[i]);
            drafts[i] = EntryDraft.Read(entry.PublishedBody.ToArray(), entry.Id, entry.Slug, entry.Sequence, old.AssuredOn(alive[i]), text);
        });
        foreach (var draft in drafts)
        {
            change.Add(draft!);
        }

        Show(change.Finish());
    }

    private EntryDraft?[] Draft(IReadOnlyList<PublishedEntry> changes, EntryColumns columns)
    {
        var drafts = new EntryDraft?[changes.Count];
        InParallel(changes.Count, columns, (i, text) =>
        {
            if (changes[i].Body is not null)
            {
                try
                {
                    drafts[i] = EntryDraft.Read(changes[i], text);
                }
                catch (JsonException)
                {
                    // One bad row must not keep a node from serving the others.
                }
            }
        });
        return drafts;
    }

    private void InParallel(int count, EntryColumns columns, Action<int, EntryText> read)
    {
        if (count < FewRows)
        {
            var text = new EntryText(new TextAnalyzer(columns.Text), _vocabularies);
            for (var i = 0; i < count; i++)
            {
                read(i, text);
            }

            return;
        }

        Parallel.For(
            0,
            count,
            () => new EntryText(new TextAnalyzer(columns.Text), _vocabularies),
            (i, _, text) =>
            {
                read(i, text);
                return text;
            },
            _ => { });
    }

    private void Show(DirectorySnapshot snapshot) => Volatile.Write(ref _current, snapshot);
}
