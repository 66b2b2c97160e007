using System.Buffers;
using System.Text.Json;
using HealthEquity.Directory.Text;

namespace HealthEquity.Store.Suggestions;

/// <summary>How urgent a report from the public is.</summary>
public enum ReportUrgency
{
    /// <summary>Anything else.</summary>
    Other,

    /// <summary>They asked for papers: immigration status, a Social Security number, an ID.</summary>
    Papers,

    /// <summary>Someone may be in danger: immigration agents, police, a scam, abuse.</summary>
    Danger,
}

/// <summary>Sorts reports from the public by the words in them, in every language of the public pages.</summary>
public static class ReportTriage
{
    private const string Words = "HealthEquity.Store.Suggestions.ReportWords.json";

    private const int MaxWholeWord = 4;

    // The most urgent first. All words of an urgency are looked for in one pass: there can be a thousand open reports.
    private static readonly IReadOnlyList<(ReportUrgency Urgency, SearchValues<string> Words)> All = Read();

    /// <summary>The urgency of a report. When in doubt, the higher one.</summary>
    public static ReportUrgency Of(string message)
    {
        var folded = Folded(message).AsSpan();
        foreach (var (urgency, words) in All)
        {
            if (folded.ContainsAny(words))
            {
                return urgency;
            }
        }

        return ReportUrgency.Other;
    }

    /// <summary>Whether two reports say nearly the same: most of their words, or of their characters where a language has no spaces.</summary>
    public static bool IsNearlySame(string one, string other)
    {
        var (a, b) = (Parts(one), Parts(other));
        if (a.Count == 0 || b.Count == 0)
        {
            return a.Count == b.Count;
        }

        var shared = a.Count(b.Contains);
        return shared * 10 >= 7 * (a.Count + b.Count - shared);
    }

    /// <summary>The text in one form, with a space at each end and between words, so that a whole word can be found.</summary>
    private static string Folded(string text)
    {
        var letters = Folding.Fold(Folding.Compose(text)).Select(c => char.IsLetterOrDigit(c) ? c : ' ');
        return $" {string.Join(' ', string.Concat(letters).Split(' ', StringSplitOptions.RemoveEmptyEntries))} ";
    }

    // A short word is found whole, a longer one also at the start of a word (arrested); Chinese and Korean have no spaces around them.
    private static string Sought(string word) => IsIdeographic(word) ? word : word.Length <= MaxWholeWord ? $" {word} " : $" {word}";

    private static bool IsIdeographic(string word) => word.Any(c => c is >= '\u3040' and <= '\u9fff' or >= '\uac00' and <= '\ud7a3');

    private static HashSet<string> Parts(string text)
    {
        var folded = Folded(text);
        return IsIdeographic(folded)
            ? [.. Enumerable.Range(0, Math.Max(0, folded.Length - 1)).Select(i => folded.Substring(i, 2))]
            : [.. folded.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static (ReportUrgency Urgency, SearchValues<string> Words)[] Read()
    {
        using var file = typeof(ReportTriage).Assembly.GetManifestResourceStream(Words)!;
        var lists = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string[]>>>(file)!;
        return
        [
            .. lists.Select(l => (Urgency: Enum.Parse<ReportUrgency>(l.Key, ignoreCase: true), Words: l.Value.SelectMany(w => w.Value)))
                .OrderByDescending(l => l.Urgency)
                .Select(l => (l.Urgency, SearchValues.Create([.. l.Words.Select(w => Sought(Folded(w).Trim())).Distinct(StringComparer.Ordinal)], StringComparison.Ordinal))),
        ];
    }
}
