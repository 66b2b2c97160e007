using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Translations;

/// <summary>
/// Where the texts in lists went between two versions of an entry. A translation names its text by the text's place, and places move when an
/// item is inserted, removed or moved. Items are recognized by their content, and those that were reworded by what they have in common.
/// </summary>
public sealed class MovedTexts
{
    private readonly Dictionary<string, string?> _targets;

    private readonly Dictionary<string, string> _sources;

    private MovedTexts(Dictionary<string, string?> targets)
    {
        _targets = targets;
        // A draft may hold two provisions with one code.
        _sources = targets.Where(t => t.Value is not null).DistinctBy(t => t.Value).ToDictionary(t => t.Value!, t => t.Key, StringComparer.Ordinal);
    }

    /// <summary>Whether any text is in another place or gone.</summary>
    public bool Any => _targets.Any(t => t.Key != t.Value);

    /// <summary>Compares two versions.</summary>
    public static MovedTexts Between(Entry before, Entry after)
    {
        var targets = new Dictionary<string, string?>(StringComparer.Ordinal);
        var was = EntryTexts.Of(before).Select(t => t.Path).ToList();
        var now = EntryTexts.Of(after).Select(t => t.Path).ToHashSet(StringComparer.Ordinal);
        var places = new List<(string Old, string? New)>();
        var lists = was.SelectMany(ListsOf).ToHashSet(StringComparer.Ordinal);
        if (lists.Count > 0)
        {
            Match(Json(before), Json(after), ("", ""), lists, places);
        }

        foreach (var path in was)
        {
            // The longest prefix is the innermost item that the text is in.
            var item = places.Where(p => IsIn(path, p.Old)).OrderByDescending(p => p.Old.Length).FirstOrDefault();
            var target = item.Old is null ? path : item.New is null ? null : item.New + path[item.Old.Length..];
            targets.TryAdd(path, target is not null && now.Contains(target) ? target : null);
        }

        return new MovedTexts(targets);
    }

    /// <summary>Where a text is now; null if its item is gone. A text that is in no list stays where it is.</summary>
    public string? TargetOf(string path) => _targets.TryGetValue(path, out var target) ? target : path;

    /// <summary>Where a text was before; null if its item is new.</summary>
    public string? SourceOf(string path) => _sources.TryGetValue(path, out var source) ? source : _targets.ContainsKey(path) ? null : path;

    /// <summary>
    /// Moves the translations of an entry with their texts. Translations that were changed together with the lists stay where they were put.
    /// </summary>
    /// <param name="before">The entry before the change.</param>
    /// <param name="after">The entry after the change, with translations in the places of before.</param>
    public static Entry Follow(Entry before, Entry after)
    {
        if (!after.Translations.Any(t => t.Texts.Count > 0) || Between(before, after) is not { Any: true } moved)
        {
            return after;
        }

        return after with { Translations = [.. after.Translations.Select(t => TranslatableTexts.Find(before, t.Language) is { } old ? t with { Texts = moved.Follow(old, t) } : t)] };
    }

    /// <summary>Where a translated text of a version belongs; null if its text is gone.</summary>
    /// <param name="old">The translation before the change.</param>
    /// <param name="text">The text after the change.</param>
    public string? PlaceOf(Translation? old, TranslatedText text) => old?.Texts.Contains(text) == true ? TargetOf(text.Path) : text.Path;

    private List<TranslatedText> Follow(Translation old, Translation translation)
    {
        // What a person has put in a place of its own stays there.
        var placed = translation.Texts.Where(t => !old.Texts.Contains(t)).Select(t => t.Path).ToHashSet(StringComparer.Ordinal);
        var followed = new List<TranslatedText>();
        foreach (var text in translation.Texts)
        {
            if (PlaceOf(old, text) is { } path && (!old.Texts.Contains(text) || placed.Add(path)))
            {
                followed.Add(text with { Path = path });
            }
        }

        return followed;
    }

    private static JsonNode Json(Entry entry) => JsonNode.Parse(EntryJson.Write(entry with { Translations = [] }))!;

    /// <summary>The lists that a text is in: <c>adoptions</c> and <c>adoptions[0].history</c> of <c>adoptions[0].history[1].note</c>.</summary>
    private static IEnumerable<string> ListsOf(string path) => path.Index().Where(c => c.Item == '[').Select(c => path[..c.Index]);

    private static bool IsIn(string path, string item) =>
        path.StartsWith(item, StringComparison.Ordinal) && (path.Length == item.Length || path[item.Length] is '.' or '[');

    private static void Match(JsonNode? was, JsonNode? now, (string Old, string New) at, HashSet<string> lists, List<(string Old, string? New)> places)
    {
        if (was is JsonObject before && now is JsonObject after)
        {
            foreach (var (name, value) in before.Where(m => m.Value is JsonObject or JsonArray))
            {
                var step = at.Old.Length == 0 ? name : "." + name;
                Match(value, after[name], (at.Old + step, at.New + step), lists, places);
            }
        }
        else if (was is JsonArray from && lists.Contains(at.Old))
        {
            var to = now as JsonArray ?? [];
            var pairs = ListMatch.Of(from, to);
            foreach (var (index, item) in from.Index())
            {
                var (old, pair) = (PlaceOf(at.Old, item, index), pairs[index]);
                places.Add((old, pair is null ? null : PlaceOf(at.New, to[pair.Value], pair.Value)));
                if (pair is not null)
                {
                    Match(item, to[pair.Value], (old, places[^1].New!), lists, places);
                }
            }
        }
    }

    /// <summary>The place of an item as texts name it: a provision by its code.</summary>
    private static string PlaceOf(string list, JsonNode? item, int index) =>
        list == "provisions" && item?["code"]?.ToString() is { } code ? $"{list}[{code}]" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{list}[{index}]");
}
