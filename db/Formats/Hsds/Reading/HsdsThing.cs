using System.Text.Json;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>
/// A thing of HSDS, whatever file it comes from: its plain values by name, and the things that hang on it, under the names that
/// HSDS 3 has for them in JSON ("phones", "service_at_locations").
/// </summary>
/// <param name="row">The row or item in which it stands.</param>
/// <param name="path">Where in the item, such as "phones[0]"; empty for the item itself and for a row of a table.</param>
/// <param name="values">Its plain values.</param>
public sealed class HsdsThing(SourceRow row, string path, IReadOnlyDictionary<string, string> values)
{
    private readonly Dictionary<string, List<HsdsThing>> _lists = new(StringComparer.Ordinal);

    /// <summary>The row that the record was read from.</summary>
    public SourceRow Row { get; } = row;

    /// <summary>True for an organization without services; what stands alone is else a service.</summary>
    public bool IsOrganization { get; init; }

    /// <summary>What our own profile adds to a service; null in other people's data.</summary>
    public JsonElement? Profile { get; init; }

    /// <summary>The value without blanks around it; null when there is none.</summary>
    public string? this[string name] => values.GetValueOrDefault(name)?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The things under a name.</summary>
    public IReadOnlyList<HsdsThing> List(string name) => _lists.GetValueOrDefault(name) ?? [];

    /// <summary>The one thing under a name; null when there is none.</summary>
    public HsdsThing? One(string name) => List(name) is [var first, ..] ? first : null;

    /// <summary>Adds a record to a list.</summary>
    public void Add(string name, HsdsThing thing)
    {
        if (!_lists.TryGetValue(name, out var list))
        {
            _lists[name] = list = [];
        }

        list.Add(thing);
    }

    /// <summary>Adds records to a list.</summary>
    public void Add(string name, IEnumerable<HsdsThing> things)
    {
        foreach (var thing in things)
        {
            Add(name, thing);
        }
    }

    /// <summary>How a value is named to whoever corrects it.</summary>
    public string Field(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
