using System.Text.Json;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>
/// An HSDS entity from any file: its plain values by name, and its nested entities by the names of HSDS 3 JSON ("phones",
/// "service_at_locations").
/// </summary>
/// <param name="row">The row or item that contains it.</param>
/// <param name="path">The path in the item, such as "phones[0]"; empty for the item itself and for table rows.</param>
/// <param name="values">Its plain values.</param>
public sealed class HsdsThing(SourceRow row, string path, IReadOnlyDictionary<string, string> values)
{
    private readonly Dictionary<string, List<HsdsThing>> _lists = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cleared = new(StringComparer.Ordinal);

    /// <summary>The row that the record was read from.</summary>
    public SourceRow Row { get; } = row;

    /// <summary>True for an organization without services; false for a service.</summary>
    public bool IsOrganization { get; init; }

    /// <summary>The members of our own profile; null in third-party data.</summary>
    public JsonElement? Profile { get; init; }

    /// <summary>The marker in a JSON document that makes all of it private; null for none.</summary>
    public RowFault? Hidden { get; internal set; }

    /// <summary>The trimmed value; null if there is none.</summary>
    public string? this[string name] => !_cleared.Contains(name) && values.GetValueOrDefault(name)?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>All values, as in the source.</summary>
    internal IReadOnlyDictionary<string, string> Values => values;

    /// <summary>The nested entities with a name.</summary>
    public IReadOnlyList<HsdsThing> List(string name) => _lists.GetValueOrDefault(name) ?? [];

    /// <summary>The single nested entity with a name; null if there is none.</summary>
    public HsdsThing? One(string name) => List(name) is [var first, ..] ? first : null;

    /// <summary>Removes the nested entities that are not to be kept.</summary>
    /// <param name="keep">Whether to keep an entity, given the name of its list.</param>
    internal void Keep(Func<string, HsdsThing, bool> keep)
    {
        foreach (var (name, list) in _lists)
        {
            list.RemoveAll(thing => !keep(name, thing));
        }
    }

    /// <summary>Removes a value.</summary>
    internal void Clear(string name) => _cleared.Add(name);

    /// <summary>Adds an entity to a list.</summary>
    public void Add(string name, HsdsThing thing)
    {
        if (!_lists.TryGetValue(name, out var list))
        {
            _lists[name] = list = [];
        }

        list.Add(thing);
    }

    /// <summary>Adds entities to a list.</summary>
    public void Add(string name, IEnumerable<HsdsThing> things)
    {
        foreach (var thing in things)
        {
            Add(name, thing);
        }
    }

    /// <summary>The name of a value in error messages.</summary>
    public string Field(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
