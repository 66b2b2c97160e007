using System.Collections.Concurrent;
using HealthEquity.Search.Columns;

namespace HealthEquity.Search.Text;

/// <summary>
/// The terms of all entries: folded words ("abogado"), stems (<see cref="Stemmers.Mark"/>) and concepts (<see cref="Concepts.Mark"/>). Any
/// thread may look up terms; one writer commits.
/// </summary>
internal sealed class TextIndex
{
    // Initial capacity: growing blocks every thread that reads entries.
    private const int Capacity = 50_000;
    private const int WordCapacity = 4_000;
    private const int Locks = 64;

    private readonly ConcurrentDictionary<string, TermPostings> _terms = new(Locks, Capacity, StringComparer.Ordinal);
    private readonly ConcurrentQueue<TermPostings> _fresh = new();
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, AnalyzedWord>> _words = new(StringComparer.Ordinal);
    private TermPostings[] _sortedWords = [];
    private TermPostings[] _sortedNumbers = [];
    private int _lastNumber;

    /// <summary>One more than the largest term number.</summary>
    public int Numbers => Volatile.Read(ref _lastNumber) + 1;

    /// <summary>The term's postings; null if it never occurred.</summary>
    public TermPostings? Find(string term) => _terms.GetValueOrDefault(term);

    /// <summary>The term's postings; created if it is new.</summary>
    public TermPostings Get(string term)
    {
        if (_terms.TryGetValue(term, out var known))
        {
            return known;
        }

        var fresh = new TermPostings(term, Interlocked.Increment(ref _lastNumber));
        var kept = _terms.GetOrAdd(term, fresh);
        if (ReferenceEquals(kept, fresh) && IsWord(term))
        {
            _fresh.Enqueue(fresh);
        }

        return kept;
    }

    /// <summary>
    /// A cache of analyzed words in a language. Folding and stemming a word costs far more than a lookup.
    /// </summary>
    public ConcurrentDictionary<string, AnalyzedWord> AnalyzedWords(string language) =>
        _words.GetOrAdd(language, static _ => new ConcurrentDictionary<string, AnalyzedWord>(Locks, WordCapacity, StringComparer.Ordinal));

    /// <summary>Writes the terms of live entries.</summary>
    public void Save(ColumnWriter file)
    {
        SaveAll(Volatile.Read(ref _sortedWords));
        SaveAll(Volatile.Read(ref _sortedNumbers));
        SaveAll(_terms.Values.Where(t => !IsWord(t.Term)));

        void SaveAll(IEnumerable<TermPostings> terms)
        {
            foreach (var term in terms)
            {
                term.Save(file);
            }

            file.Write("");
        }
    }

    /// <summary>Reads what was written into this empty index.</summary>
    public void Load(ColumnReader file)
    {
        _sortedWords = LoadAll();
        _sortedNumbers = LoadAll();
        LoadAll();

        TermPostings[] LoadAll()
        {
            var terms = new List<TermPostings>();
            while (file.ReadString() is { Length: > 0 } term)
            {
                var postings = TermPostings.Load(file, term, ++_lastNumber);
                _terms[term] = postings;
                terms.Add(postings);
            }

            return [.. terms];
        }
    }

    /// <summary>Forgets the analyzed words.</summary>
    public void ForgetWords() => _words.Clear();

    /// <summary>Merges new words into the sorted words.</summary>
    public void Commit()
    {
        var added = new List<TermPostings>();
        while (_fresh.TryDequeue(out var fresh))
        {
            added.Add(fresh);
        }

        if (added.Count > 0)
        {
            added.Sort(static (a, b) => string.CompareOrdinal(a.Term, b.Term));
            Volatile.Write(ref _sortedWords, Merge(_sortedWords, added.FindAll(static t => !HasDigit(t.Term))));
            Volatile.Write(ref _sortedNumbers, Merge(_sortedNumbers, added.FindAll(static t => HasDigit(t.Term))));
        }
    }

    /// <summary>The words with a prefix. Words with digits are included only if the prefix has a digit.</summary>
    public ReadOnlySpan<TermPostings> StartingWith(string prefix)
    {
        // There are many phone and license numbers, and nobody who types a letter is looking for one.
        var sorted = (HasDigit(prefix) ? Volatile.Read(ref _sortedNumbers) : Volatile.Read(ref _sortedWords)).AsSpan();
        var from = LowerBound(sorted, prefix);
        var to = from + LowerBound(sorted[from..], prefix + char.MaxValue);
        return sorted[from..to];
    }

    private static int LowerBound(ReadOnlySpan<TermPostings> words, string term)
    {
        var (low, high) = (0, words.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(words[middle].Term, term) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static TermPostings[] Merge(TermPostings[] sorted, List<TermPostings> added)
    {
        var merged = new TermPostings[sorted.Length + added.Count];
        var (from, to) = (0, 0);
        foreach (var word in added)
        {
            var place = from + LowerBound(sorted.AsSpan(from), word.Term);
            Array.Copy(sorted, from, merged, to, place - from);
            to += place - from;
            merged[to++] = word;
            from = place;
        }

        Array.Copy(sorted, from, merged, to, sorted.Length - from);
        return merged;
    }

    private static bool HasDigit(string term) => term.AsSpan().ContainsAnyInRange('0', '9');

    private static bool IsWord(string term) =>
        term[0] != Concepts.Mark && (term.Length < 4 || term[^3] != Stemmers.Mark);
}
