namespace HealthEquity.Search.Text;

/// <summary>One unit of a query: a word with all acceptable forms.</summary>
internal sealed class TextUnit
{
    /// <summary>The folded word, or the concept of a phrase.</summary>
    public required string Word { get; init; }

    /// <summary>The acceptable terms, with a factor for how well each fits.</summary>
    public List<(TermPostings Postings, float Fit)> Alternatives { get; } = [];

    /// <summary>Entries that match regardless of their text: those that serve a requested ZIP code. Null if there are none.</summary>
    public ulong[]? Also { get; init; }

    /// <summary>True if the word may be a prefix.</summary>
    public bool IsPrefix { get; init; }

    /// <summary>True if fuzzy matching makes no sense: numbers, East Asian scripts, phrases.</summary>
    public bool IsExact { get; init; }

    /// <summary>The number of entries with the most frequent alternative.</summary>
    public int Frequency => Alternatives.Count == 0 ? 0 : Alternatives.Max(a => a.Postings.Count);

    /// <summary>The number of postings to process.</summary>
    public int Postings => Alternatives.Sum(a => a.Postings.Count) + (Also?.Length ?? 0);

    /// <summary>How rare it is among so many entries: what few say tells more.</summary>
    public float Rarity(int entries) => MathF.Log(1 + ((float)entries / Math.Max(1, Frequency)));

    /// <summary>True when more than a quarter of so many entries say it.</summary>
    public bool IsEverywhere(int entries) => Frequency > 1000 && Frequency > entries / 4;

    /// <summary>Adds a term, if there is one.</summary>
    public void Add(TermPostings? postings, float fit)
    {
        if (postings is { Count: > 0 })
        {
            Alternatives.Add((postings, fit));
        }
    }
}
