using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace HealthEquity.Admin.EntryForms;

/// <summary>Posted form values by name.</summary>
public sealed class FormValues
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    /// <summary>All name and value pairs.</summary>
    public IEnumerable<KeyValuePair<string, string>> All => _values.SelectMany(v => v.Value.Select(t => KeyValuePair.Create(v.Key, t)));

    /// <summary>Copies posted values.</summary>
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

    /// <summary>Reads the JSON from <see cref="ToJson"/>.</summary>
    public static FormValues FromJson(string json)
    {
        var values = new FormValues();
        foreach (var (name, texts) in JsonSerializer.Deserialize<Dictionary<string, List<string>>>(json) ?? [])
        {
            values._values[name] = texts;
        }

        return values;
    }

    /// <summary>Writes all values as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(_values);

    /// <summary>Returns the first value of a name, or an empty string.</summary>
    public string First(string name) => _values.TryGetValue(name, out var texts) && texts.Count > 0 ? texts[0] : "";

    /// <summary>Returns all values of a name.</summary>
    public IReadOnlyList<string> GetAll(string name) => _values.TryGetValue(name, out var texts) ? texts : [];

    /// <summary>Adds a value to a name.</summary>
    public void Add(string name, string text)
    {
        if (!_values.TryGetValue(name, out var texts))
        {
            _values[name] = texts = [];
        }

        texts.Add(text);
    }

    /// <summary>Returns these values with the values of some top-level fields replaced by posted ones.</summary>
    public FormValues With(FormValues posted, Func<string, bool> isReplaced)
    {
        var values = new FormValues();
        foreach (var (name, text) in All.Where(v => !isReplaced(FieldOf(v.Key))).Concat(posted.All.Where(v => isReplaced(FieldOf(v.Key)))))
        {
            values.Add(name, text);
        }

        return values;
    }

    /// <summary>Returns the top-level field of a name: <c>phones</c> for <c>phones[0].number</c>.</summary>
    internal static string FieldOf(string name) => name.Split('.', '[')[0];

    /// <summary>Replaces all values of a name.</summary>
    public void Set(string name, string text) => _values[name] = [text];
}
