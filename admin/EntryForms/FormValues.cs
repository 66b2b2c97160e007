using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace HealthEquity.Admin.EntryForms;

/// <summary>Posted names and what was typed under each.</summary>
public sealed class FormValues
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    /// <summary>The names, each with its values.</summary>
    public IEnumerable<KeyValuePair<string, string>> All => _values.SelectMany(v => v.Value.Select(t => KeyValuePair.Create(v.Key, t)));

    /// <summary>What was posted.</summary>
    public static FormValues From(IEnumerable<KeyValuePair<string, StringValues>> posted)
    {
        var values = new FormValues();
        foreach (var (name, texts) in posted)
        {
            foreach (var text in texts)
            {
                values.Add(name, text ?? "");
            }
        }

        return values;
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static FormValues FromJson(string json)
    {
        var values = new FormValues();
        foreach (var (name, texts) in JsonSerializer.Deserialize<Dictionary<string, List<string>>>(json) ?? [])
        {
            values._values[name] = texts;
        }

        return values;
    }

    /// <summary>All values as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(_values);

    /// <summary>The first value under a name, or nothing.</summary>
    public string First(string name) => _values.TryGetValue(name, out var texts) && texts.Count > 0 ? texts[0] : "";

    /// <summary>All values under a name.</summary>
    public IReadOnlyList<string> Every(string name) => _values.TryGetValue(name, out var texts) ? texts : [];

    /// <summary>Adds a value under a name.</summary>
    public void Add(string name, string text)
    {
        if (!_values.TryGetValue(name, out var texts))
        {
            _values[name] = texts = [];
        }

        texts.Add(text);
    }

    /// <summary>Puts one value in the place of all under a name.</summary>
    public void Set(string name, string text) => _values[name] = [text];
}
