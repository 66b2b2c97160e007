using System.Text.Json.Nodes;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Imports.Sources;

/// <summary>The JSON of an entry, collected from its rows.</summary>
internal sealed class MappedEntry
{
    /// <summary>The ids of the rows in the source, starting with the first row.</summary>
    public List<string> Ids { get; } = [];

    public List<SourceRow> Rows { get; } = [];

    public JsonObject? Body { get; set; }

    public string? Slug { get; set; }
}

/// <summary>
/// Counts the rows of each entry in a first pass over the file, so the second pass can release an entry after its last row and need not hold the
/// whole file. Rows belong together if they share an id or a duplicate key.
/// </summary>
internal sealed class RowGroups
{
    private readonly Dictionary<string, string> _parents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _pending = new(StringComparer.Ordinal);

    /// <summary>First pass: counts a row.</summary>
    public void Count(string id, string? duplicateKey)
    {
        var group = Find("id:" + id);
        if (duplicateKey is not null && Find("key:" + duplicateKey) is var other && other != group)
        {
            _parents[other] = group;
            _pending[group] = _pending.GetValueOrDefault(group) + _pending.GetValueOrDefault(other);
            _pending.Remove(other);
        }

        _pending[group] = _pending.GetValueOrDefault(group) + 1;
    }

    /// <summary>Second pass: the group of the row, and whether this was its last row.</summary>
    public (string Group, bool Last) Take(string id)
    {
        var group = Find("id:" + id);
        return (group, --_pending[group] == 0);
    }

    private string Find(string node)
    {
        while (_parents.TryGetValue(node, out var parent) && parent != node)
        {
            node = parent;
        }

        _parents.TryAdd(node, node);
        return node;
    }
}
