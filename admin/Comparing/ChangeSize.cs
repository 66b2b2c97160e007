using System.Globalization;
using HealthEquity.Directory.Comparison;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Admin.Comparing;

/// <summary>How large a change is.</summary>
/// <param name="Fields">The labels of the changed fields.</param>
/// <param name="Words">The number of words that were added or removed.</param>
/// <param name="IsNew">Whether there is no public version.</param>
public sealed record ChangeSize(IReadOnlyList<string> Fields, int Words, bool IsNew)
{
    private static readonly char[] Spaces = [' ', '\n', '\r', '\t'];

    /// <summary>Returns the size of the change between two versions of an entry.</summary>
    public static ChangeSize Of(EntryKind kind, string? before, string after)
    {
        var changes = EntryComparison.Compare(before, after).Where(c => c.Path != "kind").ToList();
        return new ChangeSize(
            [.. changes.Select(c => ChangeView.Describe(kind, c.Path[..Math.Max(1, c.Path.AsSpan().IndexOfAny('.', '[') is var end && end < 0 ? c.Path.Length : end)]).Label).Distinct()],
            changes.Sum(c => CountWords(c.Before, c.After)),
            before is null);
    }

    /// <summary>The fields in a few words: "Phone numbers +1 more".</summary>
    public string Label => Fields.Count switch
    {
        0 => "Nothing changed",
        _ when IsNew => Fields.Count == 1 ? "New: 1 field" : $"New: {Fields.Count} fields",
        1 => Fields[0],
        _ => $"{Fields[0]} +{Fields.Count - 1} more",
    };

    /// <summary>The words in a few words: "12 words".</summary>
    public string WordLabel => Words == 1 ? "1 word" : string.Create(CultureInfo.InvariantCulture, $"{Words:N0} words");

    private static int CountWords(string? before, string? after)
    {
        var left = (before ?? "").Split(Spaces, StringSplitOptions.RemoveEmptyEntries).CountBy(w => w, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var changed = 0;
        foreach (var word in (after ?? "").Split(Spaces, StringSplitOptions.RemoveEmptyEntries))
        {
            if (left.TryGetValue(word, out var number) && number > 0)
            {
                left[word] = number - 1;
            }
            else
            {
                changed++;
            }
        }

        return Math.Max(changed, left.Values.Sum());
    }
}
