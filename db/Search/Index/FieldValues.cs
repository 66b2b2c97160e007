using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Search.Index;

/// <summary>What an entry holds in each of the <see cref="SearchFields"/>, as the vocabularies have it today; a value may come twice.</summary>
internal sealed class FieldValues(VocabularySet vocabularies) : List<(SearchField Field, string Value)>
{
    private static readonly SearchField[][] FieldsByKind = [.. EntryKinds.All.Select(k => SearchFields.All.Where(f => f.Kinds.Contains(k)).ToArray())];

    private SearchField? _field;

    /// <summary>The fields and values of an entry.</summary>
    public static FieldValues Of(Entry entry, VocabularySet vocabularies)
    {
        var values = new FieldValues(vocabularies);
        foreach (var field in FieldsByKind[(int)entry.Kind])
        {
            values._field = field;
            field.Read(entry, values);
        }

        return values;
    }

    /// <summary>Adds a value to the field that is being read, if there is one.</summary>
    public void Add(string? value)
    {
        if (value is not null)
        {
            Add((_field!, _field!.ResolveMergedCode(vocabularies, value)));
        }
    }

    /// <summary>Adds each value.</summary>
    public void Add(IEnumerable<string?> values)
    {
        if (values is IReadOnlyList<string?> list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                Add(list[i]);
            }

            return;
        }

        foreach (var value in values)
        {
            Add(value);
        }
    }
}
