using System.Collections;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Traits;

/// <summary>The vocabulary terms of an entry.</summary>
public static class EntryTerms
{
    /// <summary>Every term of an entry, including editorial ones. May contain repeats.</summary>
    public static IEnumerable<(string Vocabulary, string Code)> Of(Entry entry)
    {
        var found = new List<(string, string)>();
        Collect(entry, found);
        return found;
    }

    private static void Collect(object record, List<(string Vocabulary, string Code)> found)
    {
        foreach (var member in EntryMembers.Of(record.GetType()))
        {
            if (member.Vocabulary is null && member.Record is null || member.Get(record) is not { } value)
            {
                continue;
            }

            if (value is string code)
            {
                found.Add((member.Vocabulary!, code));
            }
            else if (value is IEnumerable list)
            {
                foreach (var item in list)
                {
                    if (item is string listed)
                    {
                        found.Add((member.Vocabulary!, listed));
                    }
                    else if (item is not null)
                    {
                        Collect(item, found);
                    }
                }
            }
            else
            {
                Collect(value, found);
            }
        }
    }
}
