namespace HealthEquity.Search.Text;

/// <summary>One thing asked for: a word in all the forms that will do.</summary>
internal sealed class TextUnit
{
    /// <summary>The folded word, or the phrase's concept.</summary>
    public required string Word { get; init; }

    /// <summary>The terms that will do, with how well each does.</summary>
    public List<(TermPostings Postings, float Fit)> Alternatives { get; } = [];

    /// <summary>Entries that will do whatever they say: those that serve the ZIP code asked for. Null when there are none such.</summary>
    public ulong[]? Also { get; init; }

    /// <summary>True when the word may be the beginning of one.</summary>
    public bool IsPrefix { get; init; }

    /// <summary>True when near spellings make no sense: numbers, East Asian scripts, phrases.</summary>
    public bool IsExact { get; init; }

    /// <summary>How many entries hold the most frequent alternative.</summary>
    public int Frequency => Alternatives.Count == 0 ? 0 : Alternatives.Max(a => a.Postings.Count);

    /// <summary>How much there is to go through.</summary>
    public int Postings => Alternatives.Sum(a => a.Postings.Count) + (Also?.Length ?? 0);

    /// <summary>Adds a term, if there is one.</summary>
    public void Add(TermPostings? postings, float fit)
    {
        if (postings is { Count: > 0 })
        {
            Alternatives.Add((postings, fit));
        }
    }
}
