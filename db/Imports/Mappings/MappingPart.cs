using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Imports.Mappings;

/// <summary>A part of a mapping file with its path, so every error message can name the place.</summary>
internal readonly record struct MappingPart(JsonNode? Node, string Place)
{
    public bool IsAbsent => Node is null;

    public bool IsText => Node is JsonValue value && value.GetValueKind() == JsonValueKind.String;

    public MappingException Fault(string problem) => new(Place, problem);

    /// <summary>The part as an object with exactly these members.</summary>
    public IReadOnlyDictionary<string, MappingPart> Members(IReadOnlyList<string> required, IReadOnlyList<string> optional)
    {
        var members = Members();
        foreach (var name in members.Keys.Where(n => !required.Contains(n) && !optional.Contains(n)))
        {
            throw members[name].Fault($"unknown member '{name}'. Use one of {string.Join(", ", required.Concat(optional))}.");
        }

        foreach (var name in required.Where(n => !members.ContainsKey(n)))
        {
            throw Fault($"'{name}' is required.");
        }

        return members;
    }

    /// <summary>The part as an object with any members.</summary>
    public IReadOnlyDictionary<string, MappingPart> Members()
    {
        var place = Place;
        return Node is JsonObject members
            ? members.ToDictionary(m => m.Key, m => new MappingPart(m.Value, place.Length == 0 ? m.Key : $"{place}.{m.Key}"))
            : throw Fault("write an object, {…}.");
    }

    /// <summary>The part as a list. A single item is a list of one.</summary>
    public IReadOnlyList<MappingPart> Items()
    {
        var place = Place;
        return Node switch
        {
            null => [],
            JsonArray list => [.. list.Select((item, i) => new MappingPart(item, $"{place}[{i}]"))],
            _ => [this],
        };
    }

    public string Text() => IsText ? Node!.GetValue<string>() : throw Fault("write a string.");

    public int Integer() => Node is JsonValue value && value.TryGetValue<int>(out var number) ? number : throw Fault("write a whole number.");

    public IReadOnlyList<string> TextList() => [.. Items().Select(i => i.Text())];
}

internal static class MappingParts
{
    public static MappingPart Optional(this IReadOnlyDictionary<string, MappingPart> members, string name) => members.GetValueOrDefault(name);

    public static string? OptionalText(this IReadOnlyDictionary<string, MappingPart> members, string name) =>
        members.TryGetValue(name, out var part) ? part.Text() : null;
}
