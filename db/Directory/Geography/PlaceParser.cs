using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Text;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Geography;

/// <summary>Reads a text that should name a place and nothing else.</summary>
internal static partial class PlaceParser
{
    /// <summary>The longest text that is read.</summary>
    public const int MaxLength = 200;

    private const int MaxNearest = 5;

    /// <summary>Reads the text.</summary>
    public static PlaceReading Parse(PlaceIndex index, string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxLength)
        {
            return new PlaceReading(null, [], []);
        }

        text = Folding.Compose(text.Trim());
        if (Coordinates(text) is { } point)
        {
            return new PlaceReading(point, [], []);
        }

        var list = PlaceWord.Split(text);
        if (list.Count > 1 && list[^1].Folded is "usa" or "us" or "eeuu")
        {
            list.RemoveAt(list.Count - 1);
        }

        var words = CollectionsMarshal.AsSpan(list);
        if (words.IsEmpty)
        {
            return new PlaceReading(null, [], []);
        }

        return Whole(index, words) ?? Mentioned(index, words) ?? new PlaceReading(null, [], Nearest(index, words));
    }

    // The whole text is one name, a town's or a state's code. Everyday words count as well, since nothing else is asked here; the
    // name of a country does not.
    private static PlaceReading? Whole(PlaceIndex index, ReadOnlySpan<PlaceWord> words)
    {
        if (words.Length == 1 && StateCodes.IsCode(words[0].Folded) && words[0].Folded is not ("la" or "dc"))
        {
            return new PlaceReading(index.State(words[0].Folded), [], []);
        }

        var key = string.Join(' ', words.ToArray().Select(w => PlaceKey.Canonical(w.Folded)));
        if (words.Length > 1 && words[^1].Has(PlaceWordMarks.AfterComma) || index.Find(key) is not (> 0 and var name) || index.Strength(name) == NameStrength.StateOnly)
        {
            return null;
        }

        var entities = new List<int>();
        index.Entities(name, entities);
        return Reading(entities.ConvertAll(index.Place));
    }

    private static PlaceReading? Mentioned(PlaceIndex index, ReadOnlySpan<PlaceWord> words)
    {
        var matches = new PlaceFinder(index, words).Find();
        PlaceMatch? best = null;
        foreach (var match in matches)
        {
            if (!match.IsContext && (best is null || Exactness(match) > Exactness(best)))
            {
                best = match;
            }
        }

        // A mention counts when it is all there is, or when an address ends with it. "Springfield, HI" names no place.
        if (best is null || !(best.Place.Kind == PlaceKind.Zip || (best.NamesState && best.Place.Kind != PlaceKind.State) || Covers(matches, words))
            || (best.Place.Kind != PlaceKind.State && matches.Any(m => m.Place.Kind == PlaceKind.State && !m.IsContext)))
        {
            return null;
        }

        return new PlaceReading(best.Place, best.Alternatives, []);
    }

    // Every word is of a mention, but for "the", "near", "area".
    private static bool Covers(IReadOnlyList<PlaceMatch> matches, ReadOnlySpan<PlaceWord> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!matches.Any(m => i >= m.FirstWord && i < m.FirstWord + m.WordCount)
                && words[i].Folded is not ("the" or "in" or "near" or "area" or "city" or "of" or "el" or "la" or "en" or "downtown" or "metro" or "greater"))
            {
                return false;
            }
        }

        return true;
    }

    private static int Exactness(PlaceMatch match) => match.Place.Kind switch
    {
        PlaceKind.Zip => 5,
        PlaceKind.State or PlaceKind.Region => 1,
        PlaceKind.County => 2,
        _ => match.NamesState ? 4 : 3,
    };

    private static PlaceReading Reading(List<Place> places) => new(places[0], [.. places.Skip(1).Take(8)], []);

    // "25.76, -80.19"
    private static Place? Coordinates(string text)
    {
        var match = LatitudeAndLongitude().Match(text);
        if (!match.Success
            || !double.TryParse(match.Groups[1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude)
            || !double.TryParse(match.Groups[2].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude)
            || Math.Abs(latitude) > 90 || Math.Abs(longitude) > 180)
        {
            return null;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{latitude:0.####}, {longitude:0.####}");
        return new Place { Name = name, Latitude = latitude, Longitude = longitude, Kind = PlaceKind.Point };
    }

    // The names that take the fewest slips of the hand, the most people first; names that begin so where none is near.
    private static List<string> Nearest(PlaceIndex index, ReadOnlySpan<PlaceWord> words)
    {
        string? state = null;
        if (words.Length > 1 && (States.Parse(words[^1].Folded) is { } named))
        {
            state = named.Code;
            words = words[..^1];
        }

        var wanted = string.Join(' ', words.ToArray().Select(w => PlaceKey.Canonical(w.Folded)));
        var limit = wanted.Length < 4 ? 1 : Math.Min(3, wanted.Length / 3);
        var near = new List<(int Distance, int People, int Name)>();
        foreach (var name in index.Names)
        {
            var key = index.Key(name);
            var distance = key.Length > wanted.Length && wanted.Length >= 3 && key.StartsWith(wanted, StringComparison.Ordinal) ? 2
                : Math.Abs(key.Length - wanted.Length) <= limit && (key[0] == wanted[0] || wanted.Length > 1 && key[0] == wanted[1]) ? NearestTerm.Distance(wanted, key.ToString())
                : int.MaxValue;
            if (distance <= limit)
            {
                near.Add((distance, index.Rank(name), name));
            }
        }

        near.Sort((a, b) => a.Distance != b.Distance ? a.Distance.CompareTo(b.Distance) : b.People.CompareTo(a.People));
        return Labels(index, near, state) is { Count: > 0 } labels ? labels : Labels(index, near, null);
    }

    private static List<string> Labels(PlaceIndex index, List<(int Distance, int People, int Name)> near, string? state)
    {
        var labels = new List<string>();
        foreach (var (_, _, name) in near)
        {
            var entities = new List<int>();
            index.Entities(name, entities);
            foreach (var entity in entities.Where(e => state is null || index.StateOf(e) == state).Take(near.Count == 1 || near[0].Distance == 0 ? MaxNearest : 1))
            {
                if (labels.Count < MaxNearest && index.Place(entity).Label is var label && !labels.Contains(label))
                {
                    labels.Add(label);
                }
            }
        }

        return labels;
    }

    [GeneratedRegex(@"\A(-?[0-9]{1,3}(?:\.[0-9]+)?)\s*[,; ]\s*(-?[0-9]{1,3}(?:\.[0-9]+)?)\z")]
    private static partial Regex LatitudeAndLongitude();
}
