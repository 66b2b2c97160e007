using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Search.Index;

/// <summary>The values of an entry in the <see cref="SearchFields"/>, with merged codes resolved. May contain repeats.</summary>
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

    /// <summary>Adds a value of the current field, if not null.</summary>
    public void Add(string? value)
    {
        if (value is not null)
        {
            Add((_field!, _field!.ResolveMergedCode(vocabularies, value)));
        }
    }

    /// <summary>Adds several values of the current field.</summary>
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
